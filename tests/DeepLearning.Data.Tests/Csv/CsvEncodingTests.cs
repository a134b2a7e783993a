using System.IO.Compression;
using System.Text;
using static DeepLearning.Data.Tests.CsvText;

namespace DeepLearning.Data.Tests;

/// <summary>Bytes that are no text, and files that are no tables.</summary>
public sealed class CsvEncodingTests
{
    [Theory]
    [InlineData("x,kind\n1,café\n2,cafè\n", 2, 12)]
    [InlineData("größe,kind\n1,a\n2,b\n", 1, 2)]
    [InlineData("x,kind\r\n1,a\r\n2,é", 3, 15)]
    [InlineData("x,kind\r1,a\r2,é\r", 3, 13)]
    public void Line04_Text_that_is_not_UTF8_is_refused_with_line_and_byte(string text, int line, int offset)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        FluentActions.Invoking(() => Read(bytes)).Should().Throw<DataFormatException>()
            .WithMessage($"*line {line}, byte offset {offset}: expected text in utf-8, got 0x*CsvOptions.Encoding*");
    }

    [Fact]
    public void Line04_Other_encodings_can_be_asked_for()
    {
        byte[] bytes = Encoding.Latin1.GetBytes("größe,kind\n1,café\n2,cafè\n");
        Dataset data = Read(bytes, new CsvOptions { Encoding = Encoding.Latin1 });
        data.ClassNames.Should().Equal("cafè", "café");
        data.FeatureNames.Should().Equal("größe");
        FluentActions.Invoking(() => Read(bytes, new CsvOptions { Encoding = Encoding.ASCII })).Should().Throw<DataFormatException>()
            .WithMessage("*line 1, byte offset 2: expected text in us-ascii, got 0xF6*");
    }

    [Fact]
    public void Line04_A_bad_byte_far_down_is_found()
    {
        string good = string.Concat(Enumerable.Repeat("1,ä\n", 50_000));
        byte[] bytes = [.. Encoding.UTF8.GetBytes(good), .. Encoding.Latin1.GetBytes("2,é\n")];
        FluentActions.Invoking(() => Read(bytes)).Should().Throw<DataFormatException>().WithMessage("*line 50001, byte offset 250002*0xE9*");
    }

    [Fact]
    public void Line04_Byte_order_marks_tell_the_encoding()
    {
        foreach (Encoding encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            Dataset data = Read([.. encoding.GetPreamble(), .. encoding.GetBytes("größe,kind\n1,é\n2,è\n")]);
            data.FeatureNames.Should().Equal("größe");
            data.ClassNames.Should().Equal("è", "é");
        }

        byte[] unmarked = Encoding.Unicode.GetBytes("größe,kind\n1,é\n2,è\n");
        FluentActions.Invoking(() => Read(unmarked)).Should().Throw<DataFormatException>().WithMessage("*UTF-16*Encoding.Unicode*");
        FluentActions.Invoking(() => Read(Encoding.BigEndianUnicode.GetBytes("x,y\n"))).Should().Throw<DataFormatException>().WithMessage("*BigEndianUnicode*");
        Read(unmarked, new CsvOptions { Encoding = Encoding.Unicode }).ClassNames.Should().Equal("è", "é");
        byte[] torn = [.. Encoding.Unicode.GetPreamble(), .. unmarked, 0xE9];
        FluentActions.Invoking(() => Read(torn)).Should().Throw<DataFormatException>().WithMessage("*line 4, byte offset*utf-16*byte-order mark*truncated*");
        byte[] joined = [.. Encoding.UTF8.GetPreamble(), .. Encoding.Latin1.GetBytes("x,kind\n1,é\n")];
        FluentActions.Invoking(() => Read(joined, new CsvOptions { Encoding = Encoding.Latin1 })).Should().Throw<DataFormatException>()
            .WithMessage("*line 2, byte offset*byte-order mark*two files joined*");
    }

    [Theory]
    [InlineData("PK\u0003\u0004", "zip")]
    [InlineData("PAR1\u0015\u0004", "Parquet")]
    [InlineData("1,2\n\0\0\0", "binary")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("{\n  \"a\": 1}", "JSON")]
    [InlineData("[{\"a\": 1}]", "JSON")]
    [InlineData("<?xml version=\"1.0\"?>", "XML")]
    [InlineData("\n<!DOCTYPE html>", "HTML")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "Git LFS")]
    [InlineData("\u00D0\u00CF\u0011\u00E0", "xls")]
    [InlineData("\u0089PNG", "PNG")]
    public void Line04_Files_that_are_no_tables_are_named(string start, string name)
        => FluentActions.Invoking(() => Read(Encoding.Latin1.GetBytes(start))).Should().Throw<DataFormatException>().WithMessage($"*looks like*{name}*");

    [Theory]
    [InlineData("7,a\n5\0\0,b\n", "*line 202, column 1: expected a finite number*")]
    [InlineData("7,a\n5,b\0\n", "*line 202, column 2*NUL*")]
    public void Line04_A_torn_end_is_refused(string end, string message)
        => Refuses(string.Concat(Enumerable.Repeat("1,a\n", 200)) + end, message);

    [Fact]
    public void Line04_A_compressed_table_is_named()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write("x,y\n1,2\n"u8);
        FluentActions.Invoking(() => Read(packed.ToArray())).Should().Throw<DataFormatException>().WithMessage("*gzip*decompress*");
        Read("PAR1,PK,y\n1,2,a\n").FeatureNames.Should().Equal("PAR1", "PK");
    }
}
