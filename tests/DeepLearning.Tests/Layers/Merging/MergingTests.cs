namespace DeepLearning.Tests.Layers.Merging;

public sealed class MergingTests
{
    private static readonly Tensor[] X = [Tensor.From(new[,] { { 1f, 6f } }), Tensor.From(new[,] { { 4f, -2f } })];

    [Fact]
    public void Merges_work_value_by_value()
    {
        Values((a, b) => a - b).Should().Equal(-3f, 8f);
        Values((a, b) => a * b).Should().Equal(4f, -12f);
        Values((a, b) => Node.Average(a, b)).Should().Equal(2.5f, 2f);
        Values((a, b) => Node.Maximum(a, b)).Should().Equal(4f, 6f);
        Values((a, b) => Node.Minimum(a, b)).Should().Equal(1f, -2f);
        Values((a, b) => Node.Multiply(a, b, a)).Should().Equal(4f, -72f);
    }

    [Fact]
    public void Other_shapes_and_numbers_of_values_are_refused()
    {
        Node a = Model.Input(2), b = Model.Input(3), c = Model.Input(2);

        FluentActions.Invoking(() => Model.Of([a, b], [a * b]).Build()).Should().Throw<ShapeMismatchException>().WithMessage("*Multiply*one shape*");
        FluentActions.Invoking(() => Model.Of([a, b], [a - b]).Build()).Should().Throw<ShapeMismatchException>().WithMessage("*Subtract*one shape*");
        FluentActions.Invoking(() => Model.Of([a, c], [Node.Merge(new Subtract(), a, c, a)]).Build()).Should().Throw<ShapeMismatchException>()
            .WithMessage("*subtracts one value from one, got 3*");
    }

    private static float[] Values(Func<Node, Node, Node> merge)
    {
        Node a = Model.Input(2), b = Model.Input(2);
        return Model.Of([a, b], [merge(a, b)]).Build().Predict(X)[0].ToArray();
    }
}
