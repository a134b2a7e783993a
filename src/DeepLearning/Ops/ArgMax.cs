using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>
    /// The index of the largest element along one axis, the first one on ties (the first NaN, if there is one): the class of each row of
    /// logits. One index for each of the remaining elements, row-major.
    /// </summary>
    /// <param name="axis">The axis that is searched; −1 is the last.</param>
    /// <exception cref="InvalidOperationException">The axis has size 0.</exception>
    public int[] ArgMax(int axis = -1)
    {
        var axes = new Axes(Shape, axis);
        if (axes.Size == 0) throw new InvalidOperationException($"The largest of no elements is undefined: shape {Shape}, axis {axis}.");
        var result = new int[axes.Outer * axes.Inner];
        Reductions.ArgMax(AsReadOnlySpan(), result, axes.Outer, axes.Size, axes.Inner);
        return result;
    }
}
