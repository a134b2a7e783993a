using System.IO.Compression;
using System.Text;

namespace DeepLearning.Tests.Serialization;

/// <summary>The bytes follow the description in numpy.lib.format; versions 1.0 to 3.0.</summary>
public sealed class NumPyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Target => Path.Combine(folder.Path, "x");

    [Fact]
    public void An_array_comes_back_with_the_same_bits_whatever_its_shape()
    {
        foreach (Shape shape in new Shape[] { [], [0], [3], [2, 3], [2, 0, 3], [2, 3, 4, 5] })
        {
            Tensor array = Tensor.RandomNormal(shape, seed: 1);
            NumPy.Save(Target, array);
            Tensor loaded = NumPy.Load(Target);
            loaded.Shape.Should().Equal(shape);
            loaded.ToArray().Should().Equal(array.ToArray());
        }
    }

    [Fact]
    public void What_is_written_is_what_NumPy_writes()
    {
        using var stream = new MemoryStream();
        NumPy.Save(stream, Tensor.From([1f, 2f, 3f]));
        byte[] bytes = stream.ToArray();
        bytes.Should().HaveCount(128 + 12);
        bytes[..10].Should().Equal(0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0);
        Encoding.ASCII.GetString(bytes[10..128]).Should().Be("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".PadRight(117) + "\n");
    }

    [Theory]
    [InlineData("<f4", "0000C03F", 1.5f)]
    [InlineData(">f4", "3FC00000", 1.5f)]
    [InlineData("=f4", "0000C03F", 1.5f)]
    [InlineData("<f8", "000000000000F83F", 1.5f)]
    [InlineData(">f8", "3FF8000000000000", 1.5f)]
    [InlineData("<f2", "003E", 1.5f)]
    [InlineData("|b1", "01", 1f)]
    [InlineData("|i1", "FE", -2f)]
    [InlineData("|u1", "FE", 254f)]
    [InlineData("<i2", "FEFF", -2f)]
    [InlineData(">u2", "FFFE", 65534f)]
    [InlineData("<i4", "FEFFFFFF", -2f)]
    [InlineData("<u4", "FEFFFFFF", 4294967294f)]
    [InlineData(">i8", "FFFFFFFFFFFFFFFE", -2f)]
    [InlineData("<u8", "0000000000000080", 9223372036854775808f)]
    public void Every_type_and_byte_order_becomes_float32(string type, string bytes, float expected)
        => Read(Npy($"{{'descr': '{type}', 'fortran_order': False, 'shape': (), }}", Convert.FromHexString(bytes))).ToScalar().Should().Be(expected);

    [Fact]
    public void Fortran_order_is_turned()
    {
        byte[] columns = [1, 4, 2, 5, 3, 6];
        Tensor matrix = Read(Npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", columns));
        matrix.ToArray2D().Should().BeEquivalentTo(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        byte[] cube = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
        Read(Npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }", cube))[1, 2, 3].Should().Be(1 + 2 * (2 + 3 * 3));
    }

    [Theory]
    [InlineData(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }   \n")]
    [InlineData(2, "{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"|u1\"}")]
    [InlineData(3, "{ 'descr' : '|u1' ,'fortran_order':False, 'shape':(2L,) , }\n")]
    public void Every_version_and_spelling_of_the_header_is_read(int version, string header)
        => Read(Npy(header, [7, 9], (byte)version)).ToArray().Should().Equal(7, 9);

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "*type |O, Python objects, which would run code*")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }", "*type <c8*expected b1*")]
    [InlineData("{'descr': '<U5', 'fortran_order': False, 'shape': (2,), }", "*type <U5*")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "*structured array*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", "*x is unknown*")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "*descr is unknown or appears twice*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "*needs descr, fortran_order and shape*")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}", "*True or False*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", "*expected a dimension*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}", "*comma*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,)}", "*no tensor can have the shape (4294967296)*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536)}", "*no tensor can have*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
        + "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}", "*no tensor can have*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} + open('x')", "*continues after its end*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,)}", "*cut off*takes 2000000000 bytes, got 8*")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "*continues after the 4 bytes*")]
    [InlineData("{'descr': '<f4", "*no end*")]
    [InlineData("", "*expected {*its end*")]
    public void A_header_that_cannot_be_read_says_what_is_wrong_without_taking_memory(string header, string message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rejected(Npy(header, new byte[8])).WithMessage(message);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4 << 20);
    }

    [Fact]
    public void Fault36_an_array_cut_off_at_any_byte_is_detected()
    {
        byte[] whole = Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", new byte[8]);
        for (int length = 0; length < whole.Length; length++) Rejected(whole[..length]);
    }

    [Fact]
    public void Fault38_another_file_is_called_what_it_looks_like()
    {
        Rejected("PK\u0003\u0004"u8.ToArray()).WithMessage("*zip archive*LoadArchive*");
        Rejected("<html>"u8.ToArray()).WithMessage("*HTML page*");
        Rejected("something"u8.ToArray()).WithMessage("*something else*");
        Rejected(Npy("{}", [], version: 4)).WithMessage("*format version 4*");
        folder.Write("x", [.. "GGUF"u8, .. new byte[60]]);
        FluentActions.Invoking(() => NumPy.LoadArchive(Target)).Should().Throw<ModelFormatException>().WithMessage("*not a complete zip archive*GGUF*");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_archive_comes_back_by_name(bool compress)
    {
        var arrays = new Dictionary<string, Tensor> { ["w"] = Tensor.Range(6).Reshape(2, 3), ["layer/b"] = Tensor.From([1f]) };
        NumPy.SaveArchive(Target, arrays, compress);
        byte[] once = File.ReadAllBytes(Target);
        NumPy.SaveArchive(Target, arrays, compress);
        File.ReadAllBytes(Target).Should().Equal(once);

        IReadOnlyDictionary<string, Tensor> loaded = NumPy.LoadArchive(Target);
        loaded.Keys.Should().BeEquivalentTo(arrays.Keys);
        loaded["w"].ToArray().Should().Equal(0, 1, 2, 3, 4, 5);
        loaded["w"].Shape.Should().Equal(2, 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fault37_a_flipped_bit_in_an_archive_s_values_is_found(bool compress)
    {
        float[] values = [.. Enumerable.Range(0, 64).Select(i => i * 0.37f)];
        NumPy.SaveArchive(Target, new Dictionary<string, Tensor> { ["w"] = Tensor.From(values) }, compress);
        byte[] whole = File.ReadAllBytes(Target);
        // Behind the header of the entry (30 bytes and the name) stands its content.
        for (int at = 30 + "w.npy".Length + 1; at < 30 + "w.npy".Length + 200; at += 3)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 0x10;
            File.WriteAllBytes(Target, flipped);
            FluentActions.Invoking(() => NumPy.LoadArchive(Target)).Should().Throw<ModelFormatException>("byte {0} is another", at);
        }
    }

    [Fact]
    public void Fault46_an_archive_that_unpacks_to_far_more_than_it_weighs_is_refused()
    {
        // 96 MiB of zeros would take 96 KiB; the claim alone is enough.
        Zip(("zeros.npy", Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (100663296,), }", new byte[1 << 20])));
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => NumPy.LoadArchive(Target)).Should().Throw<ModelFormatException>()
            .WithMessage("*zeros.npy would unpack*the most is 67108864*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4 << 20);
    }

    [Fact]
    public void Fault46_the_sizes_of_an_archive_add_up_and_have_a_limit()
    {
        NumPy.SaveArchive(Target, new Dictionary<string, Tensor> { ["a"] = Tensor.Zeros([100]), ["b"] = Tensor.Zeros([100]) });
        FluentActions.Invoking(() => NumPy.LoadArchive(Target, mostBytes: 900)).Should().Throw<ModelFormatException>().WithMessage("*b.npy would unpack*900*");
        NumPy.LoadArchive(Target, mostBytes: 1100).Should().HaveCount(2);
    }

    [Fact]
    public void An_archive_with_something_else_in_it_or_cut_off_is_refused()
    {
        Zip(("readme.txt", [1]));
        FluentActions.Invoking(() => NumPy.LoadArchive(Target)).Should().Throw<ModelFormatException>().WithMessage("*readme.txt is no array*");
        byte[] one = Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }", [1]);
        Zip(("a.npy", one), ("a.npy", one));
        FluentActions.Invoking(() => NumPy.LoadArchive(Target)).Should().Throw<ModelFormatException>().WithMessage("*a.npy appears twice*");
        byte[] whole = File.ReadAllBytes(Target);
        for (int length = 0; length < whole.Length; length += 5)
        {
            File.WriteAllBytes(Target, whole[..length]);
            FluentActions.Invoking(() => NumPy.LoadArchive(Target)).Should().Throw<ModelFormatException>($"{length} bytes");
        }
    }

    [Theory]
    [InlineData(1e300, false)]
    [InlineData(-1e39, true)]
    [InlineData(3.4028236e38, false)]
    public void FoundA14_a_double_beyond_float32_is_refused(double value, bool bigEndian)
    {
        byte[] bytes = BitConverter.GetBytes(value);
        if (bigEndian) Array.Reverse(bytes);
        Rejected(Npy($"{{'descr': '{(bigEndian ? '>' : '<')}f8', 'fortran_order': False, 'shape': (2,), }}", [.. new byte[8], .. bytes]))
            .WithMessage("*element 1 is*E+*beyond float32*scale*");
    }

    [Fact]
    public void FoundA14_infinities_and_what_rounds_to_the_largest_are_read()
    {
        double[] values = [double.PositiveInfinity, double.NegativeInfinity, double.NaN, float.MaxValue, 3.40282350e38];
        Read(Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (5,), }", [.. values.SelectMany(BitConverter.GetBytes)])).ToArray()
            .Should().Equal(float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.MaxValue, float.MaxValue);
        Read(Npy("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", BitConverter.GetBytes(ulong.MaxValue))).ToArray()
            .Should().Equal(18446744073709551615f);
    }

    public void Dispose() => folder.Dispose();

    private static FluentAssertions.Specialized.ExceptionAssertions<ModelFormatException> Rejected(byte[] file)
        => FluentActions.Invoking(() => Read(file)).Should().Throw<ModelFormatException>();

    private static Tensor Read(byte[] file) => NumPy.Load(new MemoryStream(file));

    private static byte[] Npy(string header, byte[] data, byte version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), size = BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. size[..(version == 1 ? 2 : 4)], .. text, .. data];
    }

    private void Zip(params (string Name, byte[] Content)[] entries)
    {
        using FileStream file = File.Create(Target);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
            entry.Write(content);
        }
    }
}
