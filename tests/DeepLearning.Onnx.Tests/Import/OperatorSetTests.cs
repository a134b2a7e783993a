using DeepLearning.Onnx.Schema;
using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>
/// What operators meant in older sets: read where it is the same, refused where it is not. ONNX Runtime reads sets from 7 on; for older graphs the oracle is
/// the same graph in the words of today.
/// </summary>
public sealed class OperatorSetTests
{
    private static readonly float[] Six = [0.5f, -1f, 2f, 0.25f, 1.5f, -0.75f];

    private static OnnxAttribute Broadcast => OnnxAttribute.Of("broadcast", 1L);

    [Fact]
    public void Line20_a_network_of_operator_set_6_is_read()
    {
        GraphText Network(int set, OnnxAttribute[] gemm, OnnxAttribute[] dropout, OnnxAttribute[] norm)
            => new GraphText([3], set).Floats("w", [3, 2], Six).Floats("b", [2], 1f, -1f).Floats("g", [2], 1.5f, 0.5f).Floats("v", [2], 1f, 0.5f)
                .Node("h = Gemm(x, w, b)", gemm).Node("r = Relu(h)").Node("n = BatchNormalization(r, g, b, b, v)", norm).Node("d = Dropout(n)", dropout)
                .Node("y = Softmax(d)");
        GraphText today = Network(11, [], [], []);

        Agrees(Network(6, [Broadcast], [OnnxAttribute.Of("is_test", 1L)], [OnnxAttribute.Of("is_test", 1L)]), today,
            "Dense(2)", "Relu()", "BatchNormalization(0.9, 1E-05)", "Dropout(0.5)", "Softmax()");
    }

    [Fact]
    public void Line20_arithmetic_of_operator_set_6_spreads_from_its_axis_on()
    {
        GraphText Of(int set, Shape shape, params OnnxAttribute[] attributes)
            => new GraphText([2, 3], set).Floats("c", shape, Six[..shape.Size]).Node("y = Sub(x, c)", attributes);

        Agrees(Of(6, [3], Broadcast), Of(7, [3]), "Normalization(6 columns)");
        Agrees(Of(6, [], Broadcast), Of(7, []), "Normalization(6 columns)");
        Agrees(Of(6, [2, 3], Broadcast, OnnxAttribute.Of("axis", 1L)), Of(7, [2, 3]), "Normalization(6 columns)");
        // From axis 1 on: one number for each row, not for each column.
        Agrees(Of(6, [2], Broadcast, OnnxAttribute.Of("axis", 1L)), Of(7, [2, 1]), "Normalization(6 columns)");
        Fails(Of(6, [3]), "*'n0' (Sub)*broadcast = 1*");
        Fails(Of(6, [2], Broadcast, OnnxAttribute.Of("axis", 0L)), "*'n0' (Sub)*");
        Fails(Of(6, [3], Broadcast, OnnxAttribute.Of("axis", 3L)), "*'n0' (Sub)*axis 3 of 3*");
        Fails(Of(6, [2, 3], Broadcast, OnnxAttribute.Of("axis", 2L)), "*'n0' (Sub)*beyond*");
        Fails(new GraphText([3], 6).Floats("c", [], 1f).Node("y = Sub(c, x)", Broadcast), "*'n0' (Sub)*second input*");
    }

    [Fact]
    public void Line20_Gemm_of_operator_set_6_adds_a_row_only_where_it_says_so()
    {
        GraphText Of(params OnnxAttribute[] attributes)
            => new GraphText([3], 6).Floats("w", [3, 2], Six).Floats("b", [2], 1f, -1f).Node("y = Gemm(x, w, b)", attributes);

        Of(Broadcast).Import().Layers.Should().ContainSingle();
        Fails(Of(), "*'n0' (Gemm)*[2] without broadcast = 1*");
    }

