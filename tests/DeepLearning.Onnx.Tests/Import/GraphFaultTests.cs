using DeepLearning.Onnx.Schema;
using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>Graphs that contradict themselves, or that no layers express: the node is named.</summary>
public sealed class GraphFaultTests
{
    [Fact]
    public void Fault48_a_cycle_names_a_node()
    {
        GraphText circle = new GraphText([3]).Floats("c", [3], 1, 1, 1).Node("a = Add(x, c)").Node("b = Add(a, d)").Node("d = Relu(b)").Node("y = Relu(d)");
        Fails(circle, "*'n1' (Add)*cycle*");
        Fails(new GraphText([3]).Node("y = Add(x, y)"), "*'n0' (Add)*cycle*");
    }

    [Fact]
    public void Fault48_a_missing_input_names_the_node_and_the_value()
        => Fails(new GraphText([3]).Node("a = Relu(x)").Node("y = MatMul(a, weights)"), "*'n1' (MatMul) takes 'weights', which nothing makes*");

    [Fact]
    public void Fault48_an_unknown_operator_names_the_node()
    {
        Fails(new GraphText([3]).Node("y = Conv(x)"), "*'n0' (Conv)*no layer*Conv*");
        GraphText foreign = new GraphText([3]).Node("y = Relu(x)");
        foreign.Graph.Node[0].Domain = "com.example";
        Fails(foreign, "*'n0' (Relu)*com.example.Relu*");
        GraphText unnamed = new GraphText([3]).Node("y = Conv(x)");
        unnamed.Graph.Node[0].ClearName();
        Fails(unnamed, "*(Conv)*makes 'y'*");
    }

