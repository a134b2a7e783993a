namespace DeepLearning.Tests.Tensors;

public sealed class TensorIndexTests
{
    private static Tensor Table => Tensor.Range(12).Reshape(4, 3);

    [Fact]
    public void Line21_ranges_cut_axes_and_single_places_drop_them()
    {
        Tensor t = Table;
        Check(t[..2], [2, 3], 0, 1, 2, 3, 4, 5);
        Check(t[2..], [2, 3], 6, 7, 8, 9, 10, 11);
        Check(t[.., 2], [4], 2, 5, 8, 11);
        Check(t[^1], [3], 9, 10, 11);
        Check(t[1..3, ..], [2, 3], 3, 4, 5, 6, 7, 8);
        Check(t[1..3, ^2..], [2, 2], 4, 5, 7, 8);
        Check(t[0, ..], [3], 0, 1, 2);
        Check(t[-1, ..], [3], 9, 10, 11);
        Check(t[.., -1], [4], 2, 5, 8, 11);
        Check(t[^1, 0], [], 9);
        Check(t[..], [4, 3], [.. Enumerable.Range(0, 12).Select(i => (float)i)]);
        Check(t[1..1], [0, 3]);
        Check(Tensor.Range(24).Reshape(2, 3, 4)[.., 1, 2..], [2, 2], 6, 7, 18, 19);
        Check(Tensor.Range(5)[^1], [], 4);
        ((float)Tensor.Range(5)[^1]).Should().Be(4f);

        static void Check(Tensor part, Shape shape, params float[] values)
        {
            part.Shape.Should().Equal(shape);
            part.ToArray().Should().Equal(values);
        }
    }

    [Fact]
    public void Line21_ints_alone_are_one_number()
    {
        Tensor t = Table;
        float number = t[3, 2];
        number.Should().Be(11f);
        t[-1, -1].Should().Be(11f);
        t[0, 1] = 7f;
        t[0, 1].Should().Be(7f);
    }

    [Fact]
    public void Line21_a_part_is_a_copy()
    {
        Tensor t = Table;
        foreach (Tensor part in new[] { t[..], t[0, ..], t[..2], t[0..4, 0..3] }) part.AsSpan().Fill(-1f);
        t.ToArray().Should().Equal(Enumerable.Range(0, 12).Select(i => (float)i));
    }

    [Fact]
    public void Line21_gradients_flow_through_a_part()
    {
        var tape = new Tape();
        Tensor t = tape.Watch(Table);
        Tensor loss = t[1.., 2].Square().Sum() + t[^1].Sum() * 10.0 + t[0, ..].Sum();
        tape.Gradients(loss)[t].ToArray().Should().Equal(1, 1, 1, 0, 0, 10, 0, 0, 16, 10, 10, 32);
        GradientCheck.Verify(x => x[.., 1..].Tanh() * x[.., ..1], Tensor.RandomNormal([3, 2], seed: 1), tolerance: 5e-3);
    }

    [Fact]
    public void Line22_a_row_asked_for_like_a_number_is_refused_with_what_to_write()
    {
        Tensor p = Table;
        FluentActions.Invoking(() => { Tensor row = p[0]; }).Should().Throw<ArgumentException>()
            .WithMessage("A tensor of shape [4, 3] takes 2 indices, got 1. For what is at [0], of shape [3], write t[0, ..].*");
        FluentActions.Invoking(() => Tensor.Zeros([2, 3, 4])[1, -1]).Should().Throw<ArgumentException>().WithMessage("*at [1, -1], of shape [4], write t[1, -1, ..].*");
        FluentActions.Invoking(() => p[0, 1, 2]).Should().Throw<ArgumentException>().WithMessage("A tensor of shape [4, 3] takes 2 indices, got 3. (*");
    }

    [Fact]
    public void Line21_a_part_that_leaves_the_tensor_is_refused()
    {
        Tensor t = Table;
        t.Invoking(x => x[..5]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Axis 0 of shape [4, 3] has 4 places: expected a range within 0..4, got 0..5.*");
        t.Invoking(x => x[.., ^4]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Axis 1 of shape [4, 3] has 3 places: expected a place from 0 to 2, got ^4.*");
        t.Invoking(x => x[3..1]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*got 3..1*");
        t.Invoking(x => x[.., 3]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*got 3.*");
        t.Invoking(x => x[.., .., 0]).Should().Throw<ArgumentException>().WithMessage("A tensor of shape [4, 3] takes at most 2 indices, got 3.*");
        Tensor.Scalar(1).Invoking(x => x[..]).Should().Throw<ArgumentException>().WithMessage("*at most 0 indices, got 1*");
    }

    [Fact]
    public void Line21_places_and_ranges_are_values()
    {
        TensorIndex last = ^1, two = 2, part = 1..^1;
        (last.ToString(), two.ToString(), part.ToString()).Should().Be(("^1", "2", "1..^1"));
        (last == -1, two != part, part.Equals((object)(TensorIndex)(1..^1)), last.GetHashCode() == ((TensorIndex)(-1)).GetHashCode()).Should().Be((true, true, true, true));
    }
}
