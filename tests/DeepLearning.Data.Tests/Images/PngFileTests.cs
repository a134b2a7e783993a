namespace DeepLearning.Data.Tests.Images;

public sealed class PngFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_grey_image_gives_its_pixels()
    {
        Tensor pixels = PngFile.Read(Write(PngBytes.Of(3, 2, color: 0, [0, 1, 2, 255, 128, 7])));
        pixels.Shape.Should().Equal(2, 3);
        pixels.AsSpan().ToArray().Should().Equal(0, 1, 2, 255, 128, 7);
    }

    [Fact]
    public void A_colour_image_gives_its_channels_last()
    {
        Tensor pixels = PngFile.Read(Write(PngBytes.Of(2, 1, color: 2, [10, 20, 30, 40, 50, 60])), channels: 3);
        pixels.Shape.Should().Equal(1, 2, 3);
        pixels.AsSpan().ToArray().Should().Equal(10, 20, 30, 40, 50, 60);
    }

    [Fact]
    public void Fault55_a_bad_checksum_is_found_in_any_byte()
    {
        byte[] good = PngBytes.Of(3, 2, color: 0, [0, 1, 2, 255, 128, 7]);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x10;
            Reading(bad).Should().Throw<DataFormatException>($"byte {i} is damaged");
        }
    }

    [Fact]
    public void Fault36_a_file_that_is_cut_off_anywhere_is_refused()
    {
        byte[] good = PngBytes.Of(3, 2, color: 0, [0, 1, 2, 255, 128, 7]);
        for (int length = 0; length < good.Length; length++) Reading(good[..length]).Should().Throw<DataFormatException>($"{length} bytes are left");
    }

    [Fact]
    public void Fault55_an_image_that_claims_65535_by_65535_pixels_takes_no_memory()
    {
        byte[] claim = PngBytes.Of(65535, 65535, color: 6, [0]);
        string path = Write(claim);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => PngFile.Read(path)).Should().Throw<DataFormatException>().WithMessage("*65535 × 65535*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
    }

    [Fact]
    public void Fault46_rows_that_unpack_to_more_than_the_image_are_refused()
        => Reading(PngBytes.Of(3, 2, color: 0, new byte[50_000_000], rowBytes: 25_000_000))
            .Should().Throw<DataFormatException>().WithMessage("*unpack to more*");

    [Fact]
    public void Fault38_another_kind_of_file_is_no_PNG()
        => Reading([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F']).Should().Throw<DataFormatException>().WithMessage("*not a PNG*");

    [Fact]
    public void Other_numbers_of_channels_are_refused()
        => FluentActions.Invoking(() => PngFile.Read("x.png", channels: 2)).Should().Throw<ArgumentOutOfRangeException>();

    public void Dispose() => folder.Dispose();

    private Action Reading(byte[] file)
    {
        string path = Write(file);
        return () => PngFile.Read(path);
    }

    private string Write(byte[] file) => folder.Write("image.png", file);
}