    [Fact]
    public void A_graph_within_a_node_is_named()
    {
        GraphText graph = new GraphText([3]).Node("y = Relu(x)");
        graph.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph });
        Fails(graph, "*'n0'*contains a subgraph*");
    }

    [Fact]
    public void Values_that_come_from_two_places_are_refused()
    {
        Fails(new GraphText([3]).Node("y = Relu(x)").Node("y = Tanh(x)"), "*'n1'*'y'*elsewhere*");
        Fails(new GraphText([3]).Node("x = Relu(x)").Node("y = Tanh(x)"), "*'n0'*'x'*elsewhere*");
        Fails(new GraphText([3]).Floats("a", [3], 1, 2, 3).Floats("a", [3], 1, 2, 3).Node("y = Add(x, a)"), "*'a' appears twice*");
    }

    [Fact]
    public void Merges_that_no_layer_makes_are_named()
    {
        Fails(new GraphText([3]).Node("y = Div(x, x)"), "*'n0' (Div)*computed values 'x', 'x'*");
        Fails(new GraphText([3]).Node("a = Relu(x)").Node("y = Pow(x, a)"), "*'n1' (Pow)*computed values 'x', 'a'*");
        Fails(new GraphText([3]).Node("a = Relu(x)").Floats("c", [3], 1, 2, 3).Node("y = Sum(x, a, c)"), "*'n1' (Sum)*constants beside*'x', 'a'*");
        GraphText spread = new GraphText([3]).Floats("w", [3, 1], 1, 2, 3).Node("a = MatMul(x, w)").Node("y = Add(x, a)");
        Fails(spread, "*'n1' (Add)*'x' of samples [3] and 'a' of samples [1]*one shape*");
        Fails(new GraphText([3]).Node("y = Concat(x, x)", OnnxAttribute.Of("axis", 0L)), "*'n0' (Concat)*axis 0, the batch*");
        Fails(new GraphText([3]).Node("y = Concat(x, x)", OnnxAttribute.Of("axis", 2L)), "*'n0' (Concat)*axis 2 of 2*");
        Fails(new GraphText([3]).Node("y = Concat(x, x)"), "*'n0' (Concat) names no axis*");
        GraphText wide = new GraphText([3]).Floats("c", [3], 1, 2, 3).Node("d = Cast(x)", OnnxAttribute.Of("to", 11L)).Node("a = Sub(d, c)").Node("b = Mul(d, c)")
            .Node("e = Add(a, b)").Node("y = Cast(e)", OnnxAttribute.Of("to", 1L));
        Fails(wide, "*'n1' (Sub) takes 'd' in double, which node 'n2' (Mul) takes too*");
    }

    [Fact]
    public void Two_inputs_or_outputs_are_no_Sequential()
    {
        GraphText two = new GraphText([3]).Node("y = Relu(x)");
        two.Graph.Input.Add(new ValueInfoProto { Name = "x2" });
        Fails(two, "*inputs [x, x2]*ImportModel*");
        GraphText outputs = new GraphText([3]).Node("y = Relu(x)");
        outputs.Graph.Output.Add(new ValueInfoProto { Name = "x" });
        Fails(outputs, "*outputs [y, x]*ImportModel*");
        Fails(new GraphText([3]).Floats("c", [3], 1, 2, 3).Node("a = Relu(x)").Node("y = Relu(c)"), "*'y' does not depend on the input 'x'*");
    }

    [Fact]
    public void Operators_with_settings_that_no_layer_has_are_named()
    {
        Fails(new GraphText([3]).Floats("w", [3, 3], new float[9]).Node("y = Gemm(x, w)", OnnxAttribute.Of("transA", 1L)), "*'n0' (Gemm) transposes*");
        Fails(new GraphText([2, 3]).Floats("w", [3, 3], new float[9]).Node("y = Gemm(x, w)"), "*'n0' (Gemm)*matrices*[2, 3]*");
        Fails(new GraphText([3]).Floats("w", [3, 3], new float[9]).Floats("c", [3, 1], 1, 2, 3).Node("y = Gemm(x, w, c)"), "*[3, 1]*3 units*");
        Fails(new GraphText([3]).Floats("w", [4, 3], new float[12]).Node("y = MatMul(x, w)"), "*'n0' (MatMul)*[3]*4 rows*");
        Fails(new GraphText([3]).Floats("w", [3], new float[3]).Node("y = MatMul(x, w)"), "*'n0' (MatMul)*[3]; a matrix*");
        Fails(new GraphText([3]).Floats("w", [3, 3], new float[9]).Node("y = MatMul(w, x)"), "*'n0' (MatMul) takes 'x' where only a constant*");
        Fails(new GraphText([3]).Node("y = HardSigmoid(x)"), "*'n0' (HardSigmoid) has alpha = 0.2*");
        Fails(new GraphText([3]).Node("y = Elu(x)", OnnxAttribute.Of("alpha", -1f)), "*'n0' (Elu)*alpha must be finite*");
        Fails(new GraphText([3]).Node("y = Elu(x)", OnnxAttribute.Of("alpha", 1L)), "*'n0' (Elu) has an attribute alpha*");
        Fails(new GraphText([3]).Node("y = Dropout(x)", OnnxAttribute.Of("ratio", 1f)), "*'n0' (Dropout)*[0, 1)*");
        Fails(new GraphText([2, 3]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", 2L)), "*'n0' (Flatten)*axis 2*");
        Fails(new GraphText([2, 3]).Integers("s", 1, 6).Node("y = Reshape(x, s)"), "*'n0' (Reshape)*[1, 6]*batch*");
        Fails(new GraphText([2, 3]).Integers("s", 0, 5).Node("y = Reshape(x, s)"), "*'n0' (Reshape)*");
        Fails(new GraphText([3]).Node("y = Erf(x)"), "*'n0' (Erf) is not a layer on its own*");
        Fails(new GraphText([3]).Node("y = Identity(x)"), "*computes nothing*");
    }

    [Fact]
    public void Arithmetic_that_is_no_normalization_is_named()
    {
        Fails(new GraphText([3]).Floats("c", [3], 1, 0, 1).Node("y = Mul(x, c)"), "*'n0' (Mul) multiplies by 0*");
        Fails(new GraphText([3]).Floats("c", [3], 1, 1, 0).Node("y = Div(x, c)"), "*'n0' (Div)*Scales are finite and not 0, got 0 for column 2*");
        Fails(new GraphText([3]).Floats("c", [3], 1, 2, float.NaN).Node("y = Sub(x, c)"), "*'n0' (Sub)*Offsets are finite*");
        Fails(new GraphText([3]).Floats("c", [3], 1, 1, 1).Node("y = Div(c, x)"), "*'n0' (Div) divides by a computed value*");
        Fails(new GraphText([1]).Floats("c", [3], 1, 1, 1).Node("y = Add(x, c)"), "*'n0' (Add)*[3]*does not broadcast*[1]*");
        Fails(new GraphText([3]).Floats("c", [2, 3], new float[6]).Node("y = Add(x, c)"), "*'n0' (Add)*[2, 3]*does not broadcast*");
        Fails(new GraphText([3]).Node("d = Cast(x)", OnnxAttribute.Of("to", 11L)).Node("y = Relu(d)"), "*'n1' (Relu) computes in double*");
        Fails(new GraphText([3]).Node("y = Cast(x)", OnnxAttribute.Of("to", 11L)), "*'y' is in double*");
        Fails(new GraphText([3]).Node("y = Cast(x)", OnnxAttribute.Of("to", 7L)), "*'n0' (Cast) converts to Int64*");
        GraphText zeroGain = new GraphText([2, 3]).Floats("g", [2], 1, 0).Floats("o", [2], 1, 1).Node("y = BatchNormalization(x, g, o, o, o)");
        Fails(zeroGain, "*'n0' (BatchNormalization) multiplies channel 1 by 0*");
        Fails(new GraphText([3]).Floats("o", [2], 1, 1).Node("y = BatchNormalization(x, o, o, o, o)"), "*'n0'*3 channels*");
    }

    [Fact]
    public void Fault44_newer_versions_and_unknown_element_types_are_named()
    {
        Fails(new GraphText([3], operatorSet: 99).Node("y = Relu(x)"), "*operator set 99; 1 to 26*");
        GraphText format = new GraphText([3]).Node("y = Relu(x)");
        format.Model.IrVersion = 42;
        Fails(format, "*IR version 42*");
        GraphText type = new GraphText([3]).Tensor(new TensorProto { Name = "s", DataType = 8 }).Node("y = Add(x, s)");
        Fails(type, "*'s'*String*");
        GraphText input = new GraphText([3]).Node("y = Relu(x)");
        input.Graph.Input[0].Type.TensorType.ElemType = 10;
        Fails(input, "*'x'*Float16*FLOAT is read*");
        GraphText open = new GraphText([3]).Node("y = Relu(x)");
        open.Graph.Input[0].Type.TensorType.Shape.Dim[1] = new TensorShapeProto.Types.Dimension { DimParam = "width" };
        Fails(open, "*'x'*dimension 1 ('width'*only the batch*");
    }

    [Fact]
    public void Class_names_that_do_not_fit_are_refused()
    {
        (string Text, string Message)[] faults =
            [("[\"a\"]", "does not fit*2 class names, got 1"), ("{}", "not a JSON"), ("[", "not a JSON"), ("[\"a\", \"\\ud800\"]", "not a JSON")];
        foreach ((string text, string message) in faults)
        {
            GraphText graph = new GraphText([2]).Node("y = Relu(x)");
            graph.Model.MetadataProps.Add(new StringStringEntryProto { Key = "class_names", Value = text });
            Fails(graph, $"*class_names*{message}*");
        }
    }
}
