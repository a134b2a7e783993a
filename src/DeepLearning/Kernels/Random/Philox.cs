using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// The counter-based generator Philox 4×32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11).
/// A number is a function of (seed, stream, step, index) alone: no state, no order, no threads.
/// </summary>
/// <remarks>
/// Key: the seed. Counter: (block low, stream, step low, step high xor block high·2¹⁶). Different (stream, step, block) are different counters
/// while step &lt; 2⁴⁸ and block &lt; 2⁴⁸ (index &lt; 2⁵⁰), and at any step while block &lt; 2³² (index &lt; 2³⁴).
/// </remarks>
internal readonly partial struct Philox(ulong seed, uint stream, ulong step)
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>The four words of one counter.</summary>
    public (uint X0, uint X1, uint X2, uint X3) Block(ulong block) => Rounds((uint)block, stream, (uint)step, LastWord(block), seed);

    /// <summary>The ten rounds of Philox 4×32 on a counter of four words and a key of two.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Rounds(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)c0 * Multiplier0, p1 = (ulong)c2 * Multiplier1;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>Word <paramref name="index"/>: blocks of 64 words come from 16 counters, word w of counter l at place 16·w + l.</summary>
    public uint UInt32(long index)
    {
        (uint x0, uint x1, uint x2, uint x3) = Block((ulong)(index / 64 * 16 + index % 16));
        return (index % 64 / 16) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
    }

    /// <summary>The seed of other numbers, one for each key: counters of a stream that no caller names.</summary>
    public ulong SeedOf(ulong key)
    {
        const uint Apart = 0xA5A5_5EED;
        (uint x0, uint x1, _, _) = Rounds((uint)key, stream ^ Apart, (uint)step, (uint)(step >> 32) ^ (uint)(key >> 32), seed);
        return x0 | (ulong)x1 << 32;
    }

    /// <summary>Uniform in [0, 1), 24 bits.</summary>
    public float Uniform(long index) => (UInt32(index) >> 8) * (1f / (1 << 24));

    /// <summary>Fills with uniform numbers in [0, 1): element i is <see cref="Uniform"/>(i).</summary>
    public void FillUniform(Span<float> result) => Fill(new UniformFill(), result);

    /// <summary>
    /// Fills with standard normal numbers by Box and Muller (1958). Of each 64 words w, the elements 0–15 are √(−2·log u)·cos 2πv with
    /// u = (⌊w[l] / 2⌋ + ½) / 2³¹ and v = w[16 + l] / 2³², the elements 16–31 the same with sin, the elements 32–63 likewise from w[32 + l] and w[48 + l].
    /// </summary>
    public void FillNormal(Span<float> result) => Fill(new NormalFill(), result);

    /// <summary>Inverted dropout mask: element i is 0 where <see cref="Uniform"/>(i) &lt; <paramref name="rate"/>, else 1/(1 − rate); rate in [0, 1).</summary>
    public void FillMask(Span<float> result, float rate) => Fill(new MaskFill(rate), result);

    /// <summary>
    /// 0 … n−1 in a random order (Fisher–Yates from the end): place i is exchanged with ⌊(i + 1)·w / 2⁶⁴⌋, w being the words 2i and 2i + 1, so that no order
    /// is likelier than another by more than n²·2⁻⁶⁴.
    /// </summary>
    public void Permutation(Span<int> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = i;

        Span<uint> words = stackalloc uint[64];
        long loaded = -1;
        for (int i = result.Length - 1; i > 0; i--)
        {
            long first = 2L * i;
            if (first / 64 != loaded)
            {
                loaded = first / 64;
                Sixteen((ulong)loaded * 16, out var x0, out var x1, out var x2, out var x3);
                x0.CopyTo(words);
                x1.CopyTo(words[16..]);
                x2.CopyTo(words[32..]);
                x3.CopyTo(words[48..]);
            }

            int at = (int)(first % 64);
            int j = (int)Math.BigMul((ulong)words[at] << 32 | words[at + 1], (ulong)i + 1, out _);
            (result[i], result[j]) = (result[j], result[i]);
        }
    }

    private uint LastWord(ulong block) => (uint)(step >> 32) ^ ((uint)(block >> 32) << 16);
}
