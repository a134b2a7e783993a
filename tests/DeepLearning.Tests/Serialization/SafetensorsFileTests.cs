using System.Buffers.Binary;
using System.Text;

namespace DeepLearning.Tests.Serialization;

public sealed class SafetensorsFileTests
{
    private const string OneTensor = """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Fact]
    public void What_is_written_is_read_again_with_the_same_bits()
    {
        float[] odd = [0f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, 0.1f];
        SafetensorsContent content = Read(Written(("a.kernel", [2, 3], odd), ("empty", [0, 3], []), ("scalar", [], [7f])));

        content.Names.Should().BeEquivalentTo("a.kernel", "empty", "scalar");
        content.ShapeOf("a.kernel").Should().Equal(2, 3);
        content.ShapeOf("empty").Should().Equal(0, 3);
        content.ShapeOf("scalar").Rank.Should().Be(0);
        var values = new float[6];
        content.CopyTo("a.kernel", values);
        values.Select(BitConverter.SingleToInt32Bits).Should().Equal(odd.Select(BitConverter.SingleToInt32Bits));
        content.Metadata.Should().Equal(new Dictionary<string, string> { ["note"] = "„ünï“ \" \\ <\u0001>" });
    }

    [Fact]
    public void The_data_begins_at_a_multiple_of_eight_as_other_readers_like_it()
        => (BinaryPrimitives.ReadInt64LittleEndian(Written(("x", [1], [1f]))) % 8).Should().Be(0);

    [Fact]
    public void Tensors_over_many_chunks_come_from_streams_that_cannot_seek()
    {
        float[] values = Tensor.RandomUniform([600_000], seed: 1).ToArray();
        using var stream = new ForwardStream(Written(("x", [600_000], values)));
        SafetensorsFile.Read(stream).Tensors["x"].AsReadOnlySpan().SequenceEqual(values).Should().BeTrue();
    }

    [Theory]
    [InlineData("F64", "000000000000F83F", 1.5f)]
    [InlineData("F16", "003E", 1.5f)]
    [InlineData("BF16", "C03F", 1.5f)]
    [InlineData("I64", "FEFFFFFFFFFFFFFF", -2f)]
    [InlineData("U64", "0000000000000080", 9223372036854775808f)]
    [InlineData("I32", "FEFFFFFF", -2f)]
    [InlineData("U32", "FEFFFFFF", 4294967294f)]
    [InlineData("I16", "FEFF", -2f)]
    [InlineData("U16", "FEFF", 65534f)]
    [InlineData("I8", "FE", -2f)]
    [InlineData("U8", "FE", 254f)]
    [InlineData("BOOL", "01", 1f)]
    public void Every_element_type_becomes_float32(string type, string bytes, float expected)
    {
        byte[] data = Convert.FromHexString(bytes);
        Read(File("{" + Entry("x", type, "", 0, data.Length) + "}", data)).Tensors["x"].ToScalar().Should().Be(expected);
    }

    [Fact]
    public void Fault36_a_file_cut_off_at_any_byte_is_detected()
    {
        byte[] whole = Written(("x", [3], [1f, 2f, 3f]));
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            ((Action)(() => Read(cut))).Should().Throw<ModelFormatException>($"{length} bytes");
            ((Action)(() => SafetensorsFile.Read(new ForwardStream(cut)))).Should().Throw<ModelFormatException>($"{length} bytes of a stream");
        }

        ((Action)(() => Read([.. whole, 0]))).Should().Throw<ModelFormatException>().WithMessage("*continues after its tensors*");
        ((Action)(() => SafetensorsFile.Read(new ForwardStream([.. whole, 0])))).Should().Throw<ModelFormatException>();
    }

    [Fact]
    public void Fault37_any_flipped_bit_is_detected_where_there_is_a_checksum()
    {
        byte[] bytes = Written(("x", [3], [1f, 2f, 3f]));
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            ((Action)(() => SafetensorsFile.Read(new MemoryStream(bytes), requireChecksum: true))).Should().Throw<ModelFormatException>($"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData("504B030414000000", "zip archive")]
    [InlineData("80027D7100", "Python pickle")]
    [InlineData("1F8B080000000000", "gzip")]
    [InlineData("894844460D0A1A0A", "HDF5")]
    [InlineData("934E554D50590100", "NumPy")]
    [InlineData("0807120A646C", "ONNX")]
    [InlineData("", "empty file")]
    public void Fault38_a_foreign_file_is_called_what_it_looks_like(string bytes, string kind)
        => FluentActions.Invoking(() => Read([.. Convert.FromHexString(bytes), .. new byte[100].Take(bytes.Length * 10)]))
            .Should().Throw<ModelFormatException>().WithMessage($"*it looks like*{kind}*");

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer")]
    [InlineData("\n <!DOCTYPE html><html>", "HTML page")]
    [InlineData("<html lang=en>", "HTML page")]
    [InlineData("{\"model\": 1}", "JSON")]
    public void Fault38_a_foreign_text_is_called_what_it_looks_like(string text, string kind)
        => Rejected(Encoding.UTF8.GetBytes(text)).WithMessage($"*it looks like*{kind}*");

    [Theory]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001UL)]
    public void Fault39_40_an_absurd_header_length_throws_without_allocating(ulong length)
    {
        byte[] file = File(OneTensor, new byte[8]);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rejected(file).WithMessage($"*{length}*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Fault39_a_header_beyond_the_file_throws_without_allocating()
    {
        byte[] file = File(OneTensor, new byte[8]);
        BinaryPrimitives.WriteUInt64LittleEndian(file, 99_999_999);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rejected(file).WithMessage($"*99999999 bytes, but the file has {file.Length - 8} more*");
        ((Action)(() => SafetensorsFile.Read(new ForwardStream(file)))).Should().Throw<ModelFormatException>().WithMessage("*cut off*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4 << 20);
    }

    [Theory]
    [InlineData(0, 8, 4, 12, "*y begins at 4*ends at 8*")]
    [InlineData(0, 8, 12, 20, "*y begins at 12*ends at 8*")]
    [InlineData(8, 0, 0, 8, "*x*takes 8 bytes*8 and 0*")]
    [InlineData(4, 12, 12, 20, "*x begins at 4*ends at 0*")]
    [InlineData(0, 8, 0, 8, "*begins at 0*ends at 8*")]
    public void Fault41_offsets_that_overlap_leave_holes_or_run_backwards(int a, int b, int c, int d, string message)
        => Rejected(File("{" + Entry("x", "F32", "2", a, b) + "," + Entry("y", "F32", "2", c, d) + "}", new byte[20])).WithMessage(message);

    [Theory]
    [InlineData("[3]", "takes 12 bytes")]
    [InlineData("[4294967296]", "no tensor can have")]
    [InlineData("[65536,65536,65536,65536,65536]", "no tensor can have")]
    [InlineData("[-1]", "whole numbers")]
    [InlineData("[1.5]", "whole numbers")]
    [InlineData("[9223372036854775808]", "whole numbers")]
    [InlineData("[\"2\"]", "whole numbers")]
    public void Fault42_a_shape_that_is_not_that_of_the_bytes_throws(string shape, string message)
        => Rejected(File(OneTensor.Replace("[2]", shape), new byte[8])).WithMessage($"*x*{message}*");

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "x appears twice")]
    [InlineData("""{"x":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "dtype of tensor x twice")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "a appears twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", "Expected String for __metadata__.a")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":0}}""", "unknown field more")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2]}}""", "needs a dtype, a shape and two data_offsets")]
    [InlineData("""{"x":[]}""", "Expected StartObject for tensor x")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}""", "not valid JSON")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", "not valid JSON")]
    [InlineData("""{"\uD800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not valid JSON")]
    public void Fault43_duplicate_keys_and_other_broken_headers_throw(string header, string message)
        => Rejected(File(header, new byte[8])).WithMessage($"*{message}*");

    [Fact]
    public void Fault43_deeply_nested_json_throws()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        Rejected(File("{\"x\":" + deep + "}", [])).WithMessage("*tensor x*");
        Rejected(File("{\"x\":{\"shape\":" + deep + "}}", [])).WithMessage("*shape of tensor x*");
    }

    [Fact]
    public void Fault44_an_unknown_element_type_is_named()
        => Rejected(File(OneTensor.Replace("F32", "F8_E4M3"), new byte[8])).WithMessage("*x*F8_E4M3*BF16*");

    [Fact]
    public void Names_that_stand_twice_are_not_written()
        => FluentActions.Invoking(() => Written(("x", [1], [1f]), ("x", [1], [1f]))).Should().Throw<ArgumentException>().WithMessage("*two tensors named x*");

    private static string Entry(string name, string type, string shape, int begin, int end)
        => $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{shape}],\"data_offsets\":[{begin},{end}]}}";

    private static FluentAssertions.Specialized.ExceptionAssertions<ModelFormatException> Rejected(byte[] file)
        => FluentActions.Invoking(() => Read(file)).Should().Throw<ModelFormatException>();

    private static byte[] Written(params (string Name, Shape Shape, float[] Values)[] tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(
            stream, [.. tensors.Select(t => (t.Name, t.Shape, (ReadOnlyMemory<float>)t.Values))],
            new Dictionary<string, string> { ["note"] = "„ünï“ \" \\ <\u0001>" });
        return stream.ToArray();
    }

    private static SafetensorsContent Read(byte[] file) => SafetensorsFile.Read(new MemoryStream(file));

    private static byte[] File(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), file = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        data.CopyTo(file, 8 + json.Length);
        return file;
    }
}