    [Fact]
    public void Line20_shapes_and_types_of_operator_sets_before_6_are_attributes()
    {
        GraphText today = new GraphText([2, 3]).Integers("t", 0, -1).Node("y = Reshape(x, t)");
        Agrees(new GraphText([2, 3], 4).Node("y = Reshape(x)", OnnxAttribute.Of("shape", [0L, -1L])), today, "Reshape(-1)");
        GraphText cast = new GraphText([3], 5).Node("c = Cast(x)", OnnxAttribute.Of("to", "FLOAT")).Node("y = Relu(c)");
        Agrees(cast, new GraphText([3]).Node("y = Relu(x)"), "Relu()");
        GraphText joined = new GraphText([3], 3).Floats("a", [3, 1], 1, 2, 3).Node("w = Concat(a, a)").Node("y = MatMul(x, w)");
        Agrees(joined, new GraphText([3]).Floats("w", [3, 2], 1, 1, 2, 2, 3, 3).Node("y = MatMul(x, w)"), "Dense(2, useBias: false)");
        Fails(new GraphText([2, 3], 4).Node("y = Reshape(x)"), "*'n0' (Reshape) names no shape*");
    }

    [Fact]
    public void Line20_Selu_of_operator_set_1_had_other_defaults()
    {
        Fails(new GraphText([3], 5).Node("y = Selu(x)"), "*'n0' (Selu) has alpha = 1.6732*");
        new GraphText([3], 6).Node("y = Selu(x)").Import().Layers.Should().ContainSingle();
    }

    [Fact]
    public void FoundC1_negation_and_sums_are_arithmetic()
    {
        Agrees(new GraphText([3]).Node("y = Neg(x)"), "Normalization(3 columns)");
        Agrees(new GraphText([3]).Floats("c", [3], 1, 2, 3).Node("y = Sum(c, x)"), "Normalization(3 columns)");
        Agrees(new GraphText([3]).Floats("c", [3], 1, 2, 3).Node("a = Mul(x, c)").Node("n = Neg(a)").Node("y = Sum(n, c)"), "Normalization(3 columns)");
        Agrees(new GraphText([3]).Floats("c", [3], 1, 2, 3).Node("d = Sum(c, c)").Node("e = Sum(d)").Node("y = Add(x, e)"), "Normalization(3 columns)");
        Agrees(new GraphText([3]).Node("r = Sum(x)").Node("y = Relu(r)"), "Relu()");
        Agrees(
            new GraphText([2]).Floats("w", [2, 2], 1, 2, 3, 4).Floats("b", [2], 5, 6).Node("m = MatMul(x, w)").Node("y = Sum(m, b)"), "Dense(2)");
        Fails(new GraphText([3]).Floats("c", [3], 1, 2, 3).Node("y = Sum(x, c, c)"), "*'n0' (Sum) takes 3 values, not 2*");
        Agrees(new GraphText([3]).Node("y = Sum(x, x)"), "Add()");
    }

    [Fact]
    public void FoundC1_swish_is_silu_where_its_alpha_is_one()
    {
        new GraphText([3], 24).Node("y = Swish(x)").Import().Layers.Select(l => l.ToString()).Should().Equal("Silu()");
        new GraphText([3], 24).Node("y = Swish(x)", OnnxAttribute.Of("alpha", 1f)).Import().Predict(Tensor.From(new float[,] { { 1, 2, 3 } })).ToArray()
            .Zip(new[] { 0.7310586f, 1.7615942f, 2.8577224f }, (got, expected) => MathF.Abs(got - expected)).Max().Should().BeLessThan(1e-6f);
        Fails(new GraphText([3], 24).Node("y = Swish(x)", OnnxAttribute.Of("alpha", 1.702f)), "*'n0' (Swish) has alpha = 1.702*");
    }

