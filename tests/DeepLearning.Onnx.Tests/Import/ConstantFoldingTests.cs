using DeepLearning.Onnx.Schema;
using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>What is computed of constants alone, as exporters leave it in a graph. The oracle is ONNX Runtime.</summary>
public sealed class ConstantFoldingTests
{
    private static readonly float[] Six = [0.5f, -1f, 2f, 0.25f, 1.5f, -0.75f];

    [Theory]
    [InlineData("w = Mul(c, s)")]
    [InlineData("w = Add(s, c)")]
    [InlineData("w = Sub(c, row)")]
    [InlineData("w = Div(c, column)")]
    [InlineData("w = Div(s, c)")]
    [InlineData("w = Neg(c)")]
    [InlineData("w = Abs(c)")]
    [InlineData("w = Exp(c)")]
    [InlineData("w = Reciprocal(c)")]
    [InlineData("a = Abs(c); w = Sqrt(a)")]
    [InlineData("a = Abs(c); w = Log(a)")]
    [InlineData("w = Pow(c, two)")]
    [InlineData("w = Pow(c, wholeTwo)")]
    [InlineData("a = Add(row, column); w = Mul(a, c)")]
    [InlineData("w = Identity(c)")]
    public void Line20_arithmetic_on_weights_is_done(string nodes)
    {
        GraphText graph = new GraphText([3]).Floats("c", [3, 2], Six).Floats("s", [], 3f).Floats("row", [2], 2f, -5f).Floats("column", [3, 1], 1f, 3f, 7f)
            .Floats("two", [1], 2f).Integers("wholeTwo", 2);
        foreach (string node in nodes.Split("; ")) graph.Node(node);

        Agrees(graph.Node("y = MatMul(x, w)"), "Dense(2, useBias: false)");
    }

