using System.Globalization;
using System.Runtime.InteropServices;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Any integers, such as the numbers of users, as indices from 0 to numBins − 1: [batch, …] stays. Each number always has the same bin, spread evenly; two
/// numbers may share one. An <see cref="Embedding"/> follows, whose table then has numBins rows however many numbers there are. Keras: <c>layers.Hashing</c>, which hashes
/// the decimal text and so gives other bins.
/// </summary>
public sealed class Hashing : Layer
{
    /// <summary>A hashing to this many bins.</summary>
    /// <param name="numBins">Bins, ≥ 1.</param>
    /// <param name="salt">Another number gives other bins; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin.</exception>
    public Hashing(int numBins, int salt = 0)
    {
        if (numBins < 1) throw new ArgumentOutOfRangeException(nameof(numBins), numBins, $"Hashing needs at least 1 bin, got {numBins}.");
        (NumBins, Salt) = (numBins, salt);
    }

    /// <summary>Bins.</summary>
    public int NumBins { get; }

    /// <summary>Another number gives other bins; 0 by default.</summary>
    public int Salt { get; }

    internal override IndexUse IndexUse => IndexUse.Takes | IndexUse.Makes;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">x has float32 values.</exception>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        ReadOnlySpan<int> numbers = x.AsIntegers();
        Tensor bins = Tensor.AllocateLike(x, x.Owner, x.Shape);
        Categories.Hash(numbers, unchecked((uint)Salt), NumBins, MemoryMarshal.Cast<float, int>(bins.Bits));
        return bins;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Hashing({NumBins}{(Salt == 0 ? "" : $", {Salt}")})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Hashing>(
        "Hashing", static (h, s) => s.Set("num_bins", h.NumBins).Set("salt", h.Salt), static s => new(s.GetInt32("num_bins"), s.GetInt32("salt")));
}
