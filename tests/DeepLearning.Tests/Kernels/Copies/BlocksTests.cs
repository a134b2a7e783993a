using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

public sealed class BlocksTests
{
    /// <summary>Quiet and signalling NaN, infinities, denormals: what an integer may look like as a float.</summary>
    private static readonly float[] Patterns = [.. new[] { 0x7FA00001, -1, 1, int.MinValue, int.MaxValue, 0x7F800000 }.Select(BitConverter.Int32BitsToSingle)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Blocks_at_even_distances_are_copied_and_nothing_between_them(bool accumulate)
    {
        float[] from = LaneSamples.Numbers(40, 1), to = LaneSamples.Numbers(50, 2), expected = [.. to];
        for (int b = 0; b < 4; b++)
            for (int i = 0; i < 7; i++) expected[b * 12 + i + 3] = (accumulate ? expected[b * 12 + i + 3] : 0f) + from[b * 10 + i + 1];

        Blocks.Copy(from, 1, 10, to, 3, 12, 7, 4, accumulate);

        to.ShouldHaveTheBitsOf(expected);
    }

    [Fact]
    public void Blocks_without_values_need_no_room()
        => FluentActions.Invoking(() => Blocks.Copy([], 0, 0, [], 2, 5, 0, 3)).Should().NotThrow();

    [Theory]
    [InlineData(1, 5, 1)]
    [InlineData(3, 5, 1)]
    [InlineData(2, 9, 7)]
    [InlineData(1, 700, 300)]
    public void Rows_are_gathered_and_scattered_as_the_loops_say(int outer, int axis, int inner)
    {
        int[] indices = [.. Enumerable.Range(0, 300).Select(i => i * i % axis)];
        float[] x = LaneSamples.Numbers(outer * axis * inner, 1), y = LaneSamples.Numbers(outer * indices.Length * inner, 2);
        float[] gathered = new float[y.Length], summed = [.. x], expected = new float[y.Length], sums = [.. x];
        for (int o = 0; o < outer; o++)
            for (int k = 0; k < indices.Length; k++)
                for (int i = 0; i < inner; i++)
                {
                    expected[(o * indices.Length + k) * inner + i] = x[(o * axis + indices[k]) * inner + i];
                    sums[(o * axis + indices[k]) * inner + i] += y[(o * indices.Length + k) * inner + i];
                }

        Blocks.Gather(x, indices, gathered, outer, axis, inner);
        Blocks.ScatterAdd(y, indices, summed, outer, axis, inner);

        gathered.ShouldHaveTheBitsOf(expected);
        summed.ShouldHaveTheBitsOf(sums);
    }

    [Fact]
    public void Every_pattern_of_bits_passes()
    {
        float[] copied = new float[6], single = new float[3], rows = new float[4];
        Blocks.Copy(Patterns, copied);
        Blocks.Gather(Patterns, [0, 1, 0], single, 1, 6, 1);
        Blocks.Gather(Patterns, [2, 0], rows, 1, 3, 2);

        copied.ShouldHaveTheBitsOf(Patterns);
        single.ShouldHaveTheBitsOf([Patterns[0], Patterns[1], Patterns[0]]);
        rows.ShouldHaveTheBitsOf([Patterns[4], Patterns[5], Patterns[0], Patterns[1]]);
    }

    [Fact]
    public void An_index_off_the_axis_reads_nothing()
    {
        FluentActions.Invoking(() => Blocks.Gather(new float[6], [0, 3], new float[4], 1, 3, 2)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Blocks.ScatterAdd(new float[2], [-1], new float[6], 1, 3, 2)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
