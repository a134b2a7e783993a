namespace DeepLearning.Tests.Tensors;

public sealed class TensorTests
{
    private readonly Tensor matrix = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });

    [Fact]
    public void Elements_are_row_major_and_read_and_written_by_index()
    {
        matrix[1, 0].Should().Be(4f);
        matrix[-1, -1].Should().Be(6f);
        matrix[0, 1] = 20f;
        matrix.ToArray().Should().Equal(1f, 20f, 3f, 4f, 5f, 6f);
    }

    [Fact]
    public void Spans_and_reshapes_are_views_and_clones_are_not()
    {
        Tensor view = matrix.Reshape(3, -1), copy = matrix.Clone();

        view.AsSpan()[5] = 60f;

        matrix[1, 2].Should().Be(60f);
        view.Shape.ToArray().Should().Equal(3, 2);
        copy[1, 2].Should().Be(6f);
    }

    [Fact]
    public void Tensors_are_made_of_constants_ranges_rows_and_arrays()
    {
        Tensor.Zeros([2]).ToArray().Should().Equal(0f, 0f);
        Tensor.Full([1, 2], 7f).ToArray().Should().Equal(7f, 7f);
        Tensor.Identity(2).ToArray().Should().Equal(1f, 0f, 0f, 1f);
        Tensor.Range(3, 1f, 0.5f).ToArray().Should().Equal(1f, 1.5f, 2f);
        Tensor.From([1f, 2f, 3f, 4f], [2, 2]).Shape.ToArray().Should().Equal(2, 2);
        Tensor.From([[1f, 2f], [3f, 4f], [5f, 6f]]).Shape.ToArray().Should().Equal(3, 2);
        Tensor.From(new float[1, 2, 3]).Shape.ToArray().Should().Equal(1, 2, 3);
        Tensor.From(new float[0, 3]).Shape.ToArray().Should().Equal(0, 3);
        Tensor number = 2f, vector = new[] { 1f, 2f }, square = new[,] { { 1f, 2f } };
        (number.Rank, vector.Rank, square.Rank).Should().Be((0, 1, 2));
    }

    [Fact]
    public void Random_tensors_are_functions_of_their_seed()
    {
        Tensor.RandomNormal([100], seed: 5).ToArray().Should().Equal(Tensor.RandomNormal([100], seed: 5).ToArray());
        Tensor.RandomNormal([100], seed: 5).ToArray().Should().NotEqual(Tensor.RandomNormal([100], seed: 6).ToArray());
        Tensor.RandomUniform([1000], 1, -2f, 3f).ToArray().Should().OnlyContain(v => v >= -2f && v < 3f);
    }

    [Fact]
    public void Only_a_single_number_converts_to_a_number()
    {
        ((float)Tensor.From([3f], [1, 1])).Should().Be(3f);
        FluentActions.Invoking(() => matrix.ToScalar()).Should().Throw<InvalidOperationException>().WithMessage("*[2, 3]*");
    }

    [Fact]
    public void Fault10_values_that_do_not_fill_the_shape_throw()
    {
        FluentActions.Invoking(() => Tensor.From([1f, 2f, 3f], [2, 2])).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 2]*4*3*");
        FluentActions.Invoking(() => Tensor.From([[1f, 2f], [3f]])).Should().Throw<ShapeMismatchException>().WithMessage("*Row 1 has 1*row 0 has 2*");
        FluentActions.Invoking(() => matrix[0]).Should().Throw<ArgumentException>().WithMessage("*[2, 3]*2 indices*1*");
    }

    [Fact]
    public void Fault23_an_index_outside_its_dimension_throws()
    {
        FluentActions.Invoking(() => matrix[0, 3]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Index 3*dimension 1*[2, 3]*");
        FluentActions.Invoking(() => matrix[-3, 0]).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Fault24_a_tensor_too_large_throws_before_any_allocation()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => Tensor.Zeros([1 << 20, 1 << 20])).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => Tensor.Identity(1 << 20)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => Tensor.Ones([1]).BroadcastTo(1 << 20, 1 << 20)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => Tensor.Zeros([1 << 20, 1]) + Tensor.Zeros([1, 1 << 20])).Should().Throw<OverflowException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(50_000_000, "only the two operands of 4 MB each may be allocated");
    }

    [Fact]
    public void Fault25_null_arguments_are_named()
    {
        FluentActions.Invoking(() => Tensor.From((float[,])null!)).Should().Throw<ArgumentNullException>().WithParameterName("values");
        FluentActions.Invoking(() => Tensor.From((float[][])null!)).Should().Throw<ArgumentNullException>().WithParameterName("rows");
        FluentActions.Invoking(() => Tensor.From([[1f], null!])).Should().Throw<ArgumentNullException>().WithMessage("Row 1 is null*rows*");
        FluentActions.Invoking(() => (float)(Tensor)null!).Should().Throw<ArgumentNullException>().WithParameterName("tensor");
    }
}
