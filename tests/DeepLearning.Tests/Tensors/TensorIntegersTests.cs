namespace DeepLearning.Tests.Tensors;

public sealed class TensorIntegersTests
{
    /// <summary>What float32 would round, and what as a float would be a NaN whose bits arithmetic changes.</summary>
    private static readonly int[] Values = [16_777_217, int.MaxValue, -1, 0x7FA00001, 0, 5];

    private readonly Tensor x = Tensor.FromIndices(Values, [2, 3]);

    [Fact]
    public void Every_int_is_kept_exactly()
    {
        x.IsInteger.Should().BeTrue();
        x.AsIntegers().ToArray().Should().Equal(Values);
        Tensor.FromIndices(3, 1).AsIntegers().ToArray().Should().Equal(3, 1);
        Tensor.FromIndices(new[,] { { 1, 2 }, { 3, 4 } }).Reshape(-1).AsIntegers().ToArray().Should().Equal(1, 2, 3, 4);
        Tensor.FromIndices([[1, 2], [3, 4], [5, 6]]).Shape.ToArray().Should().Equal(3, 2);
        Tensor.FromIndices([[1, 2], [3, 4], [5, 6]]).AsIntegers().ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void Whatever_moves_elements_keeps_them()
    {
        (Tensor Moved, int[] Expected)[] cases =
        [
            (x.Clone(), Values), (x.Reshape(3, -1), Values), (x.ExpandDims(0).Squeeze(0), Values), (x.RowView(1), Values[3..]), (x.RowsView(1, 1), Values[3..]),
            (x.Slice(1, 1, 2), [int.MaxValue, -1, 0, 5]), (x[.., 0], [16_777_217, 0x7FA00001]), (x[1, ..], Values[3..]), (x.Gather(0, 1, 0), [.. Values[3..], .. Values[..3]]),
            (x.Gather(1, Tensor.FromIndices(2)), [-1, 5]), (x.Transpose(), [16_777_217, 0x7FA00001, int.MaxValue, 0, -1, 5]),
            (Tensor.Concatenate(0, x, x), [.. Values, .. Values]), (Tensor.Concatenate(1, x, x[.., ..1]), [16_777_217, int.MaxValue, -1, 16_777_217, 0x7FA00001, 0, 5, 0x7FA00001]),
            (Tensor.Stack(0, x[0, ..], x[1, ..]), Values), (x[..1].BroadcastTo(2, 3), [.. Values[..3], .. Values[..3]]), (x[.., ^1..].BroadcastTo(2, 2), [-1, -1, 5, 5]),
        ];

        foreach ((Tensor moved, int[] expected) in cases) moved.AsIntegers().ToArray().Should().Equal(expected);
    }

    [Fact]
    public void Whatever_reads_floats_says_what_to_do()
    {
        Action[] reads =
        [
            () => x.AsSpan(), () => x.AsReadOnlySpan(), () => x.ToArray(), () => x.ToArray2D(), () => _ = x[0, 0], () => x[0, 0] = 1f, () => x[0, ..1].ToScalar(),
            () => _ = x + x, () => _ = x * 2, () => x.Relu(), () => x.Sum(), () => x.MatMul(x, transposeOther: true), () => Tensor.Where(x, x, x), () => x.Greater(x),
            () => Tensor.Where(x[..1], Tensor.Ones([2, 3]), Tensor.Ones([2, 3])),
        ];

        foreach (Action read in reads) read.Should().Throw<InvalidOperationException>().WithMessage("*integers*AsIntegers()*Gather(0, indices)*Tensor.From(indices.AsIntegers(), indices.Shape)*");
        Tensor.From(x.AsIntegers(), x.Shape).ToArray()[1].Should().Be(2147483648f, "the remedy works, and rounds");
    }

    [Fact]
    public void Floats_are_no_integers()
        => FluentActions.Invoking(() => Tensor.Ones([2]).AsIntegers().ToArray()).Should().Throw<InvalidOperationException>().WithMessage("*[2]*FromIndices*AsReadOnlySpan()*");

    [Fact]
    public void Integers_and_floats_are_not_joined()
    {
        FluentActions.Invoking(() => Tensor.Concatenate(0, x, Tensor.Ones([2, 3]))).Should().Throw<ArgumentException>().WithMessage("*integers*").WithParameterName("tensors");
        FluentActions.Invoking(() => Tensor.Stack(0, Tensor.Ones([2, 3]), x)).Should().Throw<ArgumentException>().WithMessage("*integers*").WithParameterName("tensors");
    }

    [Fact]
    public void Integers_have_no_gradient_and_a_recycling_tape_tells_them_from_floats()
    {
        FluentActions.Invoking(() => new Tape().Watch(x)).Should().Throw<ArgumentException>().WithMessage("*integers*[2, 3]*");
        var tape = Tape.Recycling(records: true);
        for (int step = 0; step < 4; step++)
        {
            tape.Reset();
            Tensor source = tape.Constant(step % 2 == 0 ? x : Tensor.Ones([2, 3])), part = source.Slice(0, 0, 1);
            source.IsInteger.Should().Be(step % 2 == 0);
            part.IsInteger.Should().Be(step % 2 == 0);
            Tensor sum = tape.Constant(Tensor.Ones([1, 3])) * 2;
            sum.ToArray().Should().Equal(2f, 2f, 2f);
        }
    }

    [Fact]
    public void They_are_printed_as_integers()
    {
        x.ToString().Should().StartWith("Tensor [2, 3] of integers").And.Contain("16777217").And.Contain("2147483647");
        Tensor.FromIndices([7], []).ToString().Should().Be("7");
        $"{Tensor.FromIndices(7, 12):000}".Should().Contain("007, 012");
    }

    [Fact]
    public void A_wrong_count_and_rows_of_different_length_are_refused()
    {
        FluentActions.Invoking(() => Tensor.FromIndices([1, 2, 3], [2, 2])).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 2]*4*3*");
        FluentActions.Invoking(() => Tensor.FromIndices([[1, 2], [3]])).Should().Throw<ShapeMismatchException>().WithMessage("*Row 1*1*row 0*2*");
        FluentActions.Invoking(() => Tensor.FromIndices((int[][])null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Tensor.FromIndices((int[,])null!)).Should().Throw<ArgumentNullException>();
    }
}
