using DeepLearning.Tests.Contracts;
using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Serialization;

/// <summary>Checkpoints by hand, for custom loops.</summary>
public sealed class CustomLoopCheckpointTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private string File => folder["run.safetensors"];

    [Fact]
    public void A_loop_of_one_s_own_goes_on_with_the_same_bits()
    {
        Sequential whole = Model(), first = Model(), second = Model();
        Train(whole, Optimizer(), 0, 20);
        Optimizer optimizer = Optimizer();
        Train(first, optimizer, 0, 11);
        first.SaveCheckpoint(File, optimizer, state => state.Write("step", 11));

        Optimizer fresh = Optimizer();
        long step = 0;
        second.LoadCheckpoint(File, fresh, state => step = state.ReadInt64("step"));
        Train(second, fresh, step, 20);
        second.Bits().Should().Equal(whole.Bits());
        fresh.Steps.Should().Be(20 / 3);
    }

    [Theory]
    [MemberData(nameof(EveryOptimizer))]
    public void Anew_or_brought_back_an_optimizer_takes_the_same_steps_again(int index, string name)
    {
        Sequential model = Model(), second = Model();
        Optimizer optimizer = OptimizerContract.Rows[index].Make(0.01f), fresh = OptimizerContract.Rows[index].Make(0.01f);
        Train(model, optimizer, 0, 4);
        model.SaveCheckpoint(File, optimizer);
        Train(model, optimizer, 4, 9);
        int[] once = model.Bits();

        model.LoadCheckpoint(File, optimizer);
        Train(model, optimizer, 4, 9);
        model.Bits().Should().Equal(once, name);
        second.LoadCheckpoint(File, fresh);
        Train(second, fresh, 4, 9);
        second.Bits().Should().Equal(once, name);
    }

    public static TheoryData<int, string> EveryOptimizer() => ContractRows.Of(OptimizerContract.Rows);

    [Fact]
    public void TrainOnBatch_goes_on_with_the_compiled_optimizer()
    {
        Dataset data = TrainingCases.Blobs(16);
        Sequential whole = TrainingCases.Classifier(), first = TrainingCases.Classifier(), second = TrainingCases.Classifier();
        for (int i = 0; i < 6; i++) whole.TrainOnBatch(data.Inputs, data.Targets);
        for (int i = 0; i < 3; i++) first.TrainOnBatch(data.Inputs, data.Targets);
        first.SaveCheckpoint(File);
        second.LoadCheckpoint(File);
        for (int i = 0; i < 3; i++) second.TrainOnBatch(data.Inputs, data.Targets);
        second.Bits().Should().Equal(whole.Bits());
    }

    [Fact]
    public void Weights_and_optimizer_of_a_run_of_Fit_can_be_taken_up()
    {
        var run = new ResumeCase();
        Sequential trained = run.Run(new CheckpointOptions(folder.Path)).Model;
        Sequential model = run.Model();
        Optimizer optimizer = run.Optimizer();
        model.LoadCheckpoint(folder["checkpoint-00000020.safetensors"], optimizer);
        model.Bits().Should().Equal(trained.Bits());
        optimizer.Steps.Should().Be(20);
    }

    [Fact]
    public void Another_model_another_optimizer_or_a_failing_reader_changes_nothing()
    {
        Sequential model = Model();
        Optimizer optimizer = Optimizer();
        Train(model, optimizer, 0, 3);
        model.SaveCheckpoint(File, optimizer);
        Sequential other = Sequential.Input(4).Dense(2).Build(), same = Model();
        int[] before = other.Bits(), fresh = same.Bits();
        other.Invoking(m => m.LoadCheckpoint(File, Optimizer())).Should().Throw<CheckpointMismatchException>().WithMessage("*dense.kernel: [4, 5]*[4, 2]*");
        other.Bits().Should().Equal(before);
        same.Invoking(m => m.LoadCheckpoint(File, new Sgd())).Should().Throw<CheckpointMismatchException>()
            .Which.Differences.Should().Contain("Optimizer: AdamW in the checkpoint, Sgd in this run");
        same.Invoking(m => m.LoadCheckpoint(File, Optimizer(), state => state.ReadInt64("step"))).Should().Throw<ModelFormatException>().WithMessage("*no checkpoint.own.step*");
        same.Bits().Should().Equal(fresh);
        same.Invoking(m => m.LoadCheckpoint(File, optimizer)).Should().Throw<InvalidOperationException>().WithMessage("*another model*");
    }

    [Fact]
    public void What_only_the_saved_optimizer_had_is_a_difference_too()
    {
        Sequential model = Model();
        var clipping = new Adam(0.1) { GlobalClipNorm = 1 };
        Train(model, clipping, 0, 3);
        model.SaveCheckpoint(File, clipping);
        Model().Invoking(m => m.LoadCheckpoint(File, new Adam(0.1))).Should().Throw<CheckpointMismatchException>()
            .Which.Differences.Should().Contain("Optimizer.GlobalClipNorm: 1 in the checkpoint, nothing in this run");
        Sequential scheduled = Model();
        var decaying = new Adam(new ExponentialDecay(0.1, 10, 0.5));
        Train(scheduled, decaying, 0, 3);
        scheduled.SaveCheckpoint(File, decaying);
        Model().Invoking(m => m.LoadCheckpoint(File, new Adam(0.1))).Should().Throw<CheckpointMismatchException>()
            .Which.Differences.Should().Contain(d => d.StartsWith("Optimizer.Schedule:", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private static Sequential Model() => Sequential.Input(4).Dense(5).Dropout(0.4f).Dense(1).Build(seed: 9);

    private static AdamW Optimizer() => new(0.01f) { GradientAccumulationSteps = 3 };

    private static void Train(Sequential model, Optimizer optimizer, long from, long to)
    {
        for (long step = from; step < to; step++)
        {
            Tensor x = Tensor.RandomNormal([6, 4], seed: (ulong)step), y = x.Sum(-1).Reshape(6, 1);
            var tape = new Tape();
            Tensor loss = new MeanSquaredError().Compute(model.Forward(x, tape), y);
            optimizer.Update(model.Parameters, tape.Gradients(loss));
        }
    }
}
