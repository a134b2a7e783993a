using DeepLearning.Onnx.Schema;
using Google.Protobuf;
using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>What the output does not depend on is not looked at.</summary>
public sealed class PruningTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(14)]
    [InlineData(23)]
    public void Line20_an_unused_initializer_of_any_type_is_no_fault(int type)
        => new GraphText([3]).Tensor(new TensorProto { Name = "unused", DataType = type, Dims = { 7 }, RawData = ByteString.CopyFrom(1, 2, 3) })
            .Node("y = Relu(x)").Import().Layers.Should().ContainSingle();

    [Fact]
    public void Line20_an_unused_initializer_that_runtimes_read_is_no_fault()
        => Agrees(new GraphText([3]).Integers("steps", 1, 2).Node("y = Relu(x)"), "Relu()");

    [Fact]
    public void Line20_unused_weights_beside_the_model_are_not_looked_for()
        => new GraphText([3]).External("w", [3, 2], ("location", "../elsewhere.bin")).Node("y = Relu(x)").Import().Layers.Should().ContainSingle();

    [Fact]
    public void Line20_a_dead_node_is_no_fault_whatever_it_is()
    {
        Agrees(new GraphText([3]).Node("a = Relu(x)").Node("b = Softsign(x)").Node("c = Sin(b)").Node("y = Tanh(a)"), "Relu()", "Tanh()");
        GraphText dead = new GraphText([3]).Node("y = Relu(x)").Node("c = Nowhere(missing)").Node("d = Add(c, e)").Node("e = Add(d, d)");
        dead.Graph.Node[1].Domain = "com.example";
        dead.Graph.Node[2].Attribute.Add(new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph });
        dead.Import().Layers.Should().ContainSingle();
    }

    [Fact]
    public void Line20_a_dead_branch_is_no_branch_and_dead_names_may_stand_twice()
    {
        Agrees(new GraphText([3]).Node("a = Relu(x)").Node("s = Shape(a)").Node("i = Mul(a, a)").Node("y = Tanh(a)"), "Relu()", "Tanh()");
        new GraphText([3]).Floats("a", [1], 1).Floats("a", [1], 2).Node("b = Relu(x)").Node("b = Tanh(x)").Node("y = Relu(x)").Import();
    }

    [Fact]
    public void An_output_that_nothing_makes_is_named()
        => Fails(new GraphText([3]).Node("z = Relu(x)"), "*nothing makes the output 'y'*");

    [Fact]
    public void A_chain_of_thousands_of_layers_is_read()
    {
        var graph = new GraphText([3]);
        for (int i = 0; i < 5_000; i++) graph.Node($"{(i == 4_999 ? "y" : $"v{i}")} = Relu({(i == 0 ? "x" : $"v{i - 1}")})");
        graph.Import().Layers.Should().HaveCount(5_000);
    }

    [Fact]
    public void A_graph_of_a_hundred_thousand_nodes_one_behind_the_other_overflows_no_stack()
    {
        var graph = new GraphText([3]);
        for (int i = 0; i < 100_000; i++) graph.Node($"v{i} = Identity({(i == 0 ? "x" : $"v{i - 1}")})");
        graph.Node("y = Relu(v99999)").Import().Layers.Should().ContainSingle();
    }
}
