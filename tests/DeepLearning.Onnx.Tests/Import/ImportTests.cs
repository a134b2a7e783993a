using DeepLearning.Onnx.Schema;
using Google.Protobuf;
using static DeepLearning.Onnx.Tests.Agreement;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>Graphs as other tools write them. The oracle is ONNX Runtime, which runs the same bytes.</summary>
public sealed class ImportTests
{
    private static readonly float[] Six = [0.5f, -1f, 2f, 0.25f, 1.5f, -0.75f];

    [Theory]
    [InlineData("[3, 2]", 0, 1f, 1f)]
    [InlineData("[2, 3]", 1, 1f, 1f)]
    [InlineData("[2, 3]", 1, -0.5f, 3f)]
    public void Gemm_with_transposition_and_factors_is_a_dense_layer(string shape, int transposed, float alpha, float beta)
    {
        Shape kernel = shape == "[3, 2]" ? [3, 2] : [2, 3];
        OnnxAttribute[] attributes = [OnnxAttribute.Of("transB", (long)transposed), OnnxAttribute.Of("alpha", alpha), OnnxAttribute.Of("beta", beta)];
        foreach ((Shape bias, float[] values) in new (Shape, float[])[] { ([2], [1f, -2f]), ([1, 2], [1f, -2f]), ([1], [0.5f]), ([], [0.5f]) })
            Agrees(new GraphText([3]).Floats("w", kernel, Six).Floats("b", bias, values).Node("y = Gemm(x, w, b)", attributes), "Dense(2)");
        Agrees(new GraphText([3]).Floats("w", kernel, Six).Node("y = Gemm(x, w)", attributes), "Dense(2, useBias: false)");
    }

    [Fact]
    public void MatMul_and_the_addition_behind_it_are_a_dense_layer()
    {
        Agrees(new GraphText([3]).Floats("w", [3, 2], Six).Floats("b", [2], 1f, 2f).Node("p = MatMul(x, w)").Node("y = Add(p, b)"), "Dense(2)");
        Agrees(new GraphText([4, 3]).Floats("w", [3, 2], Six).Floats("b", [1, 1, 2], 1f, 2f).Node("p = MatMul(x, w)").Node("y = Add(b, p)"), "Dense(2)");
        Agrees(new GraphText([4, 3]).Floats("w", [3, 2], Six).Node("y = MatMul(x, w)"), "Dense(2, useBias: false)");
    }

    [Fact]
    public void An_addition_that_differs_by_position_is_no_bias()
        => Agrees(
            new GraphText([2, 3]).Floats("w", [3, 2], Six).Floats("b", [2, 2], 1f, 2f, 3f, 4f).Node("p = MatMul(x, w)").Node("y = Add(p, b)"),
            "Dense(2, useBias: false)", "Normalization(4 columns)");

