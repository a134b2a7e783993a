using DeepLearning.Onnx.Schema;
using DeepLearning.Tests.Support;
using static DeepLearning.Onnx.Tests.Agreement;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>Graphs with forks, merges, several inputs and outputs, as other tools write them. The oracle is ONNX Runtime.</summary>
public sealed class GraphImportTests
{
    private static readonly float[] Nine = [.. Enumerable.Range(0, 9).Select(i => i / 4f - 1)];

    [Fact]
    public void Forks_and_merges_are_residuals_and_parallels()
    {
        GraphText block = new GraphText([3]).Floats("w", [3, 3], Nine).Floats("b", [3], 1, 2, 3).Node("m = MatMul(x, w)").Node("d = Add(m, b)").Node("a = Relu(d)")
            .Node("y = Add(x, a)");
        Agrees(block, "Dense(3)", "Relu()", "Add()").ToString().Should().StartWith("Sequential.Input(3).Residual(b => b.Dense(3).Relu())");
        GraphText parallel = new GraphText([3]).Node("a = Relu(x)").Node("b = Tanh(x)").Node("y = Concat(a, b)", OnnxAttribute.Of("axis", 1L));
        Agrees(parallel, "Relu()", "Tanh()", "Concatenate()").ToString().Should().StartWith("Sequential.Input(3).Parallel(b => b.Relu(), b => b.Tanh())");
        Agrees(new GraphText([2, 3]).Node("a = Relu(x)").Node("y = Concat(a, x, a)", OnnxAttribute.Of("axis", -2L)), "Relu()", "Concatenate(1)");
        Agrees(new GraphText([2, 3], operatorSet: 3).Node("a = Relu(x)").Node("y = Concat(a, x)"),
            new GraphText([2, 3]).Node("a = Relu(x)").Node("y = Concat(a, x)", OnnxAttribute.Of("axis", 1L)), "Relu()", "Concatenate(1)");
        Agrees(new GraphText([3]).Node("a = Relu(x)").Node("b = Tanh(x)").Node("y = Sum(a, b, x)"), "Relu()", "Tanh()", "Add()");
        Agrees(new GraphText([3]).Node("a = Concat(x)", OnnxAttribute.Of("axis", 1L)).Node("y = Relu(a)"), "Relu()");
    }

    [Fact]
    public void What_is_no_layer_yet_becomes_one_where_the_graph_forks()
    {
        // The product without its bias is needed too, and so is what arithmetic with constants makes.
        GraphText product = new GraphText([3]).Floats("w", [3, 3], Nine).Floats("b", [3], 1, 2, 3).Node("m = MatMul(x, w)").Node("d = Add(m, b)").Node("y = Add(d, m)");
        Agrees(product, "Dense(3, useBias: false)", "Normalization(3 columns)", "Add()");
        GraphText affine = new GraphText([3]).Floats("b", [3], 1, 2, 3).Node("m = Mul(x, b)").Node("d = Add(m, b)").Node("r = Relu(m)").Node("y = Add(d, r)");
        Agrees(affine, "Normalization(3 columns)", "Normalization(3 columns)", "Relu()", "Add()");
        GraphText sizes = new GraphText([2, 3]).Integers("i0", 0).Integers("minus", -1).Node("r = Relu(x)").Node("s = Shape(r)").Node("n = Gather(s, i0)")
            .Node("t = Concat(n, minus)", OnnxAttribute.Of("axis", 0L)).Node("f = Reshape(r, t)").Node("g = Flatten(x)").Node("y = Add(f, g)");
        Agrees(sizes, "Relu()", "Reshape(-1)", "Flatten()", "Add()");
    }

    [Fact]
    public void Products_with_the_same_weights_are_one_layer()
    {
        GraphText gemm = Two().Floats("w", [3, 3], Nine).Floats("b", [3], 1, 2, 3).Node("a = Gemm(x, w, b)").Node("c = Gemm(z, w, b)").Node("y = Add(a, c)");
        AgreesAll(gemm).LayerNames.Should().Equal("dense", "dense#2", "add");
        GraphText product = Two().Floats("w", [3, 3], Nine).Floats("b", [3], 1, 2, 3).Node("m = MatMul(x, w)").Node("a = Add(m, b)").Node("n = MatMul(z, w)")
            .Node("c = Add(b, n)").Node("y = Add(a, c)");
        AgreesAll(product).LayerNames.Should().Equal("dense", "dense#2", "add");
        GraphText other = Two().Floats("w", [3, 3], Nine).Floats("b", [3], 1, 2, 3).Node("a = Gemm(x, w, b)").Node("c = Gemm(z, w)")
            .Node("d = Gemm(x, w, b)", OnnxAttribute.Of("transB", 1L)).Node("e = Gemm(x, w, b)", OnnxAttribute.Of("alpha", 2f)).Node("y = Sum(a, c, d, e)");
        AgreesAll(other).LayerNames.Should().Equal("dense", "dense_1", "dense_2", "dense_3", "add");
    }

