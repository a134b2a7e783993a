using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

/// <summary>
/// Alone, since collections that other tests cause move arrays up a generation. Where one comes from the runner, the array is made again.
/// </summary>
[Collection("Threads")]
public sealed class FlatBufferTests
{
    [Theory]
    [InlineData(true, 0, 2)]
    [InlineData(true, 1000, 2)]
    [InlineData(true, 100_000, 2)]
    [InlineData(false, 0, 0)]
    [InlineData(false, 21_243, 0)]
    [InlineData(false, 21_244, 2)]
    public void Only_a_small_buffer_that_is_not_kept_is_left_to_the_youngest_generation(bool kept, int length, int generation)
    {
        FlatBuffer buffer;
        int collections, found;
        do
        {
            collections = GC.CollectionCount(0);
            buffer = new FlatBuffer(length, kept);
            found = GC.GetGeneration(buffer.Array);
        }
        while (GC.CollectionCount(0) != collections);

        found.Should().Be(generation);
        buffer.AsSpan().ToArray().Should().Equal(new float[length]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public unsafe void A_kept_buffer_starts_on_a_cache_line(int length)
    {
        var buffer = new FlatBuffer(length);
        fixed (float* start = buffer.AsSpan()) ((nuint)start % 64).Should().Be((nuint)0);
    }
}
