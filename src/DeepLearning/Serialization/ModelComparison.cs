namespace DeepLearning;

/// <summary>The result of <c>CompareWith</c>: what a model computes compared with what it should, layer by layer.</summary>
public sealed class ModelComparison
{
    internal ModelComparison(IReadOnlyList<LayerDifference> layers) => Layers = layers;

    /// <summary>Every layer that was compared, in order.</summary>
    public IReadOnlyList<LayerDifference> Layers { get; }

    /// <summary>The first layer whose output differs: the mistake is there. Null if all agree.</summary>
    public LayerDifference? FirstDifference => Layers.FirstOrDefault(l => l.Differs);

    /// <summary>Whether every compared layer agrees.</summary>
    public bool Agrees => FirstDifference is null;

    /// <summary>The first difference as a sentence, or a note that there is none.</summary>
    public override string ToString() => FirstDifference?.ToString() ?? $"all {Layers.Count} compared layers agree";

    /// <summary>Compares one layer's output; |got − expected| ≤ tolerance·max(1, |expected|) agrees.</summary>
    internal static LayerDifference Compare(LayerSlot slot, Tensor got, Tensor expected, double tolerance)
    {
        if (got.Shape != expected.Shape)
            throw new ShapeMismatchException($"{slot}, {slot.Name}, makes {got.Shape}, but the values to compare it with have shape {expected.Shape}.");
        (double largest, int at, bool differs) = (-1, 0, false);
        ReadOnlySpan<float> x = got.AsReadOnlySpan(), y = expected.AsReadOnlySpan();
        for (int i = 0; i < x.Length; i++)
        {
            double distance = x[i].Equals(y[i]) ? 0 : Math.Abs((double)x[i] - y[i]);
            if (double.IsNaN(distance)) distance = double.PositiveInfinity;
            differs |= distance > tolerance * Math.Max(1, Math.Abs((double)y[i])) || double.IsInfinity(distance);
            if (distance > largest) (largest, at) = (distance, i);
        }

        return new LayerDifference(slot.Number, slot.Name, slot.Layer, Math.Max(largest, 0), at, x.IsEmpty ? 0 : x[at], x.IsEmpty ? 0 : y[at], differs);
    }
}
