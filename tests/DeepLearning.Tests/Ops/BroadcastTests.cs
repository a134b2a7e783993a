using CsCheck;

namespace DeepLearning.Tests.Ops;

public sealed class BroadcastTests
{
    /// <summary>Two shapes that broadcast, and their common shape: dimensions of 0 to 5, some replaced by 1, leading ones dropped.</summary>
    private static readonly Gen<(int[] X, int[] Y, int[] Common)> Shapes =
        Gen.Select(Gen.Frequency((1, Gen.Const(0)), (9, Gen.Int[1, 5])).Array[0, 4], Gen.Int[0, 2].Array[4], Gen.Int[0, 4], Gen.Bool)
            .Select((dims, ones, dropped, swap) =>
            {
                int[] x = [.. dims.Select((d, i) => ones[i] == 1 ? 1 : d)];
                int[] y = [.. dims.Select((d, i) => ones[i] == 2 ? 1 : d).Skip(Math.Min(dropped, dims.Length))];
                int[] common = [.. dims.Select((d, i) => ones[i] == 1 && i < dropped ? 1 : d)];
                return swap ? (y, x, common) : (x, y, common);
            });

    /// <summary>Of different rank, and both smaller than their common shape.</summary>
    private static bool Refused(int[] x, int[] y, int[] common) => x.Length != y.Length && Grows(x, common) && Grows(y, common);

    private static bool Grows(int[] shape, int[] common)
        => common.Select((d, i) => (d, Own: i < common.Length - shape.Length ? 1 : shape[i - common.Length + shape.Length])).Any(p => p.Own < p.d);

    [Fact]
    public void Any_two_shapes_broadcast_as_a_loop_over_indices_says()
        => Shapes.Where(s => !Refused(s.X, s.Y, s.Common)).Sample(s =>
        {
            Tensor x = Tensor.RandomUniform(new Shape(s.X), 1), y = Tensor.RandomUniform(new Shape(s.Y), 2), z = x - y;

            z.Shape.ToArray().Should().Equal(s.Common);
            foreach (int[] index in Naive.Indices(s.Common))
                if (z[index] != Naive.Repeated(x, index) - Naive.Repeated(y, index)) return false;
            return true;
        }, iter: 300);

    [Fact]
    public void Where_broadcasts_three_shapes()
    {
        Tensor condition = Tensor.From(new[,] { { 1f }, { 0f } }), x = Tensor.From(1f, 2f, 3f);

        Tensor.Where(condition, x.ExpandDims(0), -1f).ToArray().Should().Equal(1f, 2f, 3f, -1f, -1f, -1f);
        Tensor.Where(x.Greater(1.5f), 7f, x).ToArray().Should().Equal(1f, 7f, 7f);
    }

