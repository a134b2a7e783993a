namespace DeepLearning;

/// <summary>Where the gradients of a tape's tensors go while its operations run backward: one place for each tensor that a gradient flows to.</summary>
/// <param name="tape">The tape.</param>
/// <param name="scratch">Memory for the gradients of intermediate values; null for fresh arrays.</param>
internal sealed class GradientPlaces(Tape tape, Workspace? scratch)
{
    private Place[] places = [];

    /// <summary>Memory for intermediate values of a backward pass; null for fresh arrays.</summary>
    public ITensorOwner? Scratch => scratch;

    /// <summary>Begins a backward pass over tensors 0 … count − 1.</summary>
    public void Reset(int count)
    {
        if (places.Length < count) places = new Place[count];
        Array.Clear(places);
    }

    /// <summary>Whether a gradient flows to this input; if so, where it goes, and whether to add to it or overwrite it.</summary>
    public bool Wants(Tensor x, out Span<float> dx, out bool accumulate)
    {
        if (!Tracks(x))
        {
            dx = default;
            accumulate = false;
            return false;
        }

        ref Place place = ref places[x.Node];
        accumulate = place.Filled;
        place.Filled = true;
        place.Gradient ??= Tensor.Allocate(scratch, x.Shape);
        dx = place.Gradient.AsSpan();
        return true;
    }

    /// <summary>Whether a gradient flows to this tensor.</summary>
    public bool Tracks(Tensor x) => x.Node >= 0 && x.Owner == tape;

    /// <summary>Sets where the gradient of a tensor goes.</summary>
    public void Set(int node, Tensor gradient) => places[node].Gradient = gradient;

    /// <summary>The gradient of a tensor; null if none has flowed to it.</summary>
    public Tensor? this[int node] => places[node] is { Filled: true } place ? place.Gradient : null;

    private struct Place
    {
        public Tensor? Gradient;
        public bool Filled;
    }
}
