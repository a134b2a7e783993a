using DeepLearning.Tests.Support;
using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Layers;

/// <summary>Batch, layer, group and root-mean-square normalization, trained, in ONNX Runtime and read back.</summary>
public sealed class NormalizationLayersOnnxTests
{
    [Fact]
    public void Trained_normalizations_give_the_same_in_the_runtime()
    {
        Sequential[] models =
        [
            Trained(Sequential.Input(6).Dense(8).BatchNormalization().Relu()), Trained(Sequential.Input(4, 6).BatchNormalization(0.9, 1e-5).Dense(3)),
            Trained(Sequential.Input(2, 3, 6).BatchNormalization()), Trained(Sequential.Input(4, 6).LayerNormalization(axis: -2).Relu()),
            Trained(Sequential.Input(4, 6).Add(new LayerNormalization(center: false))), Trained(Sequential.Input(2, 2, 6).GroupNormalization(3)),
            Trained(Sequential.Input(6).GroupNormalization(2)), Trained(Sequential.Input(4, 6).RmsNormalization()),
        ];
        foreach (Sequential model in models)
        {
            byte[] file = Runtime.Export(model);
            using var runtime = new Runtime(file);
            foreach (int batch in new[] { 1, 5 })
            {
                Tensor x = Tensor.RandomNormal(model.InputShape.Prepend(batch), seed: 9) * 3 + 1;
                runtime.Predict(x).ShouldBeCloseTo(model.Predict(x).ToArray(), 1e-5, model.ToString());
            }

            if (model.Layers.Any(l => l is GroupNormalization or RmsNormalization)) continue;
            Sequential again = Runtime.Import(file);
            again.ToString().Should().Be(model.ToString());
            again.GetWeights().Should().BeEquivalentTo(model.GetWeights(),
                o => o.Using<Tensor>(c => c.Subject.ToArray().Should().Equal(c.Expectation.ToArray())).WhenTypeIs<Tensor>());
        }
    }

    [Fact]
    public void A_batch_normalization_between_transposes_has_its_channels_last()
    {
        // As tf2onnx writes one behind a Dense layer of sequences.
        GraphText Of(long[] before, long[] after)
            => new GraphText([2, 3]).Floats("g", [3], 1.5f, -0.5f, 2f).Floats("b", [3], 1f, 2f, -3f).Floats("m", [3], 0.25f, -1f, 0f)
            .Floats("v", [3], 1f, 0.3f, 4f).Node("t = Transpose(x)", OnnxAttribute.Of("perm", before)).Node("n = BatchNormalization(t, g, b, m, v)")
            .Node("y = Transpose(n)", OnnxAttribute.Of("perm", after));

        Agrees(Of([0, 2, 1], [0, 2, 1]), "BatchNormalization(0.9, 1E-05)");
        Fails(Of([0, 2, 1], [2, 0, 1]), "*(Transpose)*");
    }

    [Fact]
    public void A_layer_normalization_that_no_layer_expresses_is_refused()
    {
        Fails(new GraphText([3]).Floats("g", [3], 1, 2, 3).Node("y = LayerNormalization(x, g)", OnnxAttribute.Of("axis", 0L)),
            "*'n0' (LayerNormalization)*batch*");
        Fails(new GraphText([3]).Floats("g", [1], 1).Node("y = LayerNormalization(x, g)"), "*'n0' (LayerNormalization)*[1]*[3]*");
        Fails(new GraphText([3]).Floats("g", [3], 1, 2, 3).Node("y, m = LayerNormalization(x, g)"), "*'n0' (LayerNormalization)*statistics*");
        Agrees(new GraphText([2, 3]).Floats("g", [3], 1, 2, 3).Node("y = LayerNormalization(x, g)"), "LayerNormalization(1E-05, center: false)");
    }

    private static Sequential Trained(SequentialBuilder builder)
    {
        Sequential model = builder.Build(seed: 1);
        model.Compile(new Adam(0.05), new MeanSquaredError());
        Tensor x = Tensor.RandomNormal(model.InputShape.Prepend(64), seed: 2) * 2 + 1;
        model.Fit(x, Tensor.RandomNormal(model.OutputShape.Prepend(64), seed: 3), new FitOptions(epochs: 3));
        return model;
    }
}
