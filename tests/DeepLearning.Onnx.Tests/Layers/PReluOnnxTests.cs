using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Layers;

public sealed class PReluOnnxTests
{
    private static readonly float[] Six = [0.5f, -0.25f, 0f, 1f, 2f, 0.125f];

    [Fact]
    public void PRelu_with_a_slope_for_each_value_or_one_for_all_is_the_layer()
    {
        Agrees(new GraphText([3]).Floats("s", [3], Six[..3]).Node("y = PRelu(x, s)"), "PRelu()").Parameters.Single().Value.ToArray().Should().Equal(Six[..3]);
        Agrees(new GraphText([2, 3]).Floats("s", [2, 3], Six).Node("y = PRelu(x, s)"), "PRelu()");
        Agrees(new GraphText([2, 3]).Floats("s", [1, 2, 3], Six).Node("y = PRelu(x, s)"), "PRelu()");
        Agrees(new GraphText([2, 3]).Floats("s", [1], 0.5f).Node("y = PRelu(x, s)"), "PRelu(sharedAcross: true)");
        Agrees(new GraphText([2, 3]).Floats("s", [], 0.5f).Node("y = PRelu(x, s)"), "PRelu(sharedAcross: true)");
        Agrees(new GraphText([2, 3]).Floats("s", [1, 1, 1], 0.5f).Node("y = PRelu(x, s)"), "PRelu(sharedAcross: true)");
    }

    [Fact]
    public void Two_with_the_same_slopes_are_one_layer_called_twice()
    {
        Sequential model = Agrees(new GraphText([3]).Floats("s", [3], Six[..3]).Node("a = PRelu(x, s)").Node("y = PRelu(a, s)"), "PRelu()", "PRelu()");

        model.Parameters.Should().ContainSingle();
    }

    [Theory]
    [InlineData("3", "*'n0' (PRelu) has slopes of shape [3] for samples of shape [2, 3]*")]
    [InlineData("2,1", "*'n0' (PRelu) has slopes of shape [2, 1]*")]
    [InlineData("5,2,3", "*'n0' (PRelu) has slopes of shape [5, 2, 3]*")]
    [InlineData("1,1,1,1", "*'n0' (PRelu) has slopes of shape [1, 1, 1, 1]*")]
    public void Other_slopes_are_refused(string shape, string message)
    {
        int[] dimensions = [.. shape.Split(',').Select(int.Parse)];
        float[] slopes = new float[dimensions.Aggregate(1, (a, d) => a * d)];
        Fails(new GraphText([2, 3]).Floats("s", new Shape(dimensions), slopes).Node("y = PRelu(x, s)"), message);
    }

    [Fact]
    public void Slopes_that_are_computed_or_whole_numbers_are_refused()
    {
        Fails(new GraphText([3]).Node("s = Tanh(x)").Node("y = PRelu(x, s)"), "*'n1' (PRelu) takes the computed values*");
        Fails(new GraphText([3]).Integers("s", 1, 2, 3).Node("y = PRelu(x, s)"), "*'n0' (PRelu)*whole numbers*");
    }

    [Fact]
    public void Before_operator_set_7_slopes_were_those_of_channels()
    {
        GraphText Of(int operatorSet) => new GraphText([2, 3], operatorSet).Floats("s", [2, 3], Six).Node("y = PRelu(x, s)");
        Fails(Of(6), "*'n0' (PRelu)*before 7*channels*");
        Agrees(Of(7), "PRelu()");
        new GraphText([3], operatorSet: 6).Floats("s", [3], Six[..3]).Node("y = PRelu(x, s)").Import().Layers.Single().ToString().Should().Be("PRelu()");
    }
}
