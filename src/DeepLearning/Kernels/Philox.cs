namespace DeepLearning.Kernels;

/// <summary>
/// The counter-based generator Philox 4×32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11).
/// A number is a function of (seed, stream, step, index) alone: no state, no order, no threads.
/// </summary>
internal readonly struct Philox(ulong seed, uint stream, ulong step)
{
    /// <summary>The four words of one counter. Key: the seed. Counter: (block, stream, step low, step high).</summary>
    public (uint X0, uint X1, uint X2, uint X3) Block(uint block)
    {
        uint c0 = block, c1 = stream, c2 = (uint)step, c3 = (uint)(step >> 32), k0 = (uint)seed, k1 = (uint)(seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)c0 * 0xD2511F53u, p1 = (ulong)c2 * 0xCD9E8D57u;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>Word <paramref name="index"/>: blocks of 64 words come from 16 counters, word w of counter l at place 16·w + l.</summary>
    public uint UInt32(long index)
    {
        (uint x0, uint x1, uint x2, uint x3) = Block((uint)(index / 64 * 16 + index % 16));
        return (index % 64 / 16) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
    }

    /// <summary>Uniform in [0, 1), 24 bits.</summary>
    public float Uniform(long index) => (UInt32(index) >> 8) * (1f / (1 << 24));

    /// <summary>Fills with uniform numbers in [0, 1): element i is <see cref="Uniform"/>(i).</summary>
    public void FillUniform(Span<float> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = Uniform(i);
    }

    /// <summary>Fills with standard normal numbers (Box–Muller over words 2i and 2i + 1).</summary>
    public void FillNormal(Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            double u = (UInt32(2L * i) + 1.0) / 4294967296.0, v = UInt32(2L * i + 1) / 4294967296.0;
            result[i] = (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v));
        }
    }

    /// <summary>Inverted dropout mask: 0 with probability <paramref name="rate"/>, else 1/(1 − rate).</summary>
    public void FillMask(Span<float> result, float rate)
    {
        float keep = 1f / (1f - rate);
        for (int i = 0; i < result.Length; i++) result[i] = Uniform(i) < rate ? 0f : keep;
    }

    /// <summary>0 … n−1 in a random order (Fisher–Yates).</summary>
    public void Permutation(Span<int> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = i;
        for (int i = result.Length - 1; i > 0; i--)
        {
            int j = (int)(((ulong)UInt32(i) * (ulong)(i + 1)) >> 32);
            (result[i], result[j]) = (result[j], result[i]);
        }
    }
}
