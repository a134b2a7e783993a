using System.IO.Compression;

namespace DeepLearning.Data.Tests;

/// <summary>Gzip that is not what its file says, or unpacks to more than anybody wants.</summary>
public sealed class IdxFileFaultTests : IDisposable
{
    private static readonly byte[] Values = [0, 1, 2, 253, 254, 255, 7, 7, 7, 7, 7, 7], Whole = IdxBytes.Of([3, 4], Values);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Line11_a_gzip_stream_cut_off_at_any_byte_is_found()
    {
        foreach (byte[] gzip in Streams())
            for (int length = 1; length < gzip.Length; length++) Refused(gzip[..length], $"{length} of {gzip.Length} bytes are there");
    }

    [Fact]
    public void Line11_a_stream_of_many_pieces_cut_off_within_its_last_bytes_is_found()
    {
        byte[] noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        byte[] gzip = IdxBytes.Gzip(IdxBytes.Of([noise.Length], noise));
        Read(gzip).Count.Should().Be(noise.Length);
        for (int cut = 1; cut < 20; cut++) Refused(gzip[..^cut], $"{cut} bytes are cut off");
        for (int more = 1; more < 20_000; more += 997) Refused([.. gzip, .. new byte[more]], $"{more} bytes stand behind").WithMessage("*after its end*");
        for (int at = 10; at < gzip.Length; at += 4999)
        {
            byte[] flipped = [.. gzip];
            flipped[at] ^= 4;
            Refused(flipped, $"byte {at} is another");
        }
    }

    [Fact]
    public void Line11_every_flipped_bit_of_a_gzip_stream_is_found()
    {
        byte[] gzip = IdxBytes.Gzip(Whole);
        for (int bit = 0; bit < gzip.Length * 8; bit++)
        {
            byte[] flipped = [.. gzip];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            // What says nothing about the content is not checked by the format: the mark for text, the time, the level and the system in the header, and the
            // seven bits behind the end mark's last one, which fill the byte before the checksum.
            bool saysNothing = bit == 3 * 8 || bit / 8 is >= 4 and < 10 || (bit / 8 == gzip.Length - 9 && bit % 8 > 0);
            if (saysNothing) Read(flipped).ToArray().Should().Equal(Values.Select(v => (float)v));
            else Refused(flipped, $"bit {bit} of {gzip.Length} bytes");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void FoundD3_another_checksum_or_length_is_told_in_a_sentence_of_its_own(int fromEnd)
    {
        byte[] gzip = IdxBytes.Gzip(Whole);
        gzip[^fromEnd] ^= 1;
        Refused(gzip).WithMessage("*the gzip stream is damaged. Its content does not match its checksum and length.");
    }

    [Fact]
    public void Line11_rubbish_behind_a_gzip_stream_is_found()
    {
        foreach (byte[] gzip in Streams())
        {
            for (int value = 0; value < 256; value++) Refused([.. gzip, (byte)value], $"a byte {value} behind the end");
            byte[][] rubbish = [new byte[8], new byte[1000], [0x1F, 0x8B], [0x1F, 0x8B, 8, 0], gzip[^8..], Whole, [0x1F, 0x8C, .. gzip[2..]]];
            foreach (byte[] more in rubbish) Refused([.. gzip, .. more], $"{more.Length} bytes behind the end");
        }
    }

    [Fact]
    public void Line11_all_members_of_a_gzip_stream_are_read()
    {
        foreach (byte[] gzip in Streams()) Read(gzip).ToArray().Should().Equal(Values.Select(v => (float)v));
        Refused([.. IdxBytes.Gzip(Whole), .. IdxBytes.Gzip(Whole)]).WithMessage("*continues*");
    }

    [Fact]
    public void Line16_130_KB_that_unpack_to_a_gigabyte_are_refused_without_memory()
    {
        const int Count = 130 << 20;
        byte[] start = IdxBytes.Of([Count], []);
        string path = folder.Write("bomb", Smallest([.. start, .. new byte[Count]]));
        new FileInfo(path).Length.Should().BeLessThan(150_000);
        TakesLittle(() => IdxFile.Read(path), $"*[{Count}] would unpack the file of {new FileInfo(path).Length} bytes to {4L * Count}*mostBytes*");
        // One that claims little, and goes on.
        string modest = folder.Write("modest", Smallest([.. IdxBytes.Of([3], []), .. new byte[Count]]));
        TakesLittle(() => IdxFile.Read(modest), "*continues after the 3 bytes*");
    }

    [Fact]
    public void Line16_a_limit_that_is_given_stands_in_place_of_the_ratio()
    {
        const int Count = 17 << 20;
        string path = folder.Write("zeros", IdxBytes.Gzip(IdxBytes.Of([Count], new byte[Count])));
        FluentActions.Invoking(() => IdxFile.Read(path)).Should().Throw<DataFormatException>().WithMessage("*the most is 67108864*");
        IdxFile.Read(path, mostBytes: 4L * Count).Count.Should().Be(Count);
        FluentActions.Invoking(() => IdxFile.Read(path, mostBytes: (4L * Count) - 1)).Should().Throw<DataFormatException>()
            .WithMessage($"*the most is {(4L * Count) - 1}*");
        FluentActions.Invoking(() => IdxFile.Read(path, mostBytes: -1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("mostBytes");
    }

    [Fact]
    public void Line17_a_folder_is_an_IOException()
        => FluentActions.Invoking(() => IdxFile.Read(folder.Path)).Should().Throw<IOException>().WithMessage("*is a folder*");

    /// <summary>The same file as one member, as three of which one is empty, with a name in the header, and not compressed.</summary>
    private static IEnumerable<byte[]> Streams()
    {
        byte[] one = IdxBytes.Gzip(Whole), named = [.. one];
        named[3] |= 8;
        using var stored = new MemoryStream();
        using (var stream = new GZipStream(stored, CompressionLevel.NoCompression, leaveOpen: true)) stream.Write(Whole);
        byte[] three = [.. IdxBytes.Gzip(Whole[..7]), .. IdxBytes.Gzip([]), .. IdxBytes.Gzip(Whole[7..])];
        return [one, three, [.. named[..10], .. "file\0"u8, .. one[10..]], stored.ToArray()];
    }

    private static byte[] Smallest(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static void TakesLittle(Action read, string message)
    {
        FluentActions.Invoking(read).Should().Throw<DataFormatException>().WithMessage(message);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(read).Should().Throw<DataFormatException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
    }

    private FluentAssertions.Specialized.ExceptionAssertions<DataFormatException> Refused(byte[] file, string why = "")
        => FluentActions.Invoking(() => Read(file)).Should().Throw<DataFormatException>(why);

    private Tensor Read(byte[] bytes) => IdxFile.Read(folder.Write("file", bytes));
}
