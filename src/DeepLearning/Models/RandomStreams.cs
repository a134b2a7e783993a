using DeepLearning.Kernels;

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
    public static RandomStream OfParameter(ulong seed, string name) => new(seed ^ Hashes.Of(name), ParameterPurpose);

    /// <summary>A call of a layer at one step.</summary>
    /// <param name="seed">The model's seed.</param>
    /// <param name="key">The key of the layer's name.</param>
    /// <param name="call">Which call of the layer, from 0.</param>
    /// <param name="step">The step.</param>
    public static RandomStream OfLayer(ulong seed, ulong key, int call, ulong step) => new(seed ^ key, LayerPurpose + (uint)call, step);
}
