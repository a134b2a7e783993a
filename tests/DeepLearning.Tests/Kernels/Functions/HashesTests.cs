using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels.Functions;

public sealed class HashesTests
{
    [Fact]
    public void Names_have_hashes_of_their_own()
        => Enumerable.Range(0, 100_000).Select(i => Hashes.Of($"dense_{i}")).Distinct().Should().HaveCount(100_000);

    [Theory]
    [InlineData("a", 0xAF63DC4C8601EC8CUL)]
    [InlineData("foobar", 0x85944171F73967E8UL)]
    // The published 64-bit FNV-1a hashes: http://www.isthe.com/chongo/tech/comp/fnv/.
    public void A_text_has_its_FNV_1a_hash_finished(string text, ulong fnv) => Hashes.Of(text).Should().Be(Hashes.Finished(fnv));

    [Fact]
    public void The_last_bits_of_texts_of_another_case_are_equal_as_often_as_those_of_any()
    {
        string[] codes = [.. from a in Enumerable.Range('a', 26) from b in Enumerable.Range('a', 26) select $"{(char)a}{(char)b}"];
        // 676 pairs, 1 in 16 of which share a bucket by chance: 42, and a standard deviation of 6.3. FNV-1a alone has all 676.
        codes.Count(code => Hashes.Of(code) % 16 == Hashes.Of(code.ToUpperInvariant()) % 16).Should().BeInRange(17, 67);
    }
}
