namespace DeepLearning;

/// <summary>Reshapes each sample: [batch, …] gives [batch, …target]. One dimension may be −1. A view, not a copy.</summary>
public sealed class Reshape : Layer
{
    private readonly int[] target;

    /// <summary>A layer that reshapes samples to this shape.</summary>
    /// <param name="target">The new dimensions without the batch; one may be −1, and is inferred.</param>
    /// <exception cref="ArgumentException">Several dimensions are −1, or one is below; or there are too many to add the batch dimension.</exception>
    public Reshape(params ReadOnlySpan<int> target)
    {
        if (target.Count(-1) > 1 || target.ContainsAnyExceptInRange(-1, int.MaxValue))
            throw new ArgumentException($"A target shape has dimensions ≥ 0 and at most one −1, got {Shape.Format(target)}.", nameof(target));
        if (target.Length >= Shape.MaxRank)
            throw new ArgumentException($"Expected at most {Shape.MaxRank - 1} dimensions, since the batch is one more, got {target.Length}.", nameof(target));
        this.target = target.ToArray();
    }

    /// <summary>The new dimensions without the batch; one may be −1.</summary>
    public ReadOnlySpan<int> Target => target;

    internal override IndexUse IndexUse => IndexUse.Keeps;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        int[] dims = [.. target];
        ReshapeOp.Infer(input, dims, nameof(input));
        return new Shape(dims);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        Span<int> dims = stackalloc int[target.Length + 1];
        dims[0] = x.Shape[0];
        target.CopyTo(dims[1..]);
        // From one sample: nothing can be inferred from a batch without rows.
        ReshapeOp.Infer(x.Shape.Dimensions[1..], dims[1..], nameof(x));
        return x.Reshape(dims);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Reshape({string.Join(", ", target)})";

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Reshape>("Reshape", static (r, s) => s.Set("target", r.Target), static s => new(s.GetInt32s("target")));
}
