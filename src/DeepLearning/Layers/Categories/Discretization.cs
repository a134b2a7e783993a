using System.Globalization;
using System.Runtime.InteropServices;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// The bin of each value: how many boundaries are ≤ it. Values [batch, …] give indices [batch, …] from 0, below the first boundary, to the number of
/// boundaries: with [0, 1] there are x &lt; 0, 0 ≤ x &lt; 1 and 1 ≤ x. An <see cref="Embedding"/> or a <see cref="CategoryEncoding"/> follows. Compared in float32. No
/// gradient flows through it. Keras: <c>layers.Discretization(bin_boundaries)</c>.
/// </summary>
public sealed class Discretization : Layer
{
    private readonly double[] boundaries;
    private readonly float[] compared;

    /// <summary>A layer with these boundaries.</summary>
    /// <param name="boundaries">At least one; finite and ascending, also as float32.</param>
    /// <exception cref="ArgumentException">There are none, one is not finite, or they do not ascend.</exception>
    public Discretization(params ReadOnlySpan<double> boundaries)
    {
        if (boundaries.IsEmpty) throw new ArgumentException("Expected at least one boundary, got none.", nameof(boundaries));
        this.boundaries = boundaries.ToArray();
        compared = Array.ConvertAll(this.boundaries, b => (float)b);
        if (Array.FindIndex(compared, b => !float.IsFinite(b)) is >= 0 and var odd)
            throw Wrong($"Boundaries are finite, got {boundaries[odd]} at place {odd}.");
        if (Enumerable.Range(1, compared.Length - 1).FirstOrDefault(i => !(compared[i] > compared[i - 1])) is > 0 and var down)
            throw Wrong($"Boundaries ascend, also as float32, got {boundaries[down]} at place {down} after {boundaries[down - 1]}.");

        static ArgumentException Wrong(FormattableString message) => new(message.ToString(CultureInfo.InvariantCulture), nameof(boundaries));
    }

    /// <summary>The boundaries between bins; there is one bin more.</summary>
    public ReadOnlySpan<double> Boundaries => boundaries;

    internal override IndexUse IndexUse => IndexUse.Makes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is NaN, which has no bin; the message says where.</exception>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        ReadOnlySpan<float> values = x.AsReadOnlySpan();
        int wrong = Search.First(new Search.Outside(float.NegativeInfinity, float.PositiveInfinity), values);
        if (wrong >= 0) throw new ArgumentException($"{this} takes numbers, but the value at {Tensor.PlaceOf(wrong, x.Shape)} of the batch is NaN.", nameof(x));
        Tensor bins = Tensor.Allocate(x.Owner, x.Shape);
        bins.IsInteger = true;
        Categories.Bin(values, compared, MemoryMarshal.Cast<float, int>(bins.Bits));
        return bins;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Discretization({string.Join(", ", boundaries.Select(b => b.ToString(CultureInfo.InvariantCulture)))})";

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Discretization>(
        "Discretization", static (d, s) => s.Set("boundaries", d.Boundaries), static s => new(s.GetDoubles("boundaries")));
}
