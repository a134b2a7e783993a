namespace DeepLearning.Data.Tests;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] Whole = IdxBytes.Of([2, 3], [0, 1, 2, 253, 254, 255]);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plain_and_gzipped_files_are_read(bool gzip)
    {
        Tensor tensor = Read(gzip ? IdxBytes.Gzip(Whole) : Whole);
        tensor.Shape.Should().Equal(2, 3);
        tensor.ToArray().Should().Equal(0, 1, 2, 253, 254, 255);
    }

    [Theory]
    [InlineData(new byte[0], "*not an IDX file*got nothing*")]
    [InlineData(new byte[] { 0x3C, 0x68, 0x74, 0x6D }, "*not an IDX file*3C68746D*")]
    [InlineData(new byte[] { 0, 0, 0x0D, 1, 0, 0, 0, 0 }, "*0x0D*")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "*not an IDX file*")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1 }, "*cut off in its header*12 bytes, got 8*")]
    public void Fault53_A_bad_magic_number_throws(byte[] bytes, string message)
        => FluentActions.Invoking(() => Read(bytes)).Should().Throw<DataFormatException>().WithMessage(message);

    [Fact]
    public void Fault53_A_file_cut_off_at_any_byte_throws()
    {
        for (int length = 0; length < Whole.Length; length++)
            FluentActions.Invoking(() => Read(Whole[..length])).Should().Throw<DataFormatException>($"only {length} bytes are there");
    }

    [Fact]
    public void Fault53_A_truncated_gzip_throws()
    {
        byte[] noise = new byte[2000];
        new Random(1).NextBytes(noise);
        byte[] gzip = IdxBytes.Gzip(IdxBytes.Of([noise.Length], noise));
        for (int length = 2; length < gzip.Length; length += 13)
            FluentActions.Invoking(() => Read(gzip[..length])).Should().Throw<DataFormatException>($"only {length} of {gzip.Length} bytes are there");
        gzip[^6] ^= 1;
        FluentActions.Invoking(() => Read(gzip)).Should().Throw<DataFormatException>("the checksum is wrong");
    }

    [Fact]
    public void Fault53_A_claim_of_255_dimensions_throws()
        => FluentActions.Invoking(() => Read(IdxBytes.Of([.. Enumerable.Repeat(1, 255)], [7])))
            .Should().Throw<DataFormatException>().WithMessage("*dimensions*");

    [Fact]
    public void Fault53_Bytes_beyond_the_claim_throw()
        => FluentActions.Invoking(() => Read([.. Whole, 7])).Should().Throw<DataFormatException>().WithMessage("*continues*");

    [Theory]
    [InlineData(new[] { 1_000_000_000, 28, 28 }, "*claims*1000000000, 28, 28*")]
    [InlineData(new[] { 1_000_000_000 }, "*cut off*1000000000 bytes, got 3*")]
    [InlineData(new[] { -1, 1 }, "*dimension 0 is 4294967295*")]
    public void Fault53_A_claim_of_a_thousand_million_images_throws_without_allocating_them(int[] dimensions, string message)
    {
        string path = folder.Write("claim", IdxBytes.Of(dimensions, [1, 2, 3]));
        FluentActions.Invoking(() => IdxFile.Read(path)).Should().Throw<DataFormatException>();
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => IdxFile.Read(path)).Should().Throw<DataFormatException>().WithMessage(message);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(8 << 20);
    }

    [Fact]
    public void Files_that_are_not_there_throw()
    {
        FluentActions.Invoking(() => IdxFile.Read(Path.Combine(folder.Path, "none"))).Should().Throw<FileNotFoundException>();
        FluentActions.Invoking(() => IdxFile.Read(null!)).Should().Throw<ArgumentNullException>();
    }

    private Tensor Read(byte[] bytes) => IdxFile.Read(folder.Write("file", bytes));
}
