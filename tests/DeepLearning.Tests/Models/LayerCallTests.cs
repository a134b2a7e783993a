namespace DeepLearning.Tests.Models;

public sealed class LayerCallTests
{
    [Fact]
    public void The_calls_of_a_graph_say_what_each_takes_and_makes()
    {
        Node left = Model.Input(3).Named("left"), right = Model.Input(3);
        Func<Node, Node> tower = Node.Share(x => x.Dense(2));
        Model model = Model.Of([left, right], [Node.Concatenate(tower(left), tower(right))]).Build(seed: 1);

        model.Calls.Select(c => c.ToString()).Should()
            .Equal("dense = Dense(2)(left)", "dense#2 = Dense(2)(input)", "concatenate = Concatenate()(dense, dense#2)");
        model.Calls.Select(c => c.Name).Should().Equal(model.LayerNames);
        model.Calls.Select(c => c.Layer).Should().Equal(model.Layers);
        model.Calls.Select(c => c.LayerName).Should().Equal("dense", "dense", "concatenate");
        model.Calls[2].InputShapes.Should().Equal(new Shape(2), new Shape(2));
        model.Calls[2].OutputShape.Should().Equal(4);
        model.Calls[1].Parameters.Should().Equal(model.Parameters);
        model.Calls[2].Parameters.Should().BeEmpty();
    }

    [Fact]
    public void The_values_of_a_copy_are_the_copy_s()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1), copy = model.Clone();
        copy.Calls[0].Parameters[0].Value.AsSpan().Fill(7f);
        copy.Parameters[0].Value.ToArray().Should().OnlyContain(v => v == 7f);
        model.Calls[0].Parameters[0].Value.ToArray().Should().NotContain(7f);
    }

    [Fact]
    public void State_stands_beside_the_parameters()
    {
        LayerCall call = Sequential.Input(2).Add(new Counter()).Build().Calls[0];
        call.Parameters.Should().BeEmpty();
        call.State.Should().ContainSingle().Which.Name.Should().Be("counter.count");
    }

    private sealed class Counter : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddState("count", input, Constant.Zeros);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x + context.State("count");
    }
}
