namespace DeepLearning;

/// <summary>
/// The random numbers of a model, with a separate stream for each purpose and name. The name is mixed into the seed: inserting a layer, or calling one twice,
/// changes no other layer's numbers and repeats none.
/// </summary>
internal static class RandomStreams
{
    private const uint OrderPurpose = 0x1000_0000, ParameterPurpose = 0x2000_0000, LayerPurpose = 0x3000_0000;

    /// <summary>The order of an epoch's samples.</summary>
    /// <param name="seed">The model's seed.</param>
    /// <param name="beginning">The model's steps when the epoch began.</param>
    public static RandomStream OfOrder(ulong seed, ulong beginning) => new(seed, OrderPurpose, beginning);

    /// <summary>The initial values of a parameter, by its full name: <c>dense.kernel</c>.</summary>
    public static RandomStream OfParameter(ulong seed, string name) => new(seed ^ KeyOf(name), ParameterPurpose);

    /// <summary>A call of a layer at one step.</summary>
    /// <param name="seed">The model's seed.</param>
    /// <param name="key">The key of the layer's name.</param>
    /// <param name="call">Which call of the layer, from 0.</param>
    /// <param name="step">The step.</param>
    public static RandomStream OfLayer(ulong seed, ulong key, int call, ulong step) => new(seed ^ key, LayerPurpose + (uint)call, step);

    /// <summary>64 bits of a name: FNV-1a over its UTF-16 words (Fowler, Noll and Vo), finished as in MurmurHash3 (Appleby) so that similar names give distant
    /// keys.</summary>
    public static ulong KeyOf(string name)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (char c in name) hash = unchecked((hash ^ c) * 0x0000_0100_0000_01B3);
        hash = unchecked((hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCD);
        hash = unchecked((hash ^ (hash >> 33)) * 0xC4CE_B9FE_1A85_EC53);
        return hash ^ (hash >> 33);
    }
}
