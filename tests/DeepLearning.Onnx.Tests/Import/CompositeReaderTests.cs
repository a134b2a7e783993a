using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>Activations in parts, in the spellings that exporters and people use. The oracle is ONNX Runtime.</summary>
public sealed class CompositeReaderTests
{
    private const string Divided = "d = Div(x, root2); e = Erf(d)", Multiplied = "d = Mul(x, invroot2); e = Erf(d)";

    private const string Pow = "c = Pow(x, three); m = Mul(c, cubic); i = Add(x, m); s = Mul(i, rootpi); t = Tanh(s)";

    private const string End = "; t = Tanh(s); a = Add(one, t); h = Mul(x, half); y = Mul(h, a)";

    [Theory]
    [InlineData(Divided + "; a = Add(e, one); m = Mul(x, a); y = Mul(m, half)")]
    [InlineData(Divided + "; a = Add(one, e); m = Mul(a, x); y = Mul(half, m)")]
    [InlineData(Multiplied + "; a = Add(e, one); m = Mul(x, a); y = Mul(m, half)")]
    [InlineData(Multiplied + "; a = Add(e, one); h = Mul(x, half); y = Mul(h, a)")]
    [InlineData(Divided + "; a = Add(e, one); h = Mul(a, half); y = Mul(x, h)")]
    [InlineData("h = Mul(half, x); " + Divided + "; a = Add(e, one); y = Mul(h, a)")]
    [InlineData(Divided + "; h = Mul(e, half); a = Add(h, half); y = Mul(a, x)")]
    [InlineData(Divided + "; a = Add(e, one); m = Mul(x, a); y = Div(m, two)")]
    [InlineData("q = Sqrt(two); d = Div(x, q); e = Erf(d); a = Add(e, one); m = Mul(x, a); y = Mul(m, half)")]
    [InlineData("q = Sqrt(half); d = Mul(q, x); e = Erf(d); a = Add(e, one); h = Mul(x, half); y = Mul(a, h)")]
    public void Line20_GELU_by_the_error_function_in_its_spellings(string nodes) => Agrees(Graph(nodes), "Gelu()");

    [Theory]
    [InlineData(Pow + "; a = Add(t, one); h = Mul(x, half); y = Mul(h, a)")]
    [InlineData(Pow + "; a = Add(one, t); p = Mul(x, a); y = Mul(p, half)")]
    [InlineData(Pow + "; a = Add(one, t); h = Mul(half, a); y = Mul(x, h)")]
    [InlineData("q = Mul(x, x); c = Mul(q, x); m = Mul(cubic, c); i = Add(m, x); s = Mul(rootpi, i)" + End)]
    [InlineData("q = Mul(x, x); r = Mul(q, cubic); b = Add(r, one); u = Mul(x, b); s = Mul(u, rootpi)" + End)]
    [InlineData("u = Mul(x, rootpi); w = Mul(x, cubic); r = Mul(w, x); b = Add(one, r); s = Mul(u, b)" + End)]
    [InlineData("c = Pow(x, wholethree); m = Mul(c, cubic); i = Add(x, m); s = Mul(i, rootpi); d = Add(s, s); g = Sigmoid(d); y = Mul(x, g)")]
    public void Line20_GELU_by_the_hyperbolic_tangent_in_its_spellings(string nodes) => Agrees(Graph(nodes), "Gelu(approximate: true)");

    [Theory]
    [InlineData("s = Sigmoid(x); y = Mul(x, s)", "Silu()")]
    [InlineData("n = Neg(x); e = Exp(n); a = Add(e, one); y = Div(x, a)", "Silu()")]
    [InlineData("s = Softplus(x); t = Tanh(s); y = Mul(t, x)", "Mish()")]
    [InlineData("e = Exp(x); a = Add(one, e); s = Log(a); t = Tanh(s); y = Mul(x, t)", "Mish()")]
    [InlineData("a = Add(x, threef); c = Clip(a, zero, six); m = Mul(x, c); y = Div(m, six)", "HardSwish()")]
    [InlineData("a = Add(x, threef); c = Clip(a, zero, six); d = Div(c, six); y = Mul(x, d)", "HardSwish()")]
    [InlineData("g = Greater(x, twenty); s = Softplus(x); y = Where(g, x, s)", "Softplus()")]
    public void Line20_other_activations_in_parts(string nodes, string layer) => Agrees(Graph(nodes), layer);

    [Theory]
    [InlineData("e = Exp(x); a = Add(e, one); y = Log(a)", "Softplus()")]
    [InlineData("e = Exp(x); a = Sum(one, e); l = Log(a); y = Tanh(l)", "Softplus()", "Tanh()")]
    [InlineData("n = Neg(x); e = Exp(n); a = Add(e, one); y = Log(a)", "Normalization(3 columns)", "Softplus()")]
    [InlineData("e = Exp(x); y = Tanh(e)", "Exponential()", "Tanh()")]
    [InlineData("s = Sigmoid(x); p = Mul(x, s); y = Sum(p)", "Silu()")]
    public void FoundC1_activations_in_parts_without_a_branch(string nodes, params string[] layers) => Agrees(Graph(nodes), layers);

    [Theory]
    [InlineData("t", 9e-6f)]
    [InlineData("t", -1e-9f)]
    public void FoundA13_a_small_term_that_the_activation_lacks_is_none(string other, float factor)
        => Agrees(
            Graph($"q = Mul(x, x); t = Mul(q, x); s = Sigmoid(x); p = Mul(x, s); m = Mul({other}, small); y = Add(p, m)").Floats("small", [], factor),
            "Silu()", "Multiply()", "Multiply()", "Normalization(3 columns)", "Add()");

