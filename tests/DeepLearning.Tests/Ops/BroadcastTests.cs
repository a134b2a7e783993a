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

    [Fact]
    public void Any_two_shapes_broadcast_as_a_loop_over_indices_says()
        => Shapes.Sample(s =>
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

        Tensor.Where(condition, x, -1f).ToArray().Should().Equal(1f, 2f, 3f, -1f, -1f, -1f);
        Tensor.Where(x.Greater(1.5f), 7f, x).ToArray().Should().Equal(1f, 7f, 7f);
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
