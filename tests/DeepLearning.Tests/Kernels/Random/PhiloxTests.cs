using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

/// <summary>All seeds are fixed, so that a statistical bound either always holds or never; it is set at about four standard deviations.</summary>
public sealed class PhiloxTests
{
    private const int Sample = 250_000;

    /// <summary>Known answers of Random123's kat_vectors, philox4x32 with 10 rounds.</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0ul, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0x299f31d0a4093822ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void The_rounds_give_the_published_answers(uint c0, uint c1, uint c2, uint c3, ulong key, uint x0, uint x1, uint x2, uint x3)
        => Philox.Rounds(c0, c1, c2, c3, key).Should().Be((x0, x1, x2, x3));

    [Fact]
    public void The_counter_is_block_stream_and_step()
    {
        new Philox(0x299f31d0a4093822, 0x85a308d3, 0x0370734413198a2e).Block(0x243f6a88).Should().Be((0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u));
        new Philox(0, 0, 0).Block(0).Should().Be((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u));
    }

    [Fact]
    public void Words_beyond_two_to_the_32_blocks_do_not_repeat()
    {
        var random = new Philox(1, 2, 3);
        const long wrap = 4L << 32;
        random.UInt32(wrap).Should().NotBe(random.UInt32(0));
        random.UInt32(2 * wrap).Should().NotBe(random.UInt32(wrap));
        random.UInt32((1L << 49) + 5).Should().NotBe(random.UInt32(5));
    }