    [Fact]
    public void Line20_dropout_that_says_that_it_does_not_train_is_read()
    {
        GraphText Of(bool training) => new GraphText([3]).Floats("rate", [], 0.25f).Tensor(Truth("training", training)).Node("a = Relu(x)")
            .Node("y = Dropout(a, rate, training)");
        Agrees(Of(training: false), "Relu()", "Dropout(0.25)");
        Agrees(
            new GraphText([3]).Floats("none", [], 0f).Tensor(Truth("training", true)).Node("a = Relu(x)").Node("y = Dropout(a, none, training)"),
            "Relu()", "Dropout(0)");
        Fails(new GraphText([3]).Floats("all", [], 1f).Node("y = Dropout(x, all)"), "*'n0' (Dropout) has the ratio 1; expected one in [0, 1)*without it*");
        Fails(Of(training: true), "*'n1' (Dropout) drops values in predictions too (training_mode is true)*evaluation mode*");
        Agrees(new GraphText([3]).Tensor(Truth("training", false)).Node("y = Dropout(x, _, training)"), "Dropout(0.5)");
        GraphText constant = new GraphText([3]).Floats("rate", [], 0.25f).Node("t = Constant()").Node("y = Dropout(x, rate, t)");
        constant.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = Truth("", false) });
        Agrees(constant, "Dropout(0.25)");
        GraphText converted = new GraphText([3]).Integers("none", 0).Node("t = Cast(none)", OnnxAttribute.Of("to", 9L)).Node("y = Dropout(x, _, t)");
        converted.Graph.Initializer[0].Dims.Clear();
        Agrees(converted, "Dropout(0.5)");
        GraphText computed = new GraphText([3]).Floats("rate", [], 0.25f).Floats("c", [3], 1, 2, 3).Node("t = Greater(x, c)").Node("y = Dropout(x, rate, t)");
        Fails(computed, "*'n0' (Greater) is not a layer*");
        Fails(new GraphText([3], 6).Node("y = Dropout(x)"), "*'n0' (Dropout)*is_test is 0*");
    }

    [Fact]
    public void Line20_batch_normalisation_in_training_is_refused_however_it_says_so()
    {
        GraphText Of(int set, string results, params OnnxAttribute[] attributes)
            => new GraphText([2], set).Floats("g", [2], 1, 2).Node($"{results} = BatchNormalization(x, g, g, g, g)", attributes);

        Fails(Of(6, "y"), "*'n0' (BatchNormalization) is in training mode (is_test is 0)*");
        Fails(Of(9, "y, m, v, sm, sv"), "*'n0' (BatchNormalization) is in training mode*statistics*");
        Fails(Of(15, "y", OnnxAttribute.Of("training_mode", 1L)), "*'n0' (BatchNormalization) is in training mode*");
        Agrees(Of(9, "y"), "BatchNormalization(0.9, 1E-05)");
        GraphText spatial = new GraphText([2, 3], 7).Floats("g", [2], 1, 2)
            .Node("y = BatchNormalization(x, g, g, g, g)", OnnxAttribute.Of("spatial", 0L));
        Fails(spatial, "*'n0' (BatchNormalization)*spatial = 0*");
    }

    [Fact]
    public void Line20_an_attribute_that_an_operator_does_not_have_is_refused()
    {
        Fails(new GraphText([3]).Floats("w", [3, 3], new float[9]).Node("y = Gemm(x, w)", OnnxAttribute.Of("transb", 1L)), "*'n0' (Gemm)*'transb'*unknown*");
        Fails(new GraphText([3], 20).Node("y = Gelu(x)", OnnxAttribute.Of("approximat", "tanh")), "*'n0' (Gelu)*'approximat'*");
        Agrees(new GraphText([3], 5).Node("y = Relu(x)", OnnxAttribute.Of("consumed_inputs", [0L])), new GraphText([3]).Node("y = Relu(x)"), "Relu()");
        Agrees(new GraphText([3]).Node("d = Relu(x)", OnnxAttribute.Of("unknown", 1L)).Node("y = Tanh(x)"), new GraphText([3]).Node("y = Tanh(x)"), "Tanh()");
    }

    private static TensorProto Truth(string name, bool value)
        => new() { Name = name, DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { value ? 1 : 0 } };
}