    public static TheoryData<int[], int[], string> Ambiguous => new()
    {
        { [4, 1], [4], "*[4, 1] and [4]*[4, 4]*Reshape [4] to [4, 1] to pair the rows, or to [1, 4] for every pair*" },
        { [4], [4, 1], "*[4] and [4, 1]*[4, 4]*Reshape [4] to [4, 1] to pair the rows*" },
        { [4, 1], [3], "*[4, 1] and [3]*[4, 3]*Reshape [3] to [1, 3] for every pair*" },
        { [2, 2, 1], [2, 2], "*Reshape [2, 2] to [2, 2, 1] to pair*[1, 2, 2]*" },
        { [5, 3, 1], [3], "*[5, 3, 1] and [3]*Reshape [3] to [1, 1, 3]*" },
        { [4, 1, 1], [4], "*Reshape [4] to [4, 1, 1]*" },
        { [4, 1, 3], [4, 3], "*[4, 4, 3]*Reshape [4, 3] to [4, 1, 3] to pair*" },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public void Line09_operands_of_different_rank_are_not_both_repeated(int[] x, int[] y, string message)
    {
        Tensor a = Tensor.Ones(new Shape(x)), b = Tensor.Ones(new Shape(y)), number = Tensor.Scalar(1f);
        Func<Tensor>[] calls =
        [
            () => a + b, () => a - b, () => a * b, () => a / b,
            () => Tensor.Maximum(a, b), () => Tensor.Minimum(a, b), () => a.Greater(b), () => a.GreaterOrEqual(b),
            () => a.Less(b), () => a.LessOrEqual(b), () => a.EqualTo(b),
            () => Tensor.Where(a, b, 0f), () => Tensor.Where(a, number, b), () => Tensor.Where(number, a, b),
            () => new Tape().Watch(a) - b,
        ];
        foreach (Func<Tensor> call in calls) call.Should().Throw<ShapeMismatchException>().WithMessage(message);
    }

    [Fact]
    public void Line09_what_can_mean_one_thing_only_still_broadcasts()
    {
        (int[] X, int[] Y, int[] Common)[] cases =
        [
            ([4, 1], [1, 4], [4, 4]), ([4, 3], [3], [4, 3]), ([4, 1], [], [4, 1]), ([4], [1, 1], [1, 4]),
            ([1, 1], [4], [1, 4]), ([1, 1], [1], [1, 1]), ([4, 1], [1], [4, 1]),
            ([2, 4, 3], [4, 1], [2, 4, 3]), ([2, 1, 3], [3], [2, 1, 3]), ([4, 1], [4, 1], [4, 1]), ([1], [4, 1], [4, 1]), ([1, 4], [4], [1, 4]),
        ];
        foreach ((int[] x, int[] y, int[] common) in cases)
        {
            (Tensor.Ones(new Shape(x)) + Tensor.Ones(new Shape(y))).Shape.ToArray().Should().Equal(common);
            (Tensor.Ones(new Shape(y)) + Tensor.Ones(new Shape(x))).Shape.ToArray().Should().Equal(common);
        }

        (Tensor.From(1f, 2f).Reshape(2, 1).BroadcastTo(2, 2) - Tensor.From(1f, 2f)).ToArray().Should().Equal(0f, -1f, 1f, 0f);
    }

    [Fact]
    public void Line09_the_root_mean_square_error_of_a_column_and_a_vector_cannot_go_wrong()
    {
        Tensor prediction = Tensor.From([1f, 2f, 3f], [3, 1]), target = Tensor.From(1f, 2f, 3f);

        FluentActions.Invoking(() => (prediction - target).Square().Mean().Sqrt()).Should().Throw<ShapeMismatchException>().WithMessage("*[3, 1] and [3]*");
        (prediction - target.ExpandDims(-1)).Square().Mean().Sqrt().ToScalar().Should().Be(0f);
    }

    [Fact]
    public void BroadcastTo_repeats()
    {
        Tensor.From(new[,] { { 1f }, { 2f } }).BroadcastTo(2, 3).ToArray().Should().Equal(1f, 1f, 1f, 2f, 2f, 2f);
        Tensor.Scalar(4f).BroadcastTo(2, 0).Shape.ToArray().Should().Equal(2, 0);
    }

    [Fact]
    public void Fault13_empty_tensors_give_empty_results_of_the_right_shape()
    {
        (Tensor.Zeros([0, 3]) + Tensor.Zeros([3])).Shape.ToArray().Should().Equal(0, 3);
        (Tensor.Zeros([0, 3]) * Tensor.Zeros([1, 3])).Shape.ToArray().Should().Equal(0, 3);
        Tensor.Zeros([2, 0]).Greater(1f).Shape.ToArray().Should().Equal(2, 0);
        Tensor.Where(Tensor.Zeros([2, 1]), Tensor.Zeros([0]), 1f).Shape.ToArray().Should().Equal(2, 0);
    }

    [Fact]
    public void Fault22_shapes_that_do_not_broadcast_are_both_named()
    {
        Tensor a = Tensor.Ones([2, 3]), b = Tensor.Ones([4, 1, 2]);

        FluentActions.Invoking(() => a + b).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[4, 1, 2]*");
        FluentActions.Invoking(() => Tensor.Maximum(a, b)).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[4, 1, 2]*");
        FluentActions.Invoking(() => a.EqualTo(b)).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[4, 1, 2]*");
        FluentActions.Invoking(() => Tensor.Where(b, a, a)).Should().Throw<ShapeMismatchException>().WithMessage("*[4, 1, 2]*[2, 3]*");
        FluentActions.Invoking(() => a.BroadcastTo(3, 3)).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[3, 3]*");
        FluentActions.Invoking(() => a.BroadcastTo(3)).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[3]*");
        FluentActions.Invoking(() => Tensor.Zeros([0]) + Tensor.Zeros([2])).Should().Throw<ShapeMismatchException>("0 is not repeated");
    }

    [Fact]
    public void Fault25_null_operands_are_named()
    {
        Tensor a = Tensor.Ones([2]), none = null!;

        FluentActions.Invoking(() => a + none).Should().Throw<ArgumentNullException>().WithParameterName("y");
        FluentActions.Invoking(() => none * a).Should().Throw<ArgumentNullException>().WithParameterName("x");
        FluentActions.Invoking(() => none * 2f).Should().Throw<ArgumentNullException>().WithParameterName("x");
        FluentActions.Invoking(() => a.Less(none)).Should().Throw<ArgumentNullException>().WithParameterName("other");
        FluentActions.Invoking(() => Tensor.Where(none, a, a)).Should().Throw<ArgumentNullException>().WithParameterName("condition");
        FluentActions.Invoking(() => a.MatMul(none)).Should().Throw<ArgumentNullException>().WithParameterName("other");
        FluentActions.Invoking(() => Tensor.Stack(0, a, none)).Should().Throw<ArgumentNullException>().WithParameterName("tensors");
        FluentActions.Invoking(() => Tensor.Concatenate(0, none)).Should().Throw<ArgumentNullException>().WithParameterName("tensors");
    }
}
