using DeepLearning.Onnx.Schema;
using DeepLearning.Onnx.Tests.Layers;
using DeepLearning.Tests.Contracts;
using DeepLearning.Tests.Support;

namespace DeepLearning.Onnx.Tests.Export;

/// <summary>Every row of the layers' contract table, run by ONNX Runtime and read back.</summary>
public sealed class LayerExportTests
{
    /// <summary>Relative to results above 1: float32 keeps 6e-8 of a value, and functions and sums in another order stay within a few of those.</summary>
    private const double Tolerance = 1e-5;

    private static IReadOnlyList<LayerRow> Written { get; } = [.. LayerContract.Rows.Where(r => !OnnxLayersTests.Without.ContainsKey(r.Layer.GetType()))];

    public static TheoryData<int, string> Rows => ContractRows.Of(Written);

    /// <summary>Those that are read as themselves. A product with a constant is read as a <see cref="Normalization"/>, which divides.</summary>
    public static TheoryData<int, string> RowsReadBack => ContractRows.Of(ReadBack);

    private static IReadOnlyList<LayerRow> ReadBack { get; } = [.. Written.Where(r => r.Layer is not (Rescaling or GroupNormalization or RmsNormalization))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Onnx_runtime_computes_the_same(int index, string name)
    {
        LayerRow row = Written[index];
        Sequential model = row.ModelOf();
        using var runtime = new Runtime(Runtime.Export(model));
        foreach (int batch in new[] { 1, 7 })
        {
            Tensor x = row.Indices > 0 ? row.Batch(batch) : Tensor.RandomNormal(row.Input.Prepend(batch), seed: (ulong)batch, 0f, 3f);

            Tensor result = runtime.Predict(x);

            result.Shape.Should().Equal(row.Output.Prepend(batch), name);
            result.ShouldBeCloseTo(model.Predict(x).ToArray(), Tolerance, name);
        }
    }

    [Theory]
    [MemberData(nameof(RowsReadBack))]
    public void Read_back_it_predicts_the_same_bits(int index, string name)
    {
        LayerRow row = ReadBack[index];
        // A layer before, because a graph that only drops out computes nothing.
        Sequential model = row.Indices > 0 ? row.ModelOf() : row.Begin().Softsign().Add(row.Layer).Build(seed: 5);
        Tensor x = row.Indices > 0 ? row.Batch(7) : Tensor.RandomNormal(row.Input.Prepend(7), seed: 1, 0f, 3f);

        Sequential again = Runtime.Import(Runtime.Export(model));

        again.Predict(x).ToArray().Should().Equal(model.Predict(x).ToArray(), name);
        again.Parameters.SelectMany(p => p.Value.ToArray()).Should().Equal(model.Parameters.SelectMany(p => p.Value.ToArray()), name);
        again.Layers.Select(l => l.ToString()).Should().Equal(model.Layers.Where(l => !IsLeftOut(l)).Select(AsRead), name);
    }

    [Fact]
    public void Normalizations_of_several_operators_are_not_read_and_say_so()
    {
        foreach (LayerRow row in Written.Where(r => r.Layer is GroupNormalization or RmsNormalization))
            FluentActions.Invoking(() => Runtime.Import(Runtime.Export(row.ModelOf()))).Should().Throw<ModelFormatException>(row.ToString());
    }

    [Fact]
    public void A_rescaling_is_read_back_as_a_normalization_of_the_same_values()
    {
        foreach (LayerRow row in Written.Where(r => r.Layer is Rescaling))
        {
            Sequential model = row.Begin().Softsign().Add(row.Layer).Build(), again = Runtime.Import(Runtime.Export(model));
            again.Layers[1].Should().BeOfType<Normalization>();
            again.Predict(row.Batch(7)).ShouldBeCloseTo(model.Predict(row.Batch(7)).ToArray(), Tolerance, row.ToString());
        }
    }

    [Fact]
    public void Layers_that_merge_are_run_and_read_back()
    {
        foreach ((MergeLayer layer, Shape[] shapes, Shape output) in MergeContract.Rows.Where(r => !OnnxLayersTests.Without.ContainsKey(r.Layer.GetType())))
        {
            string name = $"{layer} of {string.Join(" and ", shapes)}";
            Node[] inputs = Array.ConvertAll(shapes, s => Model.Input(s.Dimensions));
            Model model = Model.Of(inputs, [Node.Merge(layer, inputs)]).Build();
            Tensor[] x = [.. shapes.Select((s, i) => Tensor.RandomNormal(s.Prepend(5), seed: (ulong)i))];
            byte[] file = Runtime.Export(model);
            using var runtime = new Runtime(file);

            Tensor result = runtime.Predict(x).Single();
            Model again = Runtime.ImportModel(file);

            result.Shape.Should().Equal(output.Prepend(5), name);
            // The runtime divides where a mean here multiplies by the reciprocal: the last bit may differ.
            result.ShouldBeCloseTo(model.Predict(x)[0].ToArray(), layer is Average ? 1e-7 : 0, name);
            again.Predict(x)[0].ToArray().Should().Equal(model.Predict(x)[0].ToArray(), name);
            again.Inputs.Should().Equal(model.Inputs, name);
        }
    }

    [Fact]
    public void Every_public_layer_has_an_exporter_and_a_row()
    {
        HashSet<Type> covered = [.. LayerContract.Rows.Select(r => r.Layer.GetType())];
        covered.UnionWith(MergeContract.Rows.Select(r => r.Layer.GetType()));
        typeof(Layer).Assembly.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Layer)) && !t.IsAbstract && !covered.Contains(t)).Should().BeEmpty();
        foreach (LayerRow row in Written)
        {
            Sequential model = row.ModelOf();
            var writer = new OnnxLayerWriter(new GraphProto(), model.Calls[0], ["x"]);
            row.Invoking(r => LayerExport.Write(r.Layer, writer, new OnnxExportOptions())).Should().NotThrow(row.ToString());
        }
    }

    [Fact]
    public void A_layer_without_a_form_is_refused_by_name()
    {
        foreach (LayerRow row in LayerContract.Rows.Where(r => OnnxLayersTests.Without.ContainsKey(r.Layer.GetType())))
            row.ModelOf().Invoking(m => m.ExportOnnx(Stream.Null)).Should().Throw<NotSupportedException>()
                .Which.Message.Should().Contain(row.Layer.ToString());
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(-1e4f)]
    public void Large_inputs_give_the_same_limits_in_the_runtime(float x)
    {
        foreach (LayerRow row in LayerContract.Rows.Where(r => r.Layer is Activation and not Exponential && r.Input.Rank == 1))
        {
            Sequential model = Sequential.Input(row.Input).Add(row.Layer).Build();
            using var runtime = new Runtime(Runtime.Export(model));
            Tensor input = Tensor.Full(row.Input.Prepend(1), x);

            runtime.Predict(input).ShouldBeCloseTo(model.Predict(input).ToArray(), Tolerance, row.ToString());
        }
    }

    private static bool IsLeftOut(Layer layer)
        => layer is Dropout or AlphaDropout or GaussianDropout or GaussianNoise or StochasticDepth or ActivityRegularization;

    /// <summary>A shape that is inferred is written as it came out.</summary>
    private static string AsRead(Layer layer) => layer is Reshape ? "Reshape(3, 4)" : layer.ToString();
}
