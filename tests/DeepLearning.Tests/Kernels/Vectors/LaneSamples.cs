using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

/// <summary>Numbers and lengths for the kernels' tests.</summary>
internal static class LaneSamples
{
    /// <summary>All lengths around the lanes, the unrolled loops and their tails, and a few that reach blocks and chunks.</summary>
    public static IEnumerable<int> Lengths => [.. Enumerable.Range(0, 71), 255, 256, 257, 4095, 4096, 4097, 16_400, 40_003, 100_001];

    /// <summary>Repeatable numbers in (−scale, scale).</summary>
    public static float[] Numbers(int count, ulong seed = 1, float scale = 3f)
    {
        var random = new Philox(seed, 77, 0);
        return [.. Enumerable.Range(0, count).Select(i => (2 * random.Uniform(i) - 1) * scale)];
    }

    /// <summary>Fails at the first place where the bits differ.</summary>
    public static void ShouldHaveTheBitsOf(this ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string because)
    {
        actual.Length.Should().Be(expected.Length, because);
        for (int i = 0; i < actual.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(actual[i]) != BitConverter.SingleToInt32Bits(expected[i]))
                Assert.Fail($"{because}: element {i} is {actual[i]:R}, expected {expected[i]:R}.");
        }
    }

    /// <inheritdoc cref="ShouldHaveTheBitsOf(ReadOnlySpan{float}, ReadOnlySpan{float}, string)"/>
    public static void ShouldHaveTheBitsOf(this float[] actual, float[] expected, string because = "bits")
        => ((ReadOnlySpan<float>)actual).ShouldHaveTheBitsOf(expected, because);

    /// <summary>The results of a computation with 1 and with 3 threads.</summary>
    public static (T One, T Three) WithOneAndThreeThreads<T>(Func<T> compute)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            WorkerPool.ThreadCount = 1;
            T one = compute();
            WorkerPool.ThreadCount = 3;
            return (one, compute());
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }
}
