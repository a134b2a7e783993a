namespace DeepLearning.Tests.Tensors;

public sealed class ArrayConversionTests
{
    [Fact]
    public void Line21_arrays_of_float_double_and_int_become_tensors_by_themselves()
    {
        Tensor matrix = new[,] { { 1f, 2f }, { 3f, 4f } }, wide = new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } }, whole = new[,] { { 1, 2 }, { 3, 4 } };
        Tensor rows = new float[][] { [1, 2], [3, 4] }, wideRows = new double[][] { [1, 2], [3, 4] }, wholeRows = new int[][] { [1, 2], [3, 4] };
        foreach (Tensor t in new[] { matrix, wide, whole, rows, wideRows, wholeRows })
        {
            t.Shape.Should().Equal(2, 2);
            t.ToArray().Should().Equal(1, 2, 3, 4);
        }

        Tensor vector = new[] { 1f, 2f, 3f }, wideVector = new[] { 1.0, 2, 3 }, wholeVector = new[] { 1, 2, 3 };
        foreach (Tensor t in new[] { vector, wideVector, wholeVector }) (t.Rank, t[2]).Should().Be((1, 3f));
        Tensor deep = new float[2, 1, 2] { { { 1, 2 } }, { { 3, 4 } } }, wideDeep = new double[2, 1, 2] { { { 1, 2 } }, { { 3, 4 } } };
        Tensor wholeDeep = new int[2, 1, 2] { { { 1, 2 } }, { { 3, 4 } } };
        foreach (Tensor t in new[] { deep, wideDeep, wholeDeep })
        {
            t.Shape.Should().Equal(2, 1, 2);
            t.ToArray().Should().Equal(1, 2, 3, 4);
        }

        Tensor number = 0.5, two = 2;
        (number.ToScalar(), two.ToScalar()).Should().Be((0.5f, 2f));
    }

    [Fact]
    public void Line21_doubles_become_the_nearest_float32_and_other_types_convert_by_name()
    {
        Tensor t = new[] { 0.1, 1e-60, double.NaN, double.PositiveInfinity, -0.0 };
        t.ToArray().Should().Equal(0.1f, 0f, float.NaN, float.PositiveInfinity, -0f);
        Tensor.From(new byte[,] { { 0, 255 } }).ToArray().Should().Equal(0, 255);
        Tensor.From(1.5, 2.5).ToArray().Should().Equal(1.5f, 2.5f);
        Tensor.From(new[] { 1.0, 2, 3, 4 }, [2, 2]).Shape.Should().Equal(2, 2);
        Tensor.From(new long[][] { [1], [1L << 40] })[1, 0].Should().Be(1L << 40);
        FluentActions.Invoking(() => Tensor.From(new[] { 1.0, 2 }, [3])).Should().Throw<ShapeMismatchException>().WithMessage("*holds 3 values, got 2*");
    }

    [Fact]
    public void Line21_a_number_beyond_float32_is_refused_with_its_place()
    {
        FluentActions.Invoking(() => Tensor.From(new[,] { { 1, 2 }, { 3, 1e300 } })).Should().Throw<ArgumentException>().WithMessage("The element at [1, 1] is 1E+300, but a float32*");
        FluentActions.Invoking(() => Tensor.From(new double[][] { [1], [2], [-1e39] })).Should().Throw<ArgumentException>().WithMessage("The element at [2, 0] is -1E+39,*");
    }

    [Fact]
    public void Line21_rows_of_unequal_length_are_refused_by_their_number()
    {
        double[][] ragged = [[1, 2], [3, 4], [5]];
        FluentActions.Invoking(() => { Tensor t = ragged; }).Should().Throw<ShapeMismatchException>().WithMessage("Row 2 has 1 values, but row 0 has 2.*");
        FluentActions.Invoking(() => new Dataset(ragged, [0, 1, 1])).Should().Throw<ShapeMismatchException>().WithMessage("Row 2 has 1 values*");
        FluentActions.Invoking(() => { Tensor t = new float[][] { [1], null! }; }).Should().Throw<ArgumentNullException>().WithMessage("Row 1 is null*");
        FluentActions.Invoking(() => { Tensor t = (double[,])null!; }).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => { Tensor t = (int[])null!; }).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Line21_arithmetic_takes_doubles_with_the_bits_of_floats()
    {
        Tensor x = Tensor.RandomNormal([7], seed: 1);
        (x * 0.1).ToArray().Should().Equal((x * 0.1f).ToArray());
        (0.1 / x + 0.3).ToArray().Should().Equal((0.1f / x + 0.3f).ToArray());
        (1.0 - x / 255.0 - 0.7).ToArray().Should().Equal((1f - x / 255f - 0.7f).ToArray());
        x.Clip(-0.5, 0.5).ToArray().Should().Equal(x.Clip(-0.5f, 0.5f).ToArray());
        x.Abs().Pow(1.5).ToArray().Should().Equal(x.Abs().Pow(1.5f).ToArray());
        Tensor.Full([2], 0.1).ToArray().Should().Equal(0.1f, 0.1f);
        Tensor.Range(3, 0.5, 0.25).ToArray().Should().Equal(0.5f, 0.75f, 1f);
        x.Greater(0.0).ToArray().Should().Equal(x.Greater(0f).ToArray());
    }
}