    [Fact]
    public void Seed_stream_step_and_index_each_change_the_numbers()
    {
        uint[] words =
        [
            new Philox(1, 2, 3).UInt32(0), new Philox(1, 2, 3).UInt32(1), new Philox(2, 2, 3).UInt32(0), new Philox(1UL << 32, 2, 3).UInt32(0),
            new Philox(1, 3, 3).UInt32(0), new Philox(1, 2, 4).UInt32(0), new Philox(1, 2, 1UL << 40).UInt32(0), new Philox(1, 2, 1UL << 33).UInt32(0),
        ];
        words.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_fill_equals_its_elements_at_every_length()
    {
        var random = new Philox(0x123456789abcdef0, 77, 0x1122334455667788);
        float[] expected = [.. Enumerable.Range(0, 100_001).Select(i => random.Uniform(i))];
        foreach (int n in LaneSamples.Lengths)
        {
            float[] result = new float[n + 70];
            random.FillUniform(result.AsSpan(0, n));
            result[..n].ShouldHaveTheBitsOf(expected[..n]);
            result[n..].Should().AllBeEquivalentTo(0f);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.2f)]
    [InlineData(0.5f)]
    [InlineData(0.999f)]
    public void A_mask_is_zero_exactly_where_the_uniform_number_is_below_the_rate(float rate)
    {
        var random = new Philox(9, 1, 1);
        float[] mask = new float[100_001];
        random.FillMask(mask, rate);
        for (int i = 0; i < mask.Length; i++)
            if (mask[i] != (random.Uniform(i) < rate ? 0f : 1f / (1f - rate))) Assert.Fail($"element {i} is {mask[i]:R}");
        // The share that is kept is binomial.
        double kept = mask.Count(v => v != 0) / (double)mask.Length;
        kept.Should().BeApproximately(1 - rate, 4 * Math.Sqrt(rate * (1 - rate) / mask.Length) + 1e-6);
    }

    [Fact]
    public void Uniform_numbers_are_uniform_and_never_one()
    {
        float[] x = new float[Sample];
        new Philox(42, 0, 0).FillUniform(x);
        x.All(v => v >= 0f && v < 1f).Should().BeTrue();
        x.Average(v => (double)v).Should().BeApproximately(0.5, 4 / Math.Sqrt(12.0 * Sample));
        x.Average(v => (v - 0.5) * (v - 0.5)).Should().BeApproximately(1 / 12.0, 4 * Math.Sqrt(1 / 180.0 / Sample));
        KolmogorovDistance(x, v => v).Should().BeLessThan(1.95 / Math.Sqrt(Sample), "the 0.1% bound of Kolmogorov and Smirnov");
        Correlation(x, 1).Should().BeApproximately(0, 4 / Math.Sqrt(Sample));
        Correlation(x, 16).Should().BeApproximately(0, 4 / Math.Sqrt(Sample));
    }

    [Fact]
    public void Normal_numbers_are_normal()
    {
        float[] x = new float[Sample];
        new Philox(42, 1, 7).FillNormal(x);
        x.Average(v => (double)v).Should().BeApproximately(0, 4 / Math.Sqrt(Sample));
        x.Average(v => (double)v * v).Should().BeApproximately(1, 4 * Math.Sqrt(2.0 / Sample));
        x.Average(v => Math.Pow(v, 3)).Should().BeApproximately(0, 4 * Math.Sqrt(15.0 / Sample));
        x.Average(v => Math.Pow(v, 4)).Should().BeApproximately(3, 4 * Math.Sqrt(96.0 / Sample));
        KolmogorovDistance(x, v => MathNet.Numerics.Distributions.Normal.CDF(0, 1, v)).Should().BeLessThan(1.95 / Math.Sqrt(Sample));
        foreach (int lag in new[] { 1, 16, 32, 64 }) Correlation(x, lag).Should().BeApproximately(0, 4 / Math.Sqrt(Sample), "lag {0}", lag);
    }

    [Fact]
    public void Normal_numbers_are_Box_and_Muller_of_their_words_whatever_the_length()
    {
        var random = new Philox(5, 6, 7);
        float[] all = new float[1000];
        random.FillNormal(all);
        for (int i = 0; i < all.Length; i++)
        {
            int at = i / 64 * 64 + i % 64 / 32 * 32 + i % 16;
            double u = (random.UInt32(at) / 2 + 0.5) / 2147483648.0, angle = 2 * Math.PI * random.UInt32(at + 16) / 4294967296.0;
            double exact = Math.Sqrt(-2 * Math.Log(u)) * (i % 32 < 16 ? Math.Cos(angle) : Math.Sin(angle));
            // u rounds to 24 bits, which near 1 moves the logarithm by 2⁻²⁵ of itself or of 1.
            ((double)all[i]).Should().BeApproximately(exact, 1e-4 * Math.Max(Math.Abs(exact), 1e-2));
        }

        for (int n = 0; n < 200; n++)
        {
            float[] some = new float[n];
            random.FillNormal(some);
            some.ShouldHaveTheBitsOf(all[..n]);
        }
    }

    [Fact]
    public void A_permutation_holds_each_number_once_and_is_repeatable()
    {
        foreach (int n in new[] { 0, 1, 2, 31, 32, 33, 64, 65, 1000, 60_000 })
        {
            int[] p = new int[n], q = new int[n];
            new Philox(7, 0, 0).Permutation(p);
            new Philox(7, 0, 0).Permutation(q);
            p.Should().Equal(q);
            Array.Sort(q);
            q.Should().Equal(Enumerable.Range(0, n));
        }
    }

    [Fact]
    public void All_orders_of_four_are_equally_likely()
    {
        const int trials = 48_000;
        var counts = new Dictionary<(int, int, int, int), int>();
        Span<int> p = stackalloc int[4];
        for (ulong step = 0; step < trials; step++)
        {
            new Philox(11, 3, step).Permutation(p);
            var key = (p[0], p[1], p[2], p[3]);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        counts.Should().HaveCount(24);
        double expected = trials / 24.0, chiSquare = counts.Values.Sum(c => (c - expected) * (c - expected) / expected);
        chiSquare.Should().BeLessThan(49.7, "χ² of 23 degrees of freedom exceeds it once in a thousand");
    }

    /// <summary>The largest distance between the sample's distribution and the ideal one.</summary>
    private static double KolmogorovDistance(float[] x, Func<double, double> cumulative)
    {
        float[] sorted = [.. x];
        Array.Sort(sorted);
        double worst = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double f = cumulative(sorted[i]);
            worst = Math.Max(worst, Math.Max(Math.Abs(f - (double)i / sorted.Length), Math.Abs(f - (i + 1.0) / sorted.Length)));
        }

        return worst;
    }

    private static double Correlation(float[] x, int lag)
    {
        double mean = x.Average(v => (double)v), variance = x.Average(v => (v - mean) * (v - mean)), sum = 0;
        for (int i = lag; i < x.Length; i++) sum += (x[i] - mean) * (x[i - lag] - mean);
        return sum / (x.Length - lag) / variance;
    }

    [Collection("Threads")]
    public sealed class Threads
    {
        [Fact]
        public void Bits_do_not_depend_on_the_number_of_threads()
        {
            var (one, three) = LaneSamples.WithOneAndThreeThreads(() =>
            {
                float[] uniform = new float[100_001], normal = new float[100_001], mask = new float[100_001];
                new Philox(1, 2, 3).FillUniform(uniform);
                new Philox(1, 2, 3).FillNormal(normal);
                new Philox(1, 2, 3).FillMask(mask, 0.3f);
                return (float[])[.. uniform, .. normal, .. mask];
            });
            three.ShouldHaveTheBitsOf(one);
        }
    }
}