    [Fact]
    public void Weights_may_be_constants_that_are_copied_converted_or_transposed()
    {
        TensorProto weights = TensorEncoding.Of("", Six.Select(v => (double)v).ToArray(), [2, 3]);
        GraphText graph = new GraphText([3]).Node("c = Constant()").Node("t = Transpose(c)", OnnxAttribute.Of("perm", [1L, 0L]))
            .Node("f = Cast(t)", OnnxAttribute.Of("to", 1L)).Node("w = Identity(f)").Node("i = Identity(x)").Node("y = MatMul(i, w)");
        graph.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = weights });

        Agrees(graph, "Dense(2, useBias: false)");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Batch_normalisation_is_the_layer_and_over_channels_that_are_first_a_normalization(int rank)
    {
        Shape sample = rank == 2 ? [3] : [3, 2, 2];
        GraphText graph = new GraphText(sample).Floats("g", [3], 1.5f, -0.5f, 2f).Floats("b", [3], 1f, 2f, -3f).Floats("m", [3], 0.25f, -1f, 0f)
            .Floats("v", [3], 1f, 0.3f, 4f).Node("y = BatchNormalization(x, g, b, m, v)", OnnxAttribute.Of("epsilon", 1e-3f));

        Agrees(graph, rank == 2 ? "BatchNormalization(0.9, 0.001)" : "Normalization(12 columns)");
    }

    [Fact]
    public void Arithmetic_with_constants_is_one_normalization()
    {
        Agrees(new GraphText([3]).Floats("a", [3], 1f, 2f, 3f).Floats("s", [], 4f).Node("d = Sub(x, a)").Node("y = Div(d, s)"), "Normalization(3 columns)");
        Agrees(new GraphText([3]).Floats("a", [1, 3], 1f, 2f, 3f).Floats("s", [1], 4f).Node("m = Mul(s, x)").Node("p = Add(a, m)").Node("y = Sub(s, p)"),
            "Normalization(3 columns)");
        Agrees(new GraphText([2, 3]).Floats("a", [2, 1], 5f, 7f).Node("m = Mul(x, a)").Node("y = Relu(m)"), "Normalization(6 columns)", "Relu()");
        // One unit of three columns, a column vector and a row: the two directions of broadcasting.
        Agrees(new GraphText([2, 3]).Floats("a", [1, 2, 1], 5f, 7f).Floats("b", [3], 1f, 2f, 4f).Node("m = Div(x, a)").Node("y = Add(m, b)"),
            "Normalization(6 columns)");
    }

    [Fact]
    public void Shapes_are_read_as_layers()
    {
        Agrees(new GraphText([2, 3]).Node("y = Flatten(x)"), "Flatten()");
        Agrees(new GraphText([2, 3]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", -2L)), "Flatten()");
        Agrees(new GraphText([2, 3]).Integers("s", -1, 6).Node("y = Reshape(x, s)"), "Reshape(6)");
        Agrees(new GraphText([2, 3]).Integers("s", 0, 3, -1).Node("y = Reshape(x, s)"), "Reshape(3, -1)");
        Agrees(new GraphText([2, 3]).Integers("s", 0, 0, 3, 1).Node("y = Reshape(x, s)"), "Reshape(2, 3, 1)");
        Agrees(new GraphText([2, 3], batch: 5).Integers("s", 5, 6).Node("y = Reshape(x, s)"), "Reshape(6)");
    }

    [Fact]
    public void Activations_of_every_operator_set_are_read()
    {
        Agrees(new GraphText([3], operatorSet: 20).Node("y = Gelu(x)"), "Gelu()");
        Agrees(new GraphText([3], operatorSet: 20).Node("y = Gelu(x)", OnnxAttribute.Of("approximate", "tanh")), "Gelu(approximate: true)");
        Agrees(new GraphText([3], operatorSet: 18).Node("y = Mish(x)"), "Mish()");
        Agrees(new GraphText([3], operatorSet: 11).Node("y = Softmax(x)"), "Softmax()");
        Agrees(new GraphText([2, 3], operatorSet: 11).Node("y = LogSoftmax(x)", OnnxAttribute.Of("axis", 2L)), "LogSoftmax()");
        Agrees(new GraphText([3]).Node("y = LeakyRelu(x)"), "LeakyRelu(0.01)");
        Agrees(new GraphText([3]).Node("y = Elu(x)"), "Elu(1)");
    }

    [Fact]
    public void Composite_activations_are_found_in_either_order_of_their_inputs()
    {
        Agrees(new GraphText([3]).Node("s = Sigmoid(x)").Node("y = Mul(s, x)"), "Silu()");
        Agrees(
            new GraphText([3]).Floats("r", [], 1.41421354f).Floats("one", [1], 1f).Floats("half", [], 0.5f).Node("d = Div(x, r)").Node("e = Erf(d)")
                .Node("a = Add(one, e)").Node("m = Mul(a, x)").Node("y = Mul(half, m)"),
            "Gelu()");
    }

    [Fact]
    public void Dropout_comes_back_as_the_layer_that_it_was()
    {
        GraphText graph = new GraphText([3]).Floats("rate", [], 0.25f).Node("a = Relu(x)").Node("b, mask = Dropout(a, rate)").Node("y = Tanh(b)");

        Agrees(graph, "Relu()", "Dropout(0.25)", "Tanh()");
    }

    [Fact]
    public void A_small_network_as_PyTorch_writes_it_is_read_and_can_be_trained_further()
    {
        GraphText graph = new GraphText([1, 2, 2]).Floats("fc1.weight", [3, 4], [.. Six, .. Six]).Floats("fc1.bias", [3], 0.1f, 0.2f, 0.3f)
            .Floats("fc2.weight", [2, 3], Six).Floats("fc2.bias", [2], 0f, 1f).Node("f = Flatten(x)", OnnxAttribute.Of("axis", 1L))
            .Node("h = Gemm(f, fc1.weight, fc1.bias)", OnnxAttribute.Of("transB", 1L)).Node("r = Relu(h)")
            .Node("l = Gemm(r, fc2.weight, fc2.bias)", OnnxAttribute.Of("transB", 1L)).Node("y = Softmax(l)", OnnxAttribute.Of("axis", 1L));
        // Before IR version 4, initializers stood among the inputs too.
        graph.Model.IrVersion = 3;
        graph.Graph.Input.AddRange(graph.Graph.Initializer.Select(t => new ValueInfoProto { Name = t.Name, Type = TypeOf(t) }));

        Sequential model = Agrees(graph, "Flatten()", "Dense(3)", "Relu()", "Dense(2)", "Softmax()");

        model.Compile(new Adam(), new SparseCategoricalCrossEntropy());
        model.Fit(new Dataset(Tensor.RandomNormal([4, 1, 2, 2], 1), [0, 1, 0, 1])).Epochs.Should().Be(1);
    }

    [Fact]
    public void Numbers_are_read_from_each_place_and_type_that_may_hold_them()
    {
        byte[] halves = [.. Six.SelectMany(v => BitConverter.GetBytes((Half)v))];
        var half = new TensorProto { Name = "w", DataType = (int)DataType.Float16, RawData = ByteString.CopyFrom(halves) };
        var brain = new TensorProto { Name = "w", DataType = (int)DataType.Bfloat16 };
        brain.Int32Data.AddRange(Six.Select(v => BitConverter.SingleToInt32Bits(v) >> 16 & 0xFFFF));
        var single = new TensorProto { Name = "w", DataType = (int)DataType.Float };
        single.FloatData.AddRange(Six);
        var wide = new TensorProto { Name = "w", DataType = (int)DataType.Double };
        wide.DoubleData.AddRange(Six.Select(v => (double)v));
        foreach (TensorProto tensor in new[] { half, brain, single, wide })
        {
            tensor.Dims.AddRange([3, 2]);
            new GraphText([3]).Tensor(tensor).Node("y = MatMul(x, w)").Import().Parameters["dense.kernel"].Value.ToArray().Should().Equal(Six);
        }
    }

    [Fact]
    public void Class_names_come_back()
    {
        Sequential model = Sequential.Input(2).Dense(3).Softmax().Build();
        model.ClassNames = ["setosa", "versicolor", "virginica \"é\""];

        Runtime.Import(Runtime.Export(model)).ClassNames.Should().Equal(model.ClassNames);
    }

    [Fact]
    public void A_file_is_exported_and_imported_by_its_path()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.onnx");
        Sequential model = Sequential.Input(2).Dense(3).Selu().Build(seed: 1);

        model.ExportOnnx(path);

        OnnxModel.Import(path).Predict(Tensor.Ones([2, 2])).ToArray().Should().Equal(model.Predict(Tensor.Ones([2, 2])).ToArray());
        Directory.GetFiles(folder.Path).Should().Equal(path);
    }

    private static TypeProto TypeOf(TensorProto tensor)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(tensor.Dims.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }));
        return new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = tensor.DataType, Shape = shape } };
    }
}
