using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Layers.Merging;

public sealed class DotTests
{
    [Fact]
    public void Vectors_give_their_scalar_product_and_normalized_their_cosine()
    {
        Tensor a = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }), b = Tensor.From(new float[,] { { 5, 6 }, { 4, -3 } });

        Predict(new Dot(), a, b).ToArray().Should().Equal(17f, 0f);
        Predict(new Dot(normalize: true), a, b).ShouldBeCloseTo([17 / Math.Sqrt(5 * 61), 0], 1e-6);
    }

    [Fact]
    public void Rows_and_columns_of_matrices_give_what_Keras_gives()
    {
        Tensor a = Tensor.RandomNormal([2, 3, 4], seed: 1), b = Tensor.RandomNormal([2, 4, 5], seed: 2);

        // Keras: Dot(axes=(2, 1)) of [batch, 3, 4] and [batch, 4, 5] is the product of the matrices.
        Predict(new Dot(-1, -2), a, b).ShouldBeCloseTo([.. a.MatMul(b).ToArray().Select(v => (double)v)], 1e-6);
        // Dot(axes=1): of columns.
        Tensor c = Tensor.RandomNormal([2, 3, 5], seed: 3);
        Predict(new Dot(-2), a, c).ShouldBeCloseTo([.. a.Transpose().MatMul(c).ToArray().Select(v => (double)v)], 1e-6);
    }

    [Fact]
    public void A_row_of_zeros_has_a_cosine_of_0()
        => Predict(new Dot(normalize: true), Tensor.Zeros([1, 2]), Tensor.Ones([1, 2])).ToArray().Should().Equal(0f);

    [Fact]
    public void Two_values_along_dimensions_of_one_size_are_taken()
    {
        Node a = Model.Input(2, 3), b = Model.Input(2, 4), c = Model.Input(3);

        Model.Of([a, b], [Node.Dot(a, b)]).Invoking(m => m.Build()).Should().Throw<ShapeMismatchException>()
            .WithMessage("*-1 of the first and -1 of the second, got 3 and 4*");
        Model.Of([a, b, c], [Node.Merge(new Dot(), a, b, c)]).Invoking(m => m.Build()).Should().Throw<ShapeMismatchException>()
            .WithMessage("*two values, got 3*");
        Model.Of([a, c], [Node.Dot(a, c, axis: -2)]).Invoking(m => m.Build()).Should().Throw<ShapeMismatchException>().WithMessage("*dimension -2*[3]*");
        FluentActions.Invoking(() => new Dot(1)).Should().Throw<ArgumentOutOfRangeException>();
        Model.Of([a, b], [Node.Dot(a, b, axis: -2)]).Build().OutputShape.Should().Equal(3, 4);
    }

    private static Tensor Predict(Dot layer, Tensor a, Tensor b)
    {
        Node x = Model.Input(a.Shape.Dimensions[1..]), y = Model.Input(b.Shape.Dimensions[1..]);
        return Model.Of([x, y], [Node.Merge(layer, x, y)]).Build().Predict([a, b])[0];
    }
}
