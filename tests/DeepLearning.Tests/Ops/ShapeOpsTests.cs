using CsCheck;

namespace DeepLearning.Tests.Ops;

/// <summary>The operations that move elements: reshape, transpose, slice, concatenate, stack, gather.</summary>
public sealed class ShapeOpsTests
{
    private readonly Tensor x = Tensor.Range(6).Reshape(2, 3);

    [Fact]
    public void Any_permutation_of_axes_agrees_with_indices_and_is_undone_by_its_inverse()
        => Gen.Select(Gen.Int[0, 4].Array[0, 4], Gen.ULong).Sample((dims, seed) =>
        {
            Tensor source = Tensor.Range(dims.Aggregate(1, (a, b) => a * b)).Reshape(dims);
            var permutation = new int[dims.Length];
            new RandomStream(seed).FillPermutation(permutation);
            var inverse = new int[dims.Length];
            for (int i = 0; i < inverse.Length; i++) inverse[permutation[i]] = i;

            Tensor moved = source.Transpose(permutation);

            moved.Shape.ToArray().Should().Equal(permutation.Select(p => dims[p]));
            foreach (int[] index in Naive.Indices(moved.Shape.ToArray()))
                if (moved[index] != source[[.. inverse.Select(p => index[p])]]) return false;
            return moved.Transpose(inverse).ToArray().SequenceEqual(source.ToArray());
        }, iter: 200);

    [Fact]
    public void Transposing_matrices_larger_than_a_tile_agrees_with_indices()
    {
        Tensor source = Tensor.Range(2 * 37 * 50).Reshape(2, 37, 50), moved = source.Transpose();

        moved.Shape.ToArray().Should().Equal(2, 50, 37);
        foreach (int[] i in Naive.Indices([2, 50, 37])) Assert.Equal(source[i[0], i[2], i[1]], moved[i]);
    }

    [Fact]
    public void Reshapes_keep_the_order_and_infer_one_dimension()
    {
        x.Reshape(3, -1).Reshape(2, 3).ToArray().Should().Equal(x.ToArray());
        x.Reshape(-1).Shape.ToArray().Should().Equal(6);
        Tensor.Scalar(1f).Reshape(1, 1, 1).Reshape().Rank.Should().Be(0);
        x.ExpandDims(-1).ExpandDims(0).Shape.ToArray().Should().Equal(1, 2, 3, 1);
        x.ExpandDims(1).Squeeze(-2).Shape.ToArray().Should().Equal(2, 3);
    }

    [Fact]
    public void Slices_cut_any_axis_and_joining_them_gives_the_whole()
    {
        x.Slice(0, 1, 1).ToArray().Should().Equal(3f, 4f, 5f);
        x.Slice(-1, 1, 2).ToArray().Should().Equal(1f, 2f, 4f, 5f);
        for (int axis = 0; axis < 2; axis++)
            for (int cut = 0; cut <= x.Shape[axis]; cut++)
                Tensor.Concatenate(axis, x.Slice(axis, 0, cut), x.Slice(axis, cut, x.Shape[axis] - cut)).ToArray().Should().Equal(x.ToArray());
    }

    [Fact]
    public void Concatenation_and_stacking_along_each_axis()
    {
        Tensor a = Tensor.From(1f, 2f), b = Tensor.From(3f, 4f);

        Tensor.Concatenate(0, a, b, a).ToArray().Should().Equal(1f, 2f, 3f, 4f, 1f, 2f);
        Tensor.Stack(0, a, b).ToArray().Should().Equal(1f, 2f, 3f, 4f);
        Tensor.Stack(1, a, b).ToArray().Should().Equal(1f, 3f, 2f, 4f);
        Tensor.Stack(-1, a, b, b).Shape.ToArray().Should().Equal(2, 3);
        Tensor.Stack(0, Tensor.Scalar(1f), Tensor.Scalar(2f)).ToArray().Should().Equal(1f, 2f);
        Tensor.Concatenate(1, x, Tensor.Zeros([2, 1])).ToArray().Should().Equal(0f, 1f, 2f, 0f, 3f, 4f, 5f, 0f);
    }

    [Fact]
    public void Gathering_takes_elements_in_the_order_of_the_indices_and_adds_their_gradients()
    {
        var tape = new Tape();
        Tensor table = tape.Watch(x), rows = table.Gather(0, 1, 0, 1);

        rows.ToArray().Should().Equal(3f, 4f, 5f, 0f, 1f, 2f, 3f, 4f, 5f);
        x.Gather(1, 2, 2).ToArray().Should().Equal(2f, 2f, 5f, 5f);
        tape.Gradients(rows, Tensor.From([1f, 1f, 1f, 10f, 10f, 10f, 100f, 100f, 100f], [3, 3]))[table].ToArray().Should().Equal(10f, 10f, 10f, 101f, 101f, 101f);
    }

