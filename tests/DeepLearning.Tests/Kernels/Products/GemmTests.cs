using CsCheck;
using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

/// <summary>Every product must have the bits of the plain loop of fused multiply-adds: no tolerance anywhere in this file.</summary>
public sealed class GemmTests
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 7, 11, 12, 13, 16, 17, 31, 32, 33, 65];

    /// <summary>Edges of the tiles, of the blocks of k (512), and of the rectangles that threads take (128).</summary>
    public static TheoryData<int, int, int> LargeShapes => new()
    {
        { 100, 100, 100 }, { 257, 100, 65 }, { 100, 257, 65 }, { 65, 65, 257 }, { 257, 257, 321 }, { 33, 31, 640 }, { 128, 10, 256 }, { 10, 33, 641 },
        { 1, 257, 784 }, { 2, 100, 784 }, { 3, 257, 640 }, { 4, 1000, 400 }, { 1, 1, 5000 }, { 1000, 1, 100 }, { 1000, 3, 100 }, { 8, 32, 320 }, { 9, 33, 321 },
        { 33, 31, 512 }, { 33, 31, 513 }, { 33, 31, 1025 },
    };

    public static TheoryData<bool, bool> Transpositions => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    [Theory]
    [MemberData(nameof(Transpositions))]
    public void Every_combination_of_small_sizes_has_the_bits_of_the_plain_loop(bool transposeA, bool transposeB)
    {
        foreach (int m in Sizes)
            foreach (int n in Sizes)
                foreach (int k in Sizes)
                    new GemmCase(m, n, k, transposeA, transposeB, Accumulate: (m + n + k) % 2 == 0, Bias: (m + k) % 3 != 0).Verify();
    }

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void Sizes_beyond_a_block_have_the_bits_of_the_plain_loop(int m, int n, int k)
    {
        new GemmCase(m, n, k, false, false, Accumulate: false, Bias: true).Verify();
        new GemmCase(m, n, k, true, false, Accumulate: true, Bias: false).Verify();
        new GemmCase(m, n, k, false, true, Accumulate: false, Bias: false).Verify();
        new GemmCase(m, n, k, true, true, Accumulate: true, Bias: true).Verify();
    }

    [Fact]
    public void Results_of_more_than_4096_rows_or_columns_have_the_bits_of_the_plain_loop()
    {
        new GemmCase(4099, 35, 21, false, false, Accumulate: false, Bias: true).Verify();
        new GemmCase(35, 4133, 21, true, true, Accumulate: true, Bias: true).Verify();
        new GemmCase(4099, 9, 530, true, false, Accumulate: true, Bias: true).Verify();
        new GemmCase(9, 4133, 1100, false, true, Accumulate: false, Bias: true).Verify();
    }

    [Fact]
    public void Random_shapes_have_the_bits_of_the_plain_loop()
        => Gen.Select(Gen.Int[0, 80], Gen.Int[0, 80], Gen.Int[0, 700], Gen.Int[0, 15]).Sample(
            (m, n, k, flags) => new GemmCase(m, n, k, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0).Verify(), iter: 200, threads: 1);

    [Fact]
    public void A_sum_of_nothing_is_zero_plus_the_bias_and_leaves_C_when_accumulating()
    {
        float[] c = [1, 2, 3, 4, 5, 6];
        Gemm.Multiply([], false, [], false, c, 2, 3, 0, accumulate: true);
        c.Should().Equal(1, 2, 3, 4, 5, 6);
        Gemm.Multiply([], false, [], false, c, 2, 3, 0, accumulate: true, bias: [10, 20, 30]);
        c.Should().Equal(11, 22, 33, 14, 25, 36);
        Gemm.Multiply([], false, [], false, c, 2, 3, 0, accumulate: false, bias: [10, 20, 30]);
        c.Should().Equal(10, 20, 30, 10, 20, 30);
        Gemm.Multiply([], false, [], false, c, 2, 3, 0);
        c.Should().Equal(0, 0, 0, 0, 0, 0);
    }

    [Fact]
    public void Spans_longer_than_needed_are_read_and_written_only_as_far_as_needed()
    {
        float[] c = [0, 0, 0, 0, 7];
        Gemm.Multiply([1, 2, 3, 4, float.NaN], false, [1, 0, 0, 1, float.NaN], false, c, 2, 2, 2, bias: [1, 2, float.NaN]);
        c.Should().Equal(2, 4, 4, 6, 7);
    }

    [Theory]
    [InlineData(5, 6, 6, 3, "a")]
    [InlineData(6, 5, 6, 3, "b")]
    [InlineData(6, 6, 8, 3, "c")]
    [InlineData(6, 6, 9, 2, "bias")]
    public void A_short_span_throws_with_its_name_and_lengths(int a, int b, int c, int bias, string name)
    {
        var result = new float[c];
        Action act = () => Gemm.Multiply(new float[a], false, new float[b], false, result, 3, 3, 2, bias: new float[bias]);
        act.Should().Throw<ArgumentException>().WithParameterName(name).WithMessage("*needs*values*has*");
        result.Should().OnlyContain(v => v == 0);
    }

    [Theory]
    [InlineData(-1, 2, 2, "m")]
    [InlineData(2, -1, 2, "n")]
    [InlineData(2, 2, -1, "k")]
    public void A_negative_dimension_throws(int m, int n, int k, string name)
    {
        Action act = () => Gemm.Multiply(new float[4], false, new float[4], false, new float[4], m, n, k);
        act.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
    }

    [Fact]
    public void Dimensions_whose_product_overflows_an_int_throw()
    {
        Action act = () => Gemm.Multiply(new float[4], false, new float[4], false, new float[4], 65536, 65536, 1);
        act.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8, 20)]
    [InlineData(3, 20)]
    public void A_result_that_overlaps_an_operand_throws_and_writes_nothing(int result, int other)
    {
        float[] memory = [.. Enumerable.Range(0, 40).Select(i => (float)i)];
        float[] before = [.. memory];
        Action asA = () => Gemm.Multiply(memory.AsSpan(0, 9), false, memory.AsSpan(other, 9), false, memory.AsSpan(result, 9), 3, 3, 3);
        Action asB = () => Gemm.Multiply(memory.AsSpan(other, 9), false, memory.AsSpan(0, 9), false, memory.AsSpan(result, 9), 3, 3, 3);
        Action asBias = () => Gemm.Multiply(new float[9], false, new float[9], false, memory.AsSpan(result, 9), 3, 3, 3, bias: memory.AsSpan(0, 9));
        asA.Should().Throw<ArgumentException>().WithMessage("*overlap*");
        asB.Should().Throw<ArgumentException>().WithMessage("*overlap*");
        asBias.Should().Throw<ArgumentException>().WithMessage("*overlap*");
        memory.Should().Equal(before);
    }

    [Fact]
    public void Operands_that_only_touch_the_result_are_allowed()
    {
        float[] memory = [1, 0, 0, 1, 5, 6, 7, 8, 0, 0, 0, 0];
        Gemm.Multiply(memory.AsSpan(0, 4), false, memory.AsSpan(4, 4), false, memory.AsSpan(8, 4), 2, 2, 2);
        memory[8..].Should().Equal(5, 6, 7, 8);
    }
}