    [Fact]
    public void Line20_weights_are_turned_cut_and_joined()
    {
        OnnxAttribute first = OnnxAttribute.Of("axis", 0L), second = OnnxAttribute.Of("axis", 1L);
        GraphText Weights(params float[] values) => new GraphText([3]).Floats("c", [values.Length / 6, 2, 3], values);
        float[] twelve = [.. Six, .. Six.Select(v => v * 3 + 1)];
        Agrees(Weights(Six).Integers("t", 2, 3).Node("m = Reshape(c, t)").Node("w = Transpose(m)").Node("y = MatMul(x, w)"), "Dense(2, useBias: false)");
        Agrees(Weights(twelve).Integers("t", 0, 3, -1).Integers("i", -1).Integers("a", 0).Node("m = Reshape(c, t)").Node("g = Gather(m, i)", first)
            .Node("w = Squeeze(g, a)").Node("y = MatMul(x, w)"), "Dense(2, useBias: false)");
        Agrees(Weights(twelve).Node("p = Transpose(c)", OnnxAttribute.Of("perm", [2L, 0L, 1L]))
            .Node("w = Flatten(p)").Node("y = MatMul(x, w)"), "Dense(4, useBias: false)");
        Agrees(new GraphText([3]).Floats("c", [3, 2], Six).Node("w = Concat(c, c, c)", second).Node("y = MatMul(x, w)"), "Dense(6, useBias: false)");
        Agrees(new GraphText([6]).Floats("c", [3, 2], Six).Node("w = Concat(c, c)", first).Node("y = MatMul(x, w)"), "Dense(2, useBias: false)");
        Agrees(new GraphText([2]).Floats("c", [2], 1f, 2f).Integers("a", 1).Integers("t", 2, 3).Node("u = Unsqueeze(c, a)").Node("w = Expand(u, t)")
            .Node("y = MatMul(x, w)"), "Dense(3, useBias: false)");
        GraphText filled = new GraphText([2]).Integers("t", 2, 3).Node("w = ConstantOfShape(t)").Node("y = MatMul(x, w)");
        TensorProto half = TensorEncoding.Of("", [0.5f], [1]);
        filled.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = half });
        Agrees(filled, "Dense(3, useBias: false)");
    }

    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(1, 3, 1)]
    [InlineData(-2, 9223372036854775807, 1)]
    [InlineData(0, 4, 2)]
    [InlineData(-1, -4, -1)]
    [InlineData(3, 0, -2)]
    [InlineData(-1, -9223372036854775808, -2)]
    public void Line20_a_slice_of_weights_is_that_of_the_runtime(long start, long end, long step)
    {
        GraphText graph = new GraphText([2]).Floats("c", [2, 4], 1, 2, 3, 4, 5, 6, 7, 8).Integers("s", start).Integers("e", end).Integers("a", 1)
            .Integers("p", step).Node("w = Slice(c, s, e, a, p)").Node("y = MatMul(x, w)");

        Agrees(graph, $"Dense({graph.Import().OutputShape[0]}, useBias: false)");
    }

    [Fact]
    public void Line20_arithmetic_between_constants_and_the_input_takes_what_was_computed()
        => Agrees(new GraphText([3]).Floats("v", [3], 4f, 9f, 1f).Floats("e", [], 0.5f).Floats("m", [3], 1f, 2f, 3f).Node("a = Add(v, e)").Node("s = Sqrt(a)")
            .Node("d = Sub(x, m)").Node("y = Div(d, s)"), "Normalization(3 columns)");

    [Fact]
    public void Line20_what_cannot_be_computed_names_the_node()
    {
        Fails(new GraphText([3]).Floats("a", [2], 1, 2).Floats("b", [3], 1, 2, 3).Node("c = Add(a, b)").Node("y = Add(x, c)"), "*'n0' (Add)*[2] and [3]*");
        Fails(new GraphText([3]).Floats("a", [2], 1, 2).Integers("t", 3).Node("c = Reshape(a, t)").Node("y = Add(x, c)"), "*'n0' (Reshape)*2 numbers*[3]*");
        Fails(new GraphText([3]).Floats("a", [2], 1, 2).Integers("i", 2).Node("c = Gather(a, i)").Node("y = Add(x, c)"), "*'n0' (Gather)*place 2 of 2*");
        Fails(new GraphText([3]).Floats("a", [2], 1, 2).Integers("s", 0).Node("c = Slice(a, s, s, s, s)").Node("y = Add(x, c)"), "*'n0' (Slice)*step of 0*");
        Fails(new GraphText([3]).Floats("a", [2], 1, 2).Floats("b", [1, 2], 1, 2).Node("c = Concat(a, b)", OnnxAttribute.Of("axis", 0L)).Node("y = Add(x, c)"),
            "*'n0' (Concat)*[2] and [1, 2]*");
        Fails(new GraphText([3]).Floats("a", [2], 1, 2).Node("c = Sigmoid(a)").Node("y = Add(x, c)"), "*'n1' (Add)*computed value 'c'*");
        Fails(new GraphText([3]).Floats("a", [1], 1).Integers("t", 2, 0).Node("c = Expand(a, t)").Node("y = Add(x, c)"), "*'n1' (Add)*");
        TensorProto empty = new() { Name = "a", DataType = 1, Dims = { 0, 2_000_000_000, 2_000_000_000 } };
        Fails(new GraphText([3]).Tensor(empty).Node("c = Flatten(a)").Node("y = Add(x, c)"), "*");
        TensorProto late = new() { Name = "a", DataType = 1, Dims = { 2_000_000_000, 0, 3 } };
        Fails(new GraphText([3]).Tensor(late).Integers("i", 2).Node("c = Gather(a, i)", OnnxAttribute.Of("axis", 2L)).Node("y = Add(x, c)"), "*(Add)*");
        // A whole number divided by zero, and one beyond 64 bits.
        Fails(new GraphText([3]).Integers("a", 3).Integers("z", 0).Node("t = Div(a, z)").Node("y = Reshape(x, t)"), "*'n1' (Reshape)*computed value 't'*");
        Fails(new GraphText([3]).Integers("a", long.MinValue).Integers("m", -1).Node("t = Mul(a, m)").Node("y = Reshape(x, t)"), "*'n1' (Reshape)*'t'*");
    }
}
