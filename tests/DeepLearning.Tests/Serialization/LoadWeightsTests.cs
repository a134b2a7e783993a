using DeepLearning.Tests.Architecture;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Serialization;

/// <summary>
/// Weights from elsewhere. The assets hold the tensors of PyTorch 2.10 (libtorch, through TorchSharp 0.107): <c>torch.manual_seed(20)</c>, then
/// <c>nn.Sequential(Linear(4, 8), ReLU(), Linear(8, 8), Tanh(), Linear(8, 3), Softmax(-1))</c>, its state_dict in the layout that safetensors.torch.save_file
/// gives it, and for <c>torch.randn(5, 4)</c> the output of each module by its number.
/// </summary>
public sealed class LoadWeightsTests
{
    private readonly IReadOnlyDictionary<string, Tensor> outputs = Safetensors.Load(Asset("pytorch-mlp-activations.safetensors"));

    [Fact]
    public void A_network_of_PyTorch_predicts_what_it_did_there()
    {
        Sequential model = Network();
        model.LoadWeights(Asset("pytorch-mlp.safetensors"));
        // float32 sums of at most eight terms, in another order.
        model.Predict(outputs["input"]).ShouldBeCloseTo(outputs["5"].ToArray(), 1e-6);
        model.CompareWith(Activations(), outputs["input"], 1e-6f).Agrees.Should().BeTrue();
    }

    [Fact]
    public void In_a_file_that_is_no_checkpoint_names_may_begin_like_those_of_one()
    {
        using var folder = new ScratchFolder();
        Sequential model = Sequential.Input(2).Add(new Dense(1) { UseBias = false }).Build();
        Safetensors.Save(folder["w"], new Dictionary<string, Tensor> { ["dense.kernel"] = Tensor.Zeros([2, 1]), ["checkpoint.more"] = Tensor.Zeros([1]) });
        model.Invoking(m => m.LoadWeights(folder["w"])).Should().Throw<ModelFormatException>().WithMessage("*checkpoint.more*");
    }

    [Fact]
    public void The_first_layer_that_differs_is_named()
    {
        Sequential model = Network();
        model.LoadWeights(Asset("pytorch-mlp.safetensors"));
        model.Parameters["dense_1.kernel"].Assign(model.Parameters["dense_1.kernel"].Value.Transpose());

        ModelComparison comparison = model.CompareWith(Activations(), outputs["input"]);
        comparison.Agrees.Should().BeFalse();
        comparison.Layers.Select(l => l.Differs).Should().Equal(false, false, true, true, true, true);
        LayerDifference first = comparison.FirstDifference!;
        (first.Number, first.Name).Should().Be((3, "dense_1"));
        first.LargestDifference.Should().BeApproximately(Math.Abs((double)first.Got - first.Expected), 1e-12).And.BeGreaterThan(0.01);
        comparison.ToString().Should().StartWith("layer 3 (dense_1, Dense(8)) differs: by at most");
    }

    [Fact]
    public void Two_models_are_compared_layer_by_layer()
    {
        Sequential one = Network(), other = Network();
        one.CompareWith(other, outputs["input"], 0f).ToString().Should().Be("all 6 compared layers agree");
        other.Parameters["dense_2.bias"].Value.AsSpan()[1] = float.NaN;
        LayerDifference first = one.CompareWith(other, outputs["input"]).FirstDifference!;
        (first.Number, first.Element, first.LargestDifference).Should().Be((5, 1, double.PositiveInfinity));

        one.Invoking(m => m.CompareWith(Sequential.Input(4).Dense(8).Build(), outputs["input"])).Should().Throw<ArgumentException>()
            .WithMessage("*6 layers*one with 1*");
        one.Invoking(m => m.CompareWith(new Dictionary<string, Tensor> { ["conv"] = 1f }, outputs["input"])).Should().Throw<ArgumentException>()
            .WithMessage("*no layer conv*dense, relu, dense_1*");
        one.Invoking(m => m.CompareWith(new Dictionary<string, Tensor> { ["dense"] = 1f }, outputs["input"])).Should().Throw<ShapeMismatchException>()
            .WithMessage("*dense*[5, 8]*shape []*");
    }

    [Fact]
    public void Layers_of_the_same_shape_are_matched_by_their_numbers_and_not_by_their_letters()
    {
        Sequential model = Sequential.Input(2).Dense(2).Dense(2).Dense(2).Build();
        var weights = new Dictionary<string, Tensor>();
        foreach (int number in new[] { 10, 0, 2 })
        {
            weights[$"net.{number}.weight"] = Tensor.From(new float[,] { { number, 1 }, { 2, 3 } });
            weights[$"net.{number}.bias"] = Tensor.Full([2], number);
        }

        model.LoadWeights(weights);
        model.Parameters.Where(p => p.Name.EndsWith("bias", StringComparison.Ordinal)).Select(p => p.Value[0]).Should().Equal(0, 2, 10);
        model.Parameters["dense_2.kernel"].Value.ToArray().Should().Equal(10, 2, 1, 3);
    }

