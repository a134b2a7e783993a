using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Layers.Normalizations;

/// <summary>What PyTorch computes, in training and in inference, of the normalizations.</summary>
public sealed class NormalizationLayersTests
{
    /// <summary>Name in the golden file, the layer here, and whether features come first there.</summary>
    public static TheoryData<string, Func<Layer>, bool> Rows => new()
    {
        { "batchnorm1d", () => new BatchNormalization(), false },
        { "batchnorm2d", () => new BatchNormalization(), true },
        { "layernorm", () => new LayerNormalization(), false },
        { "layernorm_2axes", () => new LayerNormalization(axis: -2), false },
        { "groupnorm", () => new GroupNormalization(2), true },
        { "instancenorm2d", () => new GroupNormalization(3), true },
        { "rmsnorm", () => new RmsNormalization(), false },
    };

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public void Values_and_gradients_are_PyTorch_s(string name, Func<Layer> layer, bool featuresFirst)
    {
        IReadOnlyDictionary<string, Tensor> golden = Golden.Load();
        Tensor input = Of("x");
        Sequential model = Sequential.Input(new Shape(input.Shape.Dimensions[1..])).Add(layer()).Build();
        foreach (Parameter parameter in model.Parameters) parameter.Assign(golden[$"layers/{name}/param/{Foreign(parameter)}"]);
        var tape = new Tape();
        Tensor x = tape.Watch(input), y = model.Forward(x, tape);

        Gradients gradients = tape.Gradients(y, Of("dy"));

        Check(y, Of("y"), "y");
        Check(gradients[x], Of("dx"), "dx");
        foreach (Parameter parameter in model.Parameters)
            Check(gradients[parameter], golden[$"layers/{name}/dparam/{Foreign(parameter)}"], parameter.Name);

        Tensor Of(string part)
        {
            Tensor value = golden[$"layers/{name}/{part}"];
            return featuresFirst ? value.Transpose([0, .. Enumerable.Range(2, value.Rank - 2), 1]) : value;
        }

        static string Foreign(Parameter parameter) => parameter.Name.EndsWith("gamma", StringComparison.Ordinal) ? "weight" : "bias";
    }

    [SkippableTheory]
    [InlineData("batchnorm1d", false)]
    [InlineData("batchnorm2d", true)]
    public void A_batch_normalization_takes_PyTorch_s_weights_and_moving_averages(string name, bool featuresFirst)
    {
        IReadOnlyDictionary<string, Tensor> golden = Golden.Load();
        Tensor x = Of($"layers/{name}_eval/x");
        Sequential model = Sequential.Input(new Shape(x.Shape.Dimensions[1..])).BatchNormalization().Build();
        model.LoadWeights(new Dictionary<string, Tensor>
        {
            ["bn.weight"] = golden[$"layers/{name}_eval/param/weight"], ["bn.bias"] = golden[$"layers/{name}_eval/param/bias"],
            ["bn.running_mean"] = golden[$"layers/{name}_eval/after/running_mean"], ["bn.running_var"] = golden[$"layers/{name}_eval/after/running_var"],
            ["bn.num_batches_tracked"] = Tensor.FromIndices([1], []),
        });

        Check(model.Predict(x), Of($"layers/{name}_eval/y"), "y");

        Tensor Of(string key) => featuresFirst ? golden[key].Transpose([0, .. Enumerable.Range(2, golden[key].Rank - 2), 1]) : golden[key];
    }

    [SkippableTheory]
    [InlineData("batchnorm1d", false)]
    [InlineData("batchnorm2d", true)]
    public void Moving_averages_are_PyTorch_s_with_the_biased_variance(string name, bool featuresFirst)
    {
        IReadOnlyDictionary<string, Tensor> golden = Golden.Load();
        Tensor x = golden[$"layers/{name}/x"];
        if (featuresFirst) x = x.Transpose([0, .. Enumerable.Range(2, x.Rank - 2), 1]);
        int rows = x.Count / x.Shape[-1];
        Sequential model = Sequential.Input(new Shape(x.Shape.Dimensions[1..])).BatchNormalization().Build();
        var tape = new Tape();

        model.Forward(x, tape);
        model.CommitState(tape);

        IReadOnlyDictionary<string, Tensor> weights = model.GetWeights();
        Check(weights["batch_normalization.moving_mean"], golden[$"layers/{name}/after/running_mean"], "moving mean");
        // running = 0.99·1 + 0.01·unbiased there, with the biased one here.
        double[] expected = [.. golden[$"layers/{name}/after/running_var"].ToArray().Select(v => 0.99 + ((v - 0.99) * (rows - 1) / rows))];
        weights["batch_normalization.moving_variance"].ShouldBeCloseTo(expected, 1e-6, "moving variance");
    }

    private static void Check(Tensor actual, Tensor expected, string name)
        => actual.ShouldBeCloseTo([.. expected.ToArray().Select(v => (double)v)], 2e-6, name);
}
