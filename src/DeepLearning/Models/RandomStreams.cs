namespace DeepLearning;

/// <summary>The streams of a model's seed, apart by purpose.</summary>
internal static class RandomStreams
{
    public const uint Shuffle = 0x1000_0000;

    /// <summary>First values of a parameter.</summary>
    public static uint OfParameter(int index) => 0x2000_0000 + (uint)index;

    /// <summary>A layer in training.</summary>
    public static uint OfLayer(int number) => 0x3000_0000 + (uint)number;
}
