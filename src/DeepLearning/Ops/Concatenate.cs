using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>Tensors one behind the other along an axis that they have: [2, 3] and [4, 3] along 0 give [6, 3].</summary>
    /// <param name="axis">The axis whose sizes add up; −1 is the last.</param>
    /// <param name="tensors">At least one; equal in every other dimension.</param>
    /// <exception cref="ArgumentException">There is no tensor, or some have integers and some floats.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    /// <exception cref="ShapeMismatchException">The shapes differ elsewhere than on the axis.</exception>
    public static Tensor Concatenate(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        Shape first = ConcatenateOp.FirstShape(tensors);
        int place = first.Axis(axis), size = 0;
        Span<int> dims = stackalloc int[first.Rank];
        first.Dimensions.CopyTo(dims);
        foreach (Tensor tensor in tensors)
        {
            ReadOnlySpan<int> other = tensor.Shape;
            if (other.Length != dims.Length || !other[..place].SequenceEqual(dims[..place]) || !other[(place + 1)..].SequenceEqual(dims[(place + 1)..]))
                throw new ShapeMismatchException(
                    $"Along axis {axis} only shapes equal elsewhere can be joined, got {first} and {tensor.Shape}.", nameof(tensors));
            size = checked(size + other[place]);
        }

        dims[place] = size;
        return ConcatenateOp.Apply(tensors, dims, Broadcast.Product(dims[..place]));
    }
}

/// <summary>y = tensors side by side: each contributes one block to every one of y's outer rows.</summary>
internal sealed class ConcatenateOp : Op
{
    private Tensor[] inputs = [];
    private int outer;

    /// <summary>The first tensor's shape.</summary>
    public static Shape FirstShape(ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.IsEmpty) throw new ArgumentException("At least one tensor is needed.", nameof(tensors));
        ArgumentNullException.ThrowIfNull(tensors[0], nameof(tensors));
        foreach (Tensor tensor in tensors)
        {
            ArgumentNullException.ThrowIfNull(tensor, nameof(tensors));
            if (tensor.IsInteger != tensors[0].IsInteger)
                throw new ArgumentException(
                    $"Only tensors of one kind can be joined, but some have integers and some float32 values, such as {tensors[0].Shape} and {tensor.Shape}.",
                    nameof(tensors));
        }

        return tensors[0].Shape;
    }

    /// <param name="tensors">What is joined.</param>
    /// <param name="dims">The result's dimensions.</param>
    /// <param name="outer">The product of the dimensions before the axis.</param>
    public static Tensor Apply(ReadOnlySpan<Tensor> tensors, ReadOnlySpan<int> dims, int outer)
    {
        Tape? tape = Tape.Of(tensors);
        Tensor y = Tensor.AllocateLike(tensors[0], tape, dims);
        if (y.Count > 0)
            for (int i = 0, at = 0; i < tensors.Length; i++)
            {
                int block = tensors[i].Count / outer;
                Blocks.Copy(tensors[i].Bits, 0, block, y.Bits, at, y.Count / outer, block, outer);
                at += block;
            }

        if (tape?.Record<ConcatenateOp>(y, tensors) is { } op) op.Keep(tensors, outer);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (dy.Count == 0) outer = 1;
        int at = 0, row = dy.Count / outer;
        foreach (Tensor x in inputs)
        {
            int block = x.Count / outer;
            if (places.Wants(x, out Span<float> dx, out bool accumulate))
                Blocks.Copy(dy.AsReadOnlySpan(), at, row, dx, 0, block, block, outer, accumulate);
            at += block;
        }
    }

    private void Keep(ReadOnlySpan<Tensor> tensors, int rows)
    {
        if (inputs.Length != tensors.Length) inputs = new Tensor[tensors.Length];
        tensors.CopyTo(inputs);
        outer = rows;
    }
}
