namespace DeepLearning.Kernels;

/// <summary>Hashes that are the same on every machine and in every run.</summary>
internal static class Hashes
{
    /// <summary>64 bits of a text: FNV-1a over its UTF-16 words (Fowler, Noll and Vo), finished, so that similar texts are distant, also in their last
    /// bits: those of FNV-1a alone depend on the same bits of the characters only, by which "DE" and "de" share every bucket.</summary>
    public static ulong Of(string text)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (char c in text) hash = unchecked((hash ^ c) * 0x0000_0100_0000_01B3);
        return Finished(hash);
    }

    /// <summary>The finisher of MurmurHash3 (Appleby), in which each bit of h affects every bit of the result.</summary>
    public static ulong Finished(ulong h)
    {
        h = unchecked((h ^ (h >> 33)) * 0xFF51_AFD7_ED55_8CCD);
        h = unchecked((h ^ (h >> 33)) * 0xC4CE_B9FE_1A85_EC53);
        return h ^ (h >> 33);
    }

    /// <summary>The same of 32 bits.</summary>
    public static uint Finished(uint h)
    {
        h = unchecked((h ^ (h >> 16)) * 0x85EB_CA6B);
        h = unchecked((h ^ (h >> 13)) * 0xC2B2_AE35);
        return h ^ (h >> 16);
    }
}
