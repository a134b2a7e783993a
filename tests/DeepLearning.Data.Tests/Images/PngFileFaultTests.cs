namespace DeepLearning.Data.Tests.Images;

/// <summary>Images whose chunks have right checksums, and which are damaged, too large, or rare all the same.</summary>
public sealed class PngFileFaultTests : IDisposable
{
    private static readonly byte[] Pixels = [0, 1, 2, 255, 128, 7], Rows = PngBytes.Zlib([0, 0, 1, 2, 0, 255, 128, 7]);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Line19_empty_chunks_of_rows_may_stand_anywhere()
    {
        byte[] empty = PngBytes.Chunk("IDAT"u8, []);
        for (int at = 0; at <= Rows.Length; at++)
        {
            byte[] first = PngBytes.Chunk("IDAT"u8, Rows[..at]), second = PngBytes.Chunk("IDAT"u8, Rows[at..]);
            Read(Small(empty, first, second)).ToArray().Should().Equal(Pixels.Select(p => (float)p));
            Read(Small(first, empty, empty, second)).ToArray().Should().Equal(Pixels.Select(p => (float)p));
            Read(Small(first, second, empty)).ToArray().Should().Equal(Pixels.Select(p => (float)p));
        }

        Read(Small([.. Rows.Select(b => PngBytes.Chunk("IDAT"u8, [b]))])).ToArray().Should().Equal(Pixels.Select(p => (float)p));
        Refused(Small(empty)).WithMessage("*rows are damaged*cut off*");
        Refused(Small()).WithMessage("*rows are damaged*cut off*");
    }

    [Fact]
    public void Line17_rows_that_ask_for_a_dictionary_are_damaged()
        => Refused(Small(PngBytes.Chunk("IDAT"u8, [0x78, 0xBB, 0, 0, 0, 1, .. Rows[2..]]))).WithMessage("*rows are damaged*");

    [Fact]
    public void Line11_every_flipped_bit_of_the_rows_is_found_although_the_chunk_s_checksum_is_right()
    {
        for (int bit = 0; bit < Rows.Length * 8; bit++)
        {
            byte[] flipped = [.. Rows];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            // What fills the byte before the checksum, behind the end mark's last bit, says nothing and is not checked by the format.
            byte[] file = Small(PngBytes.Chunk("IDAT"u8, flipped));
            if (bit / 8 == Rows.Length - 5 && bit % 8 > 2) Read(file).ToArray().Should().Equal(Pixels.Select(p => (float)p));
            else Refused(file, $"bit {bit}");
        }
    }