    [Fact]
    public void Fault13_empty_tensors_give_empty_results_of_the_right_shape()
    {
        Tensor empty = Tensor.Zeros([0, 3]);

        empty.Transpose().Shape.ToArray().Should().Equal(3, 0);
        empty.Reshape(-1, 3).Shape.ToArray().Should().Equal(0, 3);
        empty.Slice(1, 0, 2).Shape.ToArray().Should().Equal(0, 2);
        x.Slice(0, 2, 0).Shape.ToArray().Should().Equal(0, 3);
        x.Gather(1).Shape.ToArray().Should().Equal(2, 0);
        Tensor.Concatenate(0, empty, empty).Shape.ToArray().Should().Equal(0, 3);
        Tensor.Concatenate(0, empty, x).ToArray().Should().Equal(x.ToArray());
        Tensor.Stack(1, empty, empty).Shape.ToArray().Should().Equal(0, 2, 3);
    }

    [Fact]
    public void Fault10_shapes_that_do_not_fit_are_both_named()
    {
        FluentActions.Invoking(() => Tensor.Concatenate(0, x, Tensor.Ones([2, 4]))).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[2, 4]*");
        FluentActions.Invoking(() => Tensor.Concatenate(0, x, Tensor.Ones([3]))).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[3]*");
        FluentActions.Invoking(() => Tensor.Stack(0, x, Tensor.Ones([3, 2]))).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[3, 2]*");
        FluentActions.Invoking(() => Tensor.Ones([3]).Transpose()).Should().Throw<ShapeMismatchException>().WithMessage("*[3]*");
        FluentActions.Invoking(() => x.Squeeze(1)).Should().Throw<ShapeMismatchException>().WithMessage("*axis 1*[2, 3]*3*");
        FluentActions.Invoking(() => Tensor.Stack(0)).Should().Throw<ArgumentException>().WithParameterName("tensors");
        FluentActions.Invoking(() => Tensor.Concatenate(0)).Should().Throw<ArgumentException>().WithParameterName("tensors");
    }

    [Fact]
    public void Fault23_a_reshape_with_another_product_names_both_shapes()
    {
        FluentActions.Invoking(() => x.Reshape(4, 2)).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*6*[4, 2]*").WithParameterName("dimensions");
        FluentActions.Invoking(() => x.Reshape(4, -1)).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[4, -1]*");
        FluentActions.Invoking(() => x.Reshape(-1, -1)).Should().Throw<ShapeMismatchException>().WithMessage("*[-1, -1]*");
        FluentActions.Invoking(() => x.Reshape(-2, -3)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*[-2, -3]*");
        FluentActions.Invoking(() => Tensor.Zeros([0]).Reshape(0, -1)).Should().Throw<ShapeMismatchException>("any number would do");
    }

    [Fact]
    public void Fault23_a_bad_axis_names_the_shape()
    {
        Action[] bad =
        [
            () => x.Slice(2, 0, 1), () => x.Gather(-3, 0), () => x.Squeeze(2), () => x.ExpandDims(3), () => x.ExpandDims(-4), () => x.Transpose(0, 2),
            () => Tensor.Concatenate(2, x, x), () => Tensor.Stack(3, x, x), () => Tensor.Stack(-4, x),
        ];

        foreach (Action action in bad) action.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*[2, 3]*");
    }

    [Fact]
    public void Fault23_ranges_indices_and_permutations_outside_the_shape_throw()
    {
        FluentActions.Invoking(() => x.Slice(1, 2, 2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("length").WithMessage("*[2, 3]*");
        FluentActions.Invoking(() => x.Slice(1, -1, 2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("start");
        FluentActions.Invoking(() => x.Slice(1, 1, int.MaxValue)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("length");
        FluentActions.Invoking(() => x.Gather(0, 0, 2)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Index 2 at place 1*[2, 3]*0 to 1*");
        FluentActions.Invoking(() => x.Gather(0, -1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => x.Transpose(0, 0)).Should().Throw<ArgumentException>().WithMessage("*[0, 0]*");
        FluentActions.Invoking(() => x.Transpose(1, 0, 2)).Should().Throw<ArgumentException>().WithMessage("*[2, 3]*[1, 0, 2]*");
    }

    [Fact]
    public void Fault24_a_result_too_large_throws_before_any_allocation()
    {
        var places = new int[1 << 16];

        FluentActions.Invoking(() => Tensor.Zeros([1, 1 << 16]).Gather(0, places)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => x.Reshape(1 << 20, 1 << 20, -1)).Should().Throw<OverflowException>();
    }
}
