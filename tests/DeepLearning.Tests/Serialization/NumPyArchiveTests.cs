using System.IO.Compression;
using System.Text;

namespace DeepLearning.Tests.Serialization;

/// <summary>Archives with more in them than arrays of numbers, or with more than anybody wants.</summary>
public sealed class NumPyArchiveTests : IDisposable
{
    private static readonly byte[] Numbers = Npy("|u1", "(2,)", [7, 9]);

    private readonly TemporaryFolder folder = new();

    private string Target => Path.Combine(folder.Path, "x.npz");

    public static TheoryData<string, string> NotNumeric => new()
    {
        { "'<U5'", "type <U5" }, { "'|S3'", "type |S3" }, { "'|O'", "Python objects" }, { "'<M8[ns]'", "type <M8[ns]" }, { "'<c16'", "type <c16" },
        { "'<f16'", "type <f16" }, { "[('a', '<f4'), ('b', '<i4')]", "structured" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(NotNumeric))]
    public void Line19_an_array_that_is_not_numeric_is_left_out(string type, string reason)
    {
        Zip(("first.npy", Numbers), ("names.npy", Npy(type, "(1,)", new byte[20], quoted: true)), ("last.npy", Numbers));
        IReadOnlyDictionary<string, Tensor> arrays = NumPy.LoadArchive(Target);
        arrays.Keys.Should().BeEquivalentTo("first", "last");
        arrays.Count.Should().Be(2);
        arrays["last"].ToArray().Should().Equal(7, 9);
        arrays.ContainsKey("names").Should().BeFalse();
        arrays.TryGetValue("names", out _).Should().BeFalse();
        FluentActions.Invoking(() => arrays["names"]).Should().Throw<KeyNotFoundException>().WithMessage($"*names.npy*{reason.Replace("[", "?")}*");
        FluentActions.Invoking(() => arrays["other"]).Should().Throw<KeyNotFoundException>().WithMessage("*no array other; it has first, last*");
        Refused(() => NumPy.LoadArchive(Target, names: ["names"]), $"*{reason.Replace("[", "?")}*");
        NumPy.LoadArchive(Target, names: ["first"]).Keys.Should().Equal("first");
        Refused(() => NumPy.LoadArchive(Target, names: ["first", "other"]), "*no array other*");
    }

    [Fact]
    public void Line19_entries_that_are_no_arrays_are_left_out()
    {
        Zip(("README.txt", "hello"u8.ToArray()), ("folder/", []), ("x.npy", Numbers), ("empty", []), ("folder/y.npy", Numbers), ("bare", Numbers));
        IReadOnlyDictionary<string, Tensor> arrays = NumPy.LoadArchive(Target);
        // As in NumPy, an array without the ending is one under its whole name.
        arrays.Keys.Should().BeEquivalentTo("x", "folder/y", "bare");
        FluentActions.Invoking(() => arrays["README.txt"]).Should().Throw<KeyNotFoundException>().WithMessage("*README.txt is no array*");
        Refused(() => NumPy.LoadArchive(Target, names: ["README.txt"]), "*README.txt is no array*");
        Zip(("x.npy", "hello"u8.ToArray()), ("y.npy", Numbers));
        FluentActions.Invoking(() => NumPy.LoadArchive(Target)).Should().Throw<ModelFormatException>("what is called an array is one, or damaged");
        NumPy.LoadArchive(Target, names: ["y"]).Keys.Should().Equal("y");
    }

    [Fact]
    public void Line19_an_archive_without_any_array_of_numbers_says_what_it_has()
    {
        Zip(("archive/data.pkl", [1]), ("names.npy", Npy("<U5", "(1,)", new byte[20])));
        FluentActions.Invoking(() => NumPy.LoadArchive(Target)).Should().Throw<ModelFormatException>()
            .WithMessage("*no array of numbers*data.pkl is no array*type <U5*");
        Zip();
        NumPy.LoadArchive(Target).Should().BeEmpty();
    }

    [Fact]
    public void Line19_a_flipped_bit_does_not_make_an_array_one_that_is_left_out()
    {
        Zip(("x.npy", Numbers), ("y.npy", Numbers));
        byte[] whole = File.ReadAllBytes(Target);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(Target, flipped);
            try
            {
                // A zip archive has no checksum of its directory, so that a name may be another; no array is lost or has other values.
                IReadOnlyDictionary<string, Tensor> arrays = NumPy.LoadArchive(Target);
                arrays.Should().HaveCount(2, $"bit {bit}");
                foreach (Tensor array in arrays.Values) array.ToArray().Should().Equal(new float[] { 7, 9 }, $"bit {bit}");
            }
            catch (ModelFormatException)
            {
            }
        }
    }

    [Fact]
    public void Line16_a_limit_that_is_given_stands_in_place_of_the_ratio()
    {
        const int Count = 17 << 20;
        NumPy.SaveArchive(Target, new Dictionary<string, Tensor> { ["x"] = Tensor.Zeros([Count]) }, compress: true);
        Refused(() => NumPy.LoadArchive(Target), "*the most is 67108864*mostBytes allows it*");
        NumPy.LoadArchive(Target, mostBytes: 4L * Count + 1000)["x"].Count.Should().Be(Count);
        FluentActions.Invoking(() => NumPy.LoadArchive(Target, mostBytes: -1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("mostBytes");
    }

    [Fact]
    public void Line16_arrays_that_are_left_out_have_the_limit_too()
    {
        Zip(("x.npy", Numbers), ("names.npy", Npy("<U5", "(5000000,)", new byte[100_000_000])));
        Refused(() => NumPy.LoadArchive(Target), "*names.npy would unpack*");
        NumPy.LoadArchive(Target, names: ["x"]).Should().HaveCount(1);
    }

    [Fact]
    public void FoundC4_what_macOS_puts_beside_the_arrays_is_left_out()
    {
        byte[] mac = [0, 5, 0x16, 7, 0, 2, 0, 0, .. "Mac OS X        "u8];
        Zip(("x.npy", Numbers), ("__MACOSX/._x.npy", mac), ("._y.npy", mac), ("folder/._z.npy", mac), ("folder/z.npy", Numbers), ("._w.npy", Numbers));
        IReadOnlyDictionary<string, Tensor> arrays = NumPy.LoadArchive(Target);
        arrays.Keys.Should().BeEquivalentTo("x", "folder/z", "._w");
        FluentActions.Invoking(() => arrays["__MACOSX/._x.npy"]).Should().Throw<KeyNotFoundException>().WithMessage("*__MACOSX/._x.npy is no array*");
    }

    [Fact]
    public void FoundC5_names_may_have_the_ending_and_the_message_lists_what_there_is()
    {
        Zip(("x.npy", Numbers), ("y.npy", Npy("|u1", "(1,)", [3])), ("y.npy.npy", Npy("|u1", "(1,)", [4])));
        IReadOnlyDictionary<string, Tensor> one = NumPy.LoadArchive(Target, names: ["x.npy"]);
        one.Keys.Should().Equal("x");
        one["x.npy"].ToArray().Should().Equal(7, 9);
        one["x"].ToArray().Should().Equal(7, 9);
        one.ContainsKey("x.npy").Should().BeTrue();
        FluentActions.Invoking(() => one["y"]).Should().Throw<KeyNotFoundException>().WithMessage("*y was not read*");
        IReadOnlyDictionary<string, Tensor> all = NumPy.LoadArchive(Target);
        (all["y"].ToArray()[0], all["y.npy"].ToArray()[0]).Should().Be((3, 4));
        Refused(() => NumPy.LoadArchive(Target, names: ["z"]), "*no array z; it has x, y, y.npy.");
        Refused(() => NumPy.LoadArchive(Target, names: ["X.npy"]), "*no array X.npy; it has x, y, y.npy.");
    }

    [Theory]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(93)]
    public void FoundD4_an_array_that_is_packed_in_another_way_is_told_so(byte method)
    {
        Zip(("x.npy", Numbers));
        byte[] file = File.ReadAllBytes(Target);
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        (file[8], file[directory + 10]) = (method, method);
        File.WriteAllBytes(Target, file);
        Refused(() => NumPy.LoadArchive(Target), "*x.npy cannot be unpacked:*compress*numpy.savez_compressed.");
    }

    [Fact]
    public void FoundD3_an_array_whose_packed_bytes_are_damaged_is_told_so()
    {
        Zip(("x.npy", Npy("|u1", "(2000,)", [.. Enumerable.Range(0, 2000).Select(i => (byte)(i * i))])));
        byte[] file = File.ReadAllBytes(Target);
        // The first block is of the kind that there is not.
        file[30 + "x.npy".Length] |= 6;
        File.WriteAllBytes(Target, file);
        Refused(() => NumPy.LoadArchive(Target), "*x.npy is damaged: it cannot be unpacked.");
    }

    [Fact]
    public void FoundC6_an_array_of_texts_over_the_limit_names_both_ways_round_it()
    {
        Zip(("x.npy", Numbers), ("names.npy", Npy("<U5", "(5000000,)", new byte[100_000_000])));
        Refused(() => NumPy.LoadArchive(Target), "*names.npy would unpack*mostBytes allows it. So do the names of the arrays to read*");
        NumPy.LoadArchive(Target, mostBytes: 200_000_000).Keys.Should().Equal("x");
        // Texts that are not packed cost no more than the file has.
        Zip(("x.npy", Numbers), ("names.npy", Npy("<U5", "(1,)", new byte[20])));
        NumPy.LoadArchive(Target, mostBytes: 100).Keys.Should().Equal("x");
    }

    private static void Refused(Action read, string message) => read.Should().Throw<ModelFormatException>().WithMessage(message);

    private static byte[] Npy(string type, string shape, byte[] data, bool quoted = false)
    {
        byte[] text = Encoding.Latin1.GetBytes($"{{'descr': {(quoted ? type : $"'{type}'")}, 'fortran_order': False, 'shape': {shape}, }}");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)text.Length), .. text, .. data];
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