    [Fact]
    public void Line11_rows_that_are_cut_off_or_go_on_are_found_although_the_chunk_s_checksum_is_right()
    {
        for (int length = 0; length < Rows.Length; length++) Refused(Small(PngBytes.Chunk("IDAT"u8, Rows[..length])), $"{length} bytes");
        foreach (byte[] more in new byte[][] { [0], [7], [.. Rows], new byte[20_000] })
            Refused(Small(PngBytes.Chunk("IDAT"u8, [.. Rows, .. more]))).WithMessage("*rows are damaged*after its end*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Line16_an_image_of_66_KB_that_takes_over_a_gigabyte_is_refused_without_memory(int channels)
    {
        string path = Write(PngBytes.File(PngBytes.Header(8192, 8192, 8, 0), PngBytes.Chunk("IDAT"u8, PngBytes.Zlib(new byte[8192 * 8193]))));
        TakesLittle(
            () => PngFile.Read(path, channels), $"*would unpack the file of {new FileInfo(path).Length} bytes to {8192L * 8192 * channels * 4}*mostBytes*");
    }

    [Theory]
    [InlineData(8192, 8192, 8, 0)]
    [InlineData(4000, 4000, 8, 0)]
    [InlineData(4000, 2000, 16, 6)]
    [InlineData(1, 1 << 24, 1, 0)]
    public void Line16_an_image_of_67_bytes_that_claims_to_be_large_is_refused_without_memory(int width, int height, byte depth, byte color)
    {
        string path = Write(PngBytes.File(PngBytes.Header(width, height, depth, color), PngBytes.Chunk("IDAT"u8, PngBytes.Zlib([0]))));
        TakesLittle(() => PngFile.Read(path), "*");
        TakesLittle(() => PngFile.Read(path, mostBytes: long.MaxValue), "*rows unpack to 1 bytes*");
    }

    [Fact]
    public void Line16_a_limit_that_is_given_stands_in_place_of_the_ratio()
    {
        string path = Write(PngBytes.File(PngBytes.Header(4100, 4100, 8, 0), PngBytes.Chunk("IDAT"u8, PngBytes.Zlib(new byte[4100 * 4101]))));
        FluentActions.Invoking(() => PngFile.Read(path)).Should().Throw<DataFormatException>().WithMessage("*the most is 67108864*");
        PngFile.Read(path, mostBytes: 4100 * 4100 * 4).Shape.Should().Equal(4100, 4100);
        string small = Write(Small(PngBytes.Chunk("IDAT"u8, Rows)));
        FluentActions.Invoking(() => PngFile.Read(small, mostBytes: 23)).Should().Throw<DataFormatException>().WithMessage("*to 24 or more; the most is 23*");
        PngFile.Read(small, mostBytes: 24).Count.Should().Be(6);
        FluentActions.Invoking(() => PngFile.Read(small, mostBytes: -1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("mostBytes");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    [InlineData(0, 8)]
    [InlineData(0, 16)]
    [InlineData(2, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(4, 16)]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    public void Line16_every_kind_of_image_has_the_rows_that_are_counted(byte color, byte depth)
    {
        int bits = depth * color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        byte[] palette = color == 3 ? PngBytes.Chunk("PLTE"u8, [9, 9, 9]) : [];
        for (int width = 1; width < 10; width++)
        {
            int row = 1 + (((width * bits) + 7) / 8);
            byte[] plain = PngBytes.Header(width, 3, depth, color), rows = new byte[3 * row];
            Read(PngBytes.File(plain, palette, PngBytes.Chunk("IDAT"u8, PngBytes.Zlib(rows)))).Shape.Should().Equal(3, width);
            Refused(PngBytes.File(plain, palette, PngBytes.Chunk("IDAT"u8, PngBytes.Zlib(rows[1..])))).WithMessage($"*{(3 * row) - 1} bytes*has {3 * row}*");
            Refused(PngBytes.File(plain, palette, PngBytes.Chunk("IDAT"u8, PngBytes.Zlib([.. rows, 0])))).WithMessage($"*more than the {3 * row} bytes*");
        }
    }

    [Fact]
    public void Line16_an_interlaced_image_has_the_rows_of_its_passes()
    {
        (int X, int Y, int StepX, int StepY)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        for (int width = 1; width < 11; width++)
        {
            const int Height = 6;
            var rows = new List<byte>();
            foreach ((int x, int y, int stepX, int stepY) in passes)
            {
                if (x >= width) continue;
                for (int r = y; r < Height; r += stepY)
                {
                    rows.Add(0);
                    for (int c = x; c < width; c += stepX) rows.Add((byte)((r * width) + c));
                }
            }

            byte[] header = PngBytes.Header(width, Height, 8, 0, interlaced: 1);
            Read(PngBytes.File(header, PngBytes.Chunk("IDAT"u8, PngBytes.Zlib([.. rows])))).ToArray()
                .Should().Equal(Enumerable.Range(0, width * Height).Select(i => (float)i));
            Refused(PngBytes.File(header, PngBytes.Chunk("IDAT"u8, PngBytes.Zlib([.. rows.SkipLast(1)])))).WithMessage($"*has {rows.Count}*");
        }
    }

    [Theory]
    [InlineData(2, 4, 0)]
    [InlineData(3, 16, 0)]
    [InlineData(1, 8, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(0, 8, 2)]
    public void Line17_a_header_that_no_image_has_is_refused(byte color, byte depth, byte interlaced)
        => Refused(PngBytes.File(PngBytes.Header(3, 2, depth, color, interlaced), PngBytes.Chunk("IDAT"u8, PngBytes.Zlib(new byte[8]))));

    [Fact]
    public void Line17_whatever_stands_in_the_chunks_the_error_is_a_typed_one()
    {
        var random = new Random(1);
        byte[] raw = new byte[60];
        for (int i = 0; i < 1500; i++)
        {
            random.NextBytes(raw);
            byte[] header = PngBytes.Header(random.Next(1, 5), random.Next(1, 4), (byte)(1 << random.Next(5)), (byte)random.Next(7), (byte)random.Next(2));
            byte[] rows = PngBytes.Zlib(raw[..random.Next(60)]);
            byte[] palette = random.Next(2) == 0 ? [] : PngBytes.Chunk("PLTE"u8, raw[..random.Next(12)]);
            byte[] transparency = random.Next(2) == 0 ? [] : PngBytes.Chunk("tRNS"u8, raw[..random.Next(8)]);
            try
            {
                Read(PngBytes.File(header, palette, transparency, PngBytes.Chunk("IDAT"u8, rows)));
            }
            catch (DataFormatException)
            {
            }
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    public void FoundA12_an_index_beyond_the_palette_is_refused(byte depth)
    {
        byte[] header = PngBytes.Header(2, 2, depth, 3), palette = PngBytes.Chunk("PLTE"u8, [10, 10, 10, 20, 20, 20, 30, 30, 30]);
        byte[] rows = depth switch { 8 => [0, 0, 1, 0, 2, 3], 4 => [0, 0x01, 0, 0x23], _ => [0, 0b0001_0000, 0, 0b1011_0000] };
        byte[] data = PngBytes.Chunk("IDAT"u8, PngBytes.Zlib(rows)), opacity = PngBytes.Chunk("tRNS"u8, [0, 0]);
        Refused(PngBytes.File(header, palette, data)).WithMessage("*row 1, column 1 has the colour 3 of a palette of 3*");
        Refused(PngBytes.File(header, palette, opacity, data)).WithMessage("*row 1, column 1 has the colour 3 of a palette of 3*");
        Refused(PngBytes.File(header, data)).WithMessage("*palette is missing*");
        byte[] whole = PngBytes.Chunk("PLTE"u8, [10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40]);
        Read(PngBytes.File(header, whole, data)).ToArray().Should().Equal(10, 20, 30, 40);
        PngFile.Read(Write(PngBytes.File(header, whole, opacity, data)), channels: 4).ToArray()
            .Should().Equal(10, 10, 10, 0, 20, 20, 20, 0, 30, 30, 30, 255, 40, 40, 40, 255);
    }

    [Fact]
    public void FoundA12_a_palette_or_transparency_in_a_wrong_place_or_twice_is_refused()
    {
        byte[] header = PngBytes.Header(2, 1, 8, 3), data = PngBytes.Chunk("IDAT"u8, PngBytes.Zlib([0, 0, 1])), empty = PngBytes.Chunk("IDAT"u8, []);
        byte[] palette = PngBytes.Chunk("PLTE"u8, [10, 10, 10, 20, 20, 20]), opacity = PngBytes.Chunk("tRNS"u8, [0]);
        Read(PngBytes.File(header, palette, opacity, data)).ToArray().Should().Equal(10, 20);
        Refused(PngBytes.File(header, data, palette)).WithMessage("*PLTE at byte*appears after the rows*");
        Refused(PngBytes.File(header, empty, palette, data)).WithMessage("*PLTE at byte*appears after the rows*");
        Refused(PngBytes.File(header, palette, palette, data)).WithMessage("*PLTE at byte*appears twice*");
        Refused(PngBytes.File(header, palette, data, opacity)).WithMessage("*tRNS at byte*appears after the rows*");
        Refused(PngBytes.File(header, palette, opacity, opacity, data)).WithMessage("*tRNS at byte*appears twice*");
        Refused(PngBytes.File(header, opacity, palette, data)).WithMessage("*PLTE at byte*after the transparency*");
    }

    [Fact]
    public void FoundD3_rows_with_another_checksum_are_told_in_a_sentence_of_their_own()
        => Refused(Small(PngBytes.Chunk("IDAT"u8, [.. Rows[..^1], (byte)(Rows[^1] ^ 1)])))
            .WithMessage("*rows are damaged. Its content does not match its checksum and length.");

    [Fact]
    public void Line17_a_folder_is_an_IOException()
        => FluentActions.Invoking(() => PngFile.Read(folder.Path)).Should().Throw<IOException>().WithMessage("*is a folder*");

    private static byte[] Small(params byte[][] chunks) => PngBytes.File(PngBytes.Header(3, 2, 8, 0), chunks);

    private static void TakesLittle(Action read, string message)
    {
        FluentActions.Invoking(read).Should().Throw<DataFormatException>().WithMessage(message);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(read).Should().Throw<DataFormatException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
    }

    private FluentAssertions.Specialized.ExceptionAssertions<DataFormatException> Refused(byte[] file, string why = "")
        => FluentActions.Invoking(() => Read(file)).Should().Throw<DataFormatException>(why);

    private Tensor Read(byte[] file) => PngFile.Read(Write(file));

    private string Write(byte[] file) => folder.Write("image.png", file);
}
