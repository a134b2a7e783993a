using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Random numbers as a function of (seed, stream, step) and position alone (Philox 4×32-10): filling twice gives the same numbers, and neither
/// threads nor order change them. Use another stream or step for other numbers.
/// </summary>
/// <param name="seed">The run.</param>
/// <param name="stream">The purpose within the run: a layer, a shuffle.</param>
/// <param name="step">The step within the purpose: a training step, an epoch.</param>
public readonly struct RandomStream(Seed seed, uint stream = 0, ulong step = 0)
{
    private readonly Philox philox = new(seed.Value, stream, step);

    /// <summary>Uniform numbers in [minimum, maximum).</summary>
    /// <param name="values">Filled from its start.</param>
    /// <param name="minimum">Lower bound.</param>
    /// <param name="maximum">Upper bound, at least the lower one; if they are equal, every number has that value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below the minimum, or their difference is not a finite float32. Nothing is
    /// filled.</exception>
    public void FillUniform(Span<float> values, double minimum = 0, double maximum = 1)
    {
        float lower = Setting.Single(minimum), upper = Setting.Single(maximum);
        if (!(lower <= upper && float.IsFinite(upper - lower)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximum), maximum, $"Expected a maximum of at least the minimum {lower}, at a finite distance, got {upper}.");
        }

        philox.FillUniform(values);
        // The sum can round up to the maximum itself, which the interval excludes.
        float range = upper - lower, largest = lower < upper ? MathF.BitDecrement(upper) : upper;
        for (int i = 0; i < values.Length; i++) values[i] = MathF.Min(lower + range * values[i], largest);
    }

    /// <summary>Normal numbers.</summary>
    /// <param name="values">Filled from its start.</param>
    /// <param name="mean">Mean, finite.</param>
    /// <param name="standardDeviation">Standard deviation, finite and ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite, or the deviation negative or not finite. Nothing is filled.</exception>
    public void FillNormal(Span<float> values, double mean = 0, double standardDeviation = 1)
    {
        float centre = (float)Setting.Finite(mean, nameof(mean)), deviation = (float)Setting.NotNegative(standardDeviation, nameof(standardDeviation));
        philox.FillNormal(values);
        for (int i = 0; i < values.Length; i++) values[i] = centre + deviation * values[i];
    }

    /// <summary>The numbers 0 … n − 1 in random order, every order equally likely.</summary>
    /// <param name="values">Filled with the permutation.</param>
    public void FillPermutation(Span<int> values) => philox.Permutation(values);

    /// <summary>Other random numbers, which depend on these and a key alone: one stream for each sample, say.</summary>
    internal RandomStream Substream(ulong key) => new(philox.SeedOf(key));

    /// <summary>Number <paramref name="index"/> of uniform whole numbers from 0 to <paramref name="bound"/> − 1, none likelier than another by more than
    /// bound·2⁻³².</summary>
    internal int Below(int bound, long index) => (int)((ulong)philox.UInt32(index) * (uint)bound >> 32);

    /// <summary>Inverted dropout: 0 with probability <paramref name="rate"/>, else 1/(1 − rate).</summary>
    internal void FillMask(Span<float> values, float rate) => philox.FillMask(values, rate);
}
