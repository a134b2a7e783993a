using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Indices as values. <see cref="CategoryMode.MultiHot"/> and <see cref="CategoryMode.Count"/> look at the last dimension as a whole: [batch, …, n] gives
/// [batch, …, numTokens]. <see cref="CategoryMode.OneHot"/> looks at each index: [batch, …] gives [batch, …, numTokens], and a last dimension of 1 is
/// replaced, as in Keras. An index outside 0 … numTokens − 1 is refused with its sample. Keras: <c>layers.CategoryEncoding</c>, without <c>count_weights</c>.
/// </summary>
public sealed class CategoryEncoding : Layer
{
    /// <summary>An encoding of this many indices.</summary>
    /// <param name="numTokens">How many indices there are, from 0 on; ≥ 1.</param>
    /// <param name="mode">What is made of them; <see cref="CategoryMode.MultiHot"/> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no index, or no such mode.</exception>
    public CategoryEncoding(int numTokens, CategoryMode mode = CategoryMode.MultiHot)
    {
        if (numTokens < 1) throw new ArgumentOutOfRangeException(nameof(numTokens), numTokens, $"CategoryEncoding needs at least 1 index, got {numTokens}.");
        if (mode is < CategoryMode.MultiHot or > CategoryMode.Count) throw new ArgumentOutOfRangeException(nameof(mode), mode, $"There is no mode {mode}.");
        (NumTokens, Mode) = (numTokens, mode);
    }

    /// <summary>How many indices there are, from 0 on.</summary>
    public int NumTokens { get; }

    /// <summary>What is made of them.</summary>
    public CategoryMode Mode { get; }

    /// <summary>Counts, numbers from 0 to 1, or for <see cref="CategoryMode.OneHot"/> numbers that sum to 1 over the last dimension.</summary>
    public override OutputMeaning OutputMeaning => Mode switch
    {
        CategoryMode.OneHot => OutputMeaning.Probabilities,
        CategoryMode.MultiHot => OutputMeaning.UnitInterval,
        _ => OutputMeaning.Bounded,
    };

    internal override IndexUse IndexUse => IndexUse.Takes;

    internal override int? IndexCount => NumTokens;

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">A sample is a single index, and the mode looks at several.</exception>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        if (Mode == CategoryMode.OneHot) return input.Rank > 0 && input[-1] == 1 ? [.. input.Dimensions[..^1], NumTokens] : [.. input, NumTokens];
        if (input.Rank == 0) throw new ShapeMismatchException("expects [batch, …, indices] but a sample here is a single index; use CategoryMode.OneHot");
        return [.. input.Dimensions[..^1], NumTokens];
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">x has float32 values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range; the message says which and where.</exception>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        ReadOnlySpan<int> indices = x.AsIntegers();
        int wrong = Search.FirstOutside(indices, NumTokens);
        if (wrong >= 0)
            throw new ArgumentOutOfRangeException(
                nameof(x), indices[wrong],
                $"{this} takes the indices 0 to {NumTokens - 1}, got {indices[wrong]} at {Tensor.PlaceOf(wrong, x.Shape)} of the batch.");
        bool replaces = Mode != CategoryMode.OneHot || (x.Rank > 1 && x.Shape.Dimensions[^1] == 1);
        Span<int> shape = stackalloc int[replaces ? x.Rank : x.Rank + 1];
        x.Shape.Dimensions[..(shape.Length - 1)].CopyTo(shape);
        shape[^1] = NumTokens;
        Tensor y = Tensor.Allocate(x.Owner, shape);
        Categories.Mark(indices, replaces ? x.Shape.Dimensions[^1] : 1, y.AsSpan(), NumTokens, adds: Mode == CategoryMode.Count);
        return y;
    }

    /// <inheritdoc/>
    public override string ToString() => $"CategoryEncoding({NumTokens}{(Mode == CategoryMode.MultiHot ? "" : $", CategoryMode.{Mode}")})";

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<CategoryEncoding>(
        "CategoryEncoding", static (c, s) => s.Set("num_tokens", c.NumTokens).Set("mode", (int)c.Mode),
        static s => new(s.GetInt32("num_tokens"), (CategoryMode)s.GetInt32("mode")));
}
