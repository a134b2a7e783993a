namespace DeepLearning;

/// <summary>The streams of a model's seed, apart by purpose.</summary>
internal static class RandomStreams
{
    private const uint OrderPurpose = 0x1000_0000;

    /// <summary>The order of an epoch's samples.</summary>
    /// <param name="seed">The model's.</param>
    /// <param name="beginning">The model's steps when the epoch began.</param>
    public static RandomStream OfOrder(ulong seed, ulong beginning) => new(seed, OrderPurpose, beginning);

    /// <summary>First values of a parameter.</summary>
    public static uint OfParameter(int index) => 0x2000_0000 + (uint)index;

    /// <summary>A layer in training.</summary>
    public static uint OfLayer(int number) => 0x3000_0000 + (uint)number;
}