    [Fact]
    public void Names_decide_where_shapes_and_numbers_do_not()
    {
        Sequential model = Sequential.Input(2).Dense(2).Dense(2).Build();
        var weights = new Dictionary<string, Tensor>
        {
            ["hidden.weight"] = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }),
            ["hidden.bias"] = Tensor.Full([2], 1f),
            ["out.weight"] = Tensor.From(new float[,] { { 5, 6 }, { 7, 8 } }),
            ["out.bias"] = Tensor.Full([2], 2f),
        };
        model.Invoking(m => m.LoadWeights(weights)).Should().Throw<ModelFormatException>()
            .WithMessage("*dense (bias [2]; kernel [2, 2]), dense_1*cannot be told apart among hidden*out*give WeightOptions.Names*");

        var names = new Dictionary<string, string>
        {
            ["dense.kernel"] = "out.weight", ["dense.bias"] = "out.bias", ["dense_1.kernel"] = "hidden.weight", ["dense_1.bias"] = "hidden.bias",
        };
        model.LoadWeights(weights, new WeightOptions { Names = names });
        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(5, 7, 6, 8);
        model.LoadWeights(weights, new WeightOptions { Names = names, Transpose = false });
        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(5, 6, 7, 8);

        model.Invoking(m => m.LoadWeights(weights, new WeightOptions { Names = new Dictionary<string, string> { ["conv.kernel"] = "out.weight" } }))
            .Should().Throw<ArgumentException>().WithMessage("*no parameter conv.kernel*dense.kernel*");
    }

    [Fact]
    public void The_same_names_are_taken_as_they_are()
    {
        Sequential one = Network(1), other = Network(2);
        var weights = one.Parameters.ToDictionary(p => p.Name, p => p.Value.Clone());
        other.LoadWeights(weights);
        other.CompareWith(one, outputs["input"], 0f).Agrees.Should().BeTrue();

        weights["step"] = 7f;
        other.Invoking(m => m.LoadWeights(weights)).Should().Throw<ModelFormatException>().WithMessage("*step [] has no place in the model*");
        other.LoadWeights(weights, new WeightOptions { AllowUnused = true });
    }

    [Fact]
    public void Of_a_checkpoint_the_weights_alone_are_taken()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "checkpoint");
        Sequential one = Network(1), other = Network(2);
        one.SaveCheckpoint(path, more: s => s.Write("figures", new float[96]));
        other.LoadWeights(path);
        other.CompareWith(one, outputs["input"], 0f).Agrees.Should().BeTrue();
    }

    [Fact]
    public void Fault45_every_mismatch_is_listed_and_nothing_is_loaded()
    {
        Sequential model = Sequential.Input(4).Dense(8).Relu().Dense(5).Dense(3).Build(seed: 1);
        float[] before = [.. model.Parameters.SelectMany(p => p.Value.ToArray())];

        model.Invoking(m => m.LoadWeights(Asset("pytorch-mlp.safetensors"))).Should().Throw<ModelFormatException>().WithMessage(
            "*pytorch-mlp.safetensors does not fit the model, and nothing was loaded*"
            + "2.weight has shape [8, 8], transposed [8, 8], expected dense_1.kernel [8, 5]*"
            + "2.bias has shape [8], expected dense_1.bias [5]*4.weight has shape [3, 8], transposed [8, 3], expected dense_2.kernel [5, 3]*");
        model.Invoking(m => m.LoadWeights(new Dictionary<string, Tensor> { ["dense.kernel"] = Tensor.Zeros([4, 8]) })).Should().Throw<ModelFormatException>()
            .WithMessage("*dense.bias [8] is missing*dense_1.kernel [8, 5] is missing*dense_2.bias [3] is missing*");
        var named = new WeightOptions { Names = new Dictionary<string, string> { ["dense.bias"] = "b" } };
        model.Invoking(m => m.LoadWeights(new Dictionary<string, Tensor>(), named)).Should().Throw<ModelFormatException>()
            .WithMessage("*b, given for dense.bias [8], is missing*");
        model.Parameters.SelectMany(p => p.Value.ToArray()).Should().Equal(before);
    }

    private static string Asset(string name) => Path.Combine(SourceTree.Root, "tests/DeepLearning.Tests/Serialization/Assets", name);

    private static Sequential Network(ulong seed = 0) => Sequential.Input(4).Dense(8).Relu().Dense(8).Tanh().Dense(3).Softmax().Build(seed);

    private Dictionary<string, Tensor> Activations() => new()
    {
        ["dense"] = outputs["0"], ["relu"] = outputs["1"], ["dense_1"] = outputs["2"],
        ["tanh"] = outputs["3"], ["dense_2"] = outputs["4"], ["softmax"] = outputs["5"],
    };
}