    [Fact]
    public void Several_inputs_and_outputs_keep_their_order_and_their_names()
    {
        GraphText graph = Two().Node("a = Relu(x)").Node("y = Add(a, z)").Node("q = Tanh(a)").Node("loss/1 = Sigmoid(y)").Node("not:a:name = Neg(y)");
        graph.Graph.Output.AddRange(new[] { "q", "loss/1", "not:a:name" }.Select(n => graph.Graph.Output[0].Clone()).Zip(new[] { "q", "loss/1", "not:a:name" }, Named));

        Model model = AgreesAll(graph);

        model.Inputs.Select(i => i.Name).Should().Equal("x", "z");
        model.Outputs.Select(o => o.Name).Should().Equal("y", "q", "loss/1", "normalization");
    }

    [Fact]
    public void Whole_numbers_may_move_but_not_be_computed_with()
    {
        GraphText moved = new GraphText([2, 3]).Node("a = Flatten(x)").Node("b = Identity(a)").Node("y = Concat(b, a)", OnnxAttribute.Of("axis", 1L));
        moved.Graph.Input[0].Type.TensorType.ElemType = (int)DataType.Int64;
        Model model = moved.Import();
        model.Inputs[0].IsInteger.Should().BeTrue();
        model.Forward([Tensor.FromIndices([1, 2, 3, 4, 5, 1 << 30], [1, 2, 3])])[0].AsIntegers().ToArray().Should()
            .Equal(1, 2, 3, 4, 5, 1 << 30, 1, 2, 3, 4, 5, 1 << 30);
        foreach (string node in new[] { "y = Relu(x)", "y = Neg(x)", "y = Mul(x, c)", "y = Add(x, x)" })
        {
            GraphText computed = new GraphText([3]).Floats("c", [3], 1, 2, 3).Node(node);
            computed.Graph.Input[0].Type.TensorType.ElemType = (int)DataType.Int32;
            Fails(computed, "*'n0'*whole numbers*");
        }
    }

    [Fact]
    public void Inputs_and_outputs_that_make_no_model_are_named()
    {
        FailsAll(Two().Node("y = Relu(x)"), "*the input 'z': leave it out*");
        FailsAll(Two(batch: 4).Node("y = Add(x, z)"), "*'x' and 'z' have different batches, an open one and 4*");
        GraphText twice = Two().Node("y = Add(x, z)");
        twice.Graph.Output.Add(twice.Graph.Output[0].Clone());
        FailsAll(twice, "*'y' twice*");
        GraphText same = Two().Node("y = Add(x, z)");
        same.Graph.Input[1].Name = "x";
        FailsAll(same, "*'x' twice*");
        GraphText none = new GraphText([3]).Node("y = Relu(x)");
        none.Graph.Output.Clear();
        FailsAll(none, "*outputs []*");
        GraphText through = Two().Node("y = Add(x, z)");
        through.Graph.Output.Add(Named(through.Graph.Output[0].Clone(), "x"));
        FailsAll(through, "*output 'x' computes nothing*");
    }

    [Fact]
    public void Class_names_need_one_output()
    {
        GraphText graph = Two().Node("y = Add(x, z)").Node("q = Relu(y)");
        graph.Graph.Output.Add(Named(graph.Graph.Output[0].Clone(), "q"));
        graph.Model.MetadataProps.Add(new StringStringEntryProto { Key = "class_names", Value = "[\"a\", \"b\", \"c\"]" });
        FailsAll(graph, "*class_names does not fit*");
    }

    [Fact]
    public void Forks_in_their_thousands_are_read()
    {
        var graph = new GraphText([3]);
        for (int i = 0; i < 2_000; i++)
            graph.Node($"a{i} = Sigmoid(v{i - 1})".Replace("v-1", "x", StringComparison.Ordinal)).Node($"v{i} = Add(a{i}, v{i - 1})".Replace("v-1", "x", StringComparison.Ordinal));
        graph.Node("y = Relu(v1999)").Import().Layers.Should().HaveCount(4_001);
    }

    /// <summary>A graph of the inputs x and z.</summary>
    private static GraphText Two(long? batch = null)
    {
        var graph = new GraphText([3]);
        graph.Graph.Input.Add(Named(new GraphText([3], batch: batch).Graph.Input[0], "z"));
        return graph;
    }

    private static ValueInfoProto Named(ValueInfoProto value, string name)
    {
        value.Name = name;
        return value;
    }

    private static Model AgreesAll(GraphText graph)
    {
        Model model = Runtime.ImportModel(graph.ToBytes());
        using var runtime = new Runtime(graph.ToBytes());
        Tensor[] x = GraphModels.Batch(model, 5);
        foreach ((Tensor expected, Tensor actual) in runtime.Predict(x).Zip(model.Predict(x))) expected.ShouldBeCloseTo(actual.ToArray(), 1e-5);
        return model;
    }

    private static void FailsAll(GraphText graph, string message)
        => FluentActions.Invoking(() => Runtime.ImportModel(graph.ToBytes())).Should().Throw<ModelFormatException>().WithMessage(message);
}
