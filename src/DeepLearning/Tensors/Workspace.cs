namespace DeepLearning;

/// <summary>
/// Reuses the same tensors at each step: a step that requests the same shapes in the same order as the last one gets the same objects and allocates nothing.
/// </summary>
internal sealed class Workspace : ITensorOwner
{
    private readonly List<Tensor> tensors = [];
    private readonly List<Tensor> views = [];
    private int nextTensor, nextView;

    /// <summary>Begins a step: everything handed out before may be reused.</summary>
    public void Reset() => nextTensor = nextView = 0;

    /// <summary>A tensor of this shape whose content is undefined.</summary>
    public Tensor Rent(ReadOnlySpan<int> dimensions)
    {
        Tensor? tensor = Next(tensors, nextTensor++, dimensions);
        if (tensor is null) return tensors[nextTensor - 1] = Tensor.Allocate(null, dimensions);
        // It may have held indices in the last step.
        tensor.IsInteger = false;
        return Free(tensor);
    }

    /// <summary>A tensor of this shape over the values of another.</summary>
    public Tensor RentView(Tensor source, ReadOnlySpan<int> dimensions)
    {
        Tensor? view = Next(views, nextView++, dimensions);
        if (view is null) return views[nextView - 1] = source.View(null, dimensions);
        view.Rebind(source);
        return Free(view);
    }

    /// <summary>A tensor that no tape owns, as if new.</summary>
    private static Tensor Free(Tensor tensor)
    {
        (tensor.Owner, tensor.Node) = (null, -1);
        return tensor;
    }

    /// <summary>The tensor at this place if it has this shape; null, with the place reserved, if it must be created.</summary>
    private static Tensor? Next(List<Tensor> kept, int place, ReadOnlySpan<int> dimensions)
    {
        if (place == kept.Count) kept.Add(null!);
        Tensor? tensor = kept[place];
        return tensor is not null && tensor.Shape.Dimensions.SequenceEqual(dimensions) ? tensor : null;
    }
}