    [Fact]
    public void FoundA13_a_small_constant_is_compared_with_its_own_size()
    {
        string nodes = Pow.Replace("cubic", "other", StringComparison.Ordinal) + "; a = Add(t, one); h = Mul(x, half); y = Mul(h, a)";
        Agrees(Graph(nodes).Floats("other", [], 0.0447151f), "Gelu(approximate: true)");
        Fails(Graph(nodes).Floats("other", [], 0.04472f), "*(Pow) is not a layer*");
    }

    [Fact]
    public void Line20_HardSwish_by_HardSigmoid_is_found()
        => Agrees(
            new GraphText([3]).Node("h = HardSigmoid(x)", OnnxAttribute.Of("alpha", 1f / 6f)).Node("y = Mul(x, h)"),
            "HardSwish()");

    [Fact]
    public void Line20_GELU_stands_between_other_layers()
        => Agrees(
            Graph("v = Relu(x); d = Div(v, root2); e = Erf(d); a = Add(e, one); m = Mul(v, a); g = Mul(m, half); y = Tanh(g)"), "Relu()", "Gelu()", "Tanh()");

    [Theory]
    [InlineData("d = Mul(x, half); e = Erf(d); a = Add(e, one); m = Mul(x, a); y = Mul(m, half)")]
    [InlineData("d = Div(x, root2); e = Erf(d); a = Add(e, one); m = Mul(x, a); y = Mul(m, two)")]
    [InlineData("c = Pow(x, two); m = Mul(c, cubic); i = Add(x, m); s = Mul(i, rootpi)" + End)]
    [InlineData("a = Add(x, threef); c = Clip(a, zero, threef); d = Div(c, six); y = Mul(x, d)")]
    [InlineData("a = Add(x, threef); c = Clip(a, _, six); d = Div(c, six); y = Mul(x, d)")]
    [InlineData("g = Greater(x, one); s = Softplus(x); y = Where(g, x, s)")]
    [InlineData("g = Greater(x, twenty); s = Softplus(x); y = Where(g, s, x)")]
    [InlineData("s = Sigmoid(x); y = Mul(s, row)")]
    public void What_only_resembles_an_activation_is_none(string nodes)
    {
        GraphText graph = Graph(nodes);
        if (nodes.Contains("row", StringComparison.Ordinal)) Agrees(graph, "Sigmoid()", "Normalization(3 columns)");
        else Fails(graph, "*(*)*");
    }

    [Theory]
    [InlineData("s = Mul(x, k); g = Sigmoid(s); y = Mul(x, g)", "Normalization(3 columns)", "Sigmoid()", "Multiply()")]
    [InlineData("s = Sigmoid(x); t = Tanh(x); y = Mul(s, t)", "Sigmoid()", "Tanh()", "Multiply()")]
    public void Products_that_only_resemble_an_activation_are_products(string nodes, params string[] layers) => Agrees(Graph(nodes), layers);

    [Fact]
    public void A_value_within_that_is_used_elsewhere_keeps_the_parts_apart()
        => Agrees(Graph("s = Sigmoid(x); m = Mul(x, s); t = Tanh(s); y = Add(m, t)"), "Sigmoid()", "Multiply()", "Tanh()", "Add()");

    [Theory]
    [InlineData("s = Sigmoid(x); m = Mul(x, s); y = Add(m, m)", "Silu()", "Add()")]
    [InlineData("s = Sigmoid(x); m = Mul(x, s); y = Add(x, m)", "Silu()", "Add()")]
    [InlineData("s = Sigmoid(x); m = Mul(x, s); p = Softplus(x); t = Tanh(p); n = Mul(x, t); y = Add(n, m)", "Mish()", "Silu()", "Add()")]
    [InlineData(Divided + "; a = Add(e, one); m = Mul(x, a); g = Mul(m, half); r = Relu(x); y = Add(g, r)", "Gelu()", "Relu()", "Add()")]
    [InlineData("e = Exp(x); a = Add(e, one); l = Log(a); y = Add(l, x)", "Softplus()", "Add()")]
    [InlineData("s = Sigmoid(x); p = Mul(x, s); m = Mul(x, cubic); y = Add(p, m)", "Silu()", "Normalization(3 columns)", "Add()")]
    [InlineData("p = Softplus(x); t = Tanh(p); y = Add(p, t)", "Softplus()", "Tanh()", "Add()")]
    public void Activations_in_parts_stand_in_branches(string nodes, params string[] layers) => Agrees(Graph(nodes), layers);

    [Fact]
    public void Formulas_that_grow_without_end_are_read_as_products()
    {
        var graph = new GraphText([3]);
        graph.Node("v0 = Add(x, x)").Node("w0 = Sigmoid(x)").Node("z0 = Add(v0, w0)");
        for (int i = 0; i < 40; i++) graph.Node($"z{i + 1} = Mul(z{i}, z{i})");
        graph.Node("y = Add(z40, x)").Import().Layers.OfType<Multiply>().Should().HaveCount(40);
    }

    private static GraphText Graph(string nodes)
    {
        GraphText graph = new GraphText([3]).Floats("root2", [], 1.4142135f).Floats("invroot2", [1], 0.70710677f).Floats("one", [], 1f).Floats("half", [], 0.5f)
            .Floats("two", [], 2f).Floats("three", [], 3f).Integers("wholethree", 3).Floats("cubic", [], 0.044715f).Floats("rootpi", [], 0.7978846f)
            .Floats("zero", [], 0f).Floats("six", [], 6f).Floats("threef", [], 3f).Floats("twenty", [], 20f).Floats("k", [], 1.702f)
            .Floats("row", [3], 1f, 2f, 3f);
        foreach (string node in nodes.Split("; ")) graph.Node(node);
        return graph;
    }
}
