using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Optimizers;

public sealed class WeightDecayExclusionTests
{
    [Fact]
    public void FoundT18_the_parameters_that_are_named_do_not_decay()
    {
        // Gradient 0, so that decay alone moves a weight: w·(1 − 0.5·0.1).
        Step(new Sgd(0.5f) { WeightDecay = 0.1f, ExcludeFromWeightDecay = ["bias"] }).Should().Equal(0.95f, 1f, 0.95f, 1f);
        Step(new AdamW(0.5f) { WeightDecay = 0.1f, ExcludeFromWeightDecay = ["bias"] }).Should().Equal(0.95f, 1f, 0.95f, 1f);
        Step(new Sgd(0.5f) { WeightDecay = 0.1f, ExcludeFromWeightDecay = ["dense_1.kernel", "dense.bias"] }).Should().Equal(0.95f, 1f, 1f, 0.95f);
        Step(new Sgd(0.5f) { WeightDecay = 0.1f, ExcludeFromWeightDecay = ["bias", "kernel"] }).Should().Equal(1f, 1f, 1f, 1f);
        Step(new Sgd(0.5f) { WeightDecay = 0.1f }).Should().Equal(0.95f, 0.95f, 0.95f, 0.95f);
    }

    [Theory]
    [InlineData("biases")]
    [InlineData("dense")]
    [InlineData("ense.bias")]
    [InlineData("Bias")]
    public void FoundT18_a_name_that_no_parameter_has_throws_at_Compile_and_in_the_first_update(string name)
    {
        Optimizer optimizer = new AdamW { ExcludeFromWeightDecay = ["bias", name] };
        Sequential model = Sequential.Input(1).Dense(1).Build();
        model.Invoking(m => m.Compile(optimizer, new MeanSquaredError()))
            .Should().Throw<ArgumentException>().WithMessage($"*'{name}'*dense.kernel, dense.bias*").WithParameterName("optimizer");
        int[] before = model.Bits();
        var tape = new Tape();
        Tensor loss = model.Forward(Tensor.Ones([1, 1]), tape).Sum();
        optimizer.Invoking(o => o.Update(model.Parameters, tape.Gradients(loss))).Should().Throw<InvalidOperationException>().WithMessage($"*'{name}'*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void FoundT18_names_are_checked_and_copied()
    {
        FluentActions.Invoking(() => new Sgd { ExcludeFromWeightDecay = null! })
            .Should().Throw<ArgumentNullException>().WithParameterName("ExcludeFromWeightDecay");
        FluentActions.Invoking(() => new Sgd { ExcludeFromWeightDecay = [""] }).Should().Throw<ArgumentException>().WithParameterName("ExcludeFromWeightDecay");
        string[] names = ["bias"];
        var optimizer = new Sgd { ExcludeFromWeightDecay = names };
        names[0] = "kernel";
        optimizer.ExcludeFromWeightDecay.Should().Equal("bias");
    }

    [Fact]
    public void FoundT18_a_checkpoint_goes_on_only_with_the_same_exclusions()
    {
        using var folder = new ScratchFolder();
        var run = new ResumeCase { Optimizer = () => new AdamW { ExcludeFromWeightDecay = ["bias"] } };
        run.Run(new CheckpointOptions(folder.Path));
        ResumeCase same = run with { Optimizer = () => new AdamW { ExcludeFromWeightDecay = ["bias", "bias"] } };
        same.Run(new CheckpointOptions(folder.Path)).History.ResumedFrom.Should().NotBeNull();
        (run with { Optimizer = () => new AdamW() }).Invoking(r => r.Run(new CheckpointOptions(folder.Path)))
            .Should().Throw<CheckpointMismatchException>().Which.Differences.Should().ContainSingle().Which.Should().Contain("ExcludeFromWeightDecay: bias");
    }

    private static float[] Step(Optimizer optimizer)
    {
        Sequential model = Sequential.Input(1).Dense(1).Dense(1).Build();
        foreach (Parameter parameter in model.Parameters) parameter.Value.AsSpan().Fill(1f);
        var tape = new Tape();
        Tensor loss = (model.Forward(Tensor.Ones([1, 1]), tape) * 0f).Sum();
        optimizer.Update(model.Parameters, tape.Gradients(loss));
        return [.. model.Parameters.Select(p => p.Value.ToArray()[0])];
    }
}
