using System.Runtime.InteropServices;
using System.Text;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Serialization;

public sealed class ArrayFileTests
{
    private static readonly Tensor Array = Tensor.Range(60, -7.5, 0.25).Reshape(5, 3, 4);

    [Fact]
    public void Rows_of_a_NumPy_array_are_read_in_any_order()
    {
        using var folder = new ScratchFolder();
        NumPy.Save(folder["x.npy"], Array);
        using ArrayFile file = ArrayFile.OpenNumPy(folder["x.npy"]);
        (file.Count, file.RowShape).Should().Be((5L, new Shape(3, 4)));
        foreach (int row in new[] { 4, 0, 2, 2 }) file.Row(row).ToArray().Should().Equal(Array[row, .., ..].ToArray());
        Parallel.For(0, 1000, i => file.Row(i % 5)[0, 0].Should().Be(-7.5f + i % 5 * 3));
        NumPy.Save(folder["v.npy"], Tensor.Range(3));
        using ArrayFile labels = ArrayFile.OpenNumPy(folder["v.npy"]);
        labels.Row(2).ToScalar().Should().Be(2);
    }

    [Theory]
    [InlineData("<u1", new byte[] { 1, 2, 250, 4 }, new float[] { 250, 4 })]
    [InlineData(">i2", new byte[] { 0, 1, 0, 2, 255, 255, 0, 4 }, new float[] { -1, 4 })]
    [InlineData(">f4", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 }, new float[] { 1, -2 })]
    [InlineData("|b1", new byte[] { 0, 0, 1, 0 }, new float[] { 1, 0 })]
    public void Elements_of_other_types_are_converted(string type, byte[] bytes, float[] second)
    {
        using var folder = new ScratchFolder();
        Write(folder["x.npy"], $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2, 2), }}", bytes);
        using ArrayFile file = ArrayFile.OpenNumPy(folder["x.npy"]);
        file.Row(1).ToArray().Should().Equal(second);
    }

    [Fact]
    public void A_file_of_floats_alone_is_rows_of_a_given_shape()
    {
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder["x.bin"], MemoryMarshal.AsBytes(Array.AsReadOnlySpan()).ToArray());
        using ArrayFile file = ArrayFile.OpenSingles(folder["x.bin"], [4]);
        file.Count.Should().Be(15);
        file.Row(14).ToArray().Should().Equal(6.5f, 6.75f, 7f, 7.25f);
        FluentActions.Invoking(() => ArrayFile.OpenSingles(folder["x.bin"], [7])).Should().Throw<ModelFormatException>()
            .WithMessage("*240 bytes, which are not whole rows [7]*28 bytes each.");
        FluentActions.Invoking(() => ArrayFile.OpenSingles(folder["x.bin"], [0])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void An_array_beyond_2_GiB_is_read_at_its_end()
    {
        using var folder = new ScratchFolder();
        const int Rows = 3_000_000, Row = 1024;
        string path = Path.Combine(Path.GetTempPath(), $"deeplearning-{Guid.NewGuid():N}.bin");
        try
        {
            // Sparse: it takes no room on the disk but for what is written.
            using (FileStream sparse = File.Create(path))
            {
                sparse.SetLength((long)Rows * Row * sizeof(float));
                sparse.Position = sparse.Length - sizeof(float);
                sparse.Write(BitConverter.GetBytes(42f));
            }

            using ArrayFile file = ArrayFile.OpenSingles(path, [Row]);
            file.Count.Should().Be(Rows);
            file.Row(Rows - 1)[Row - 1].Should().Be(42);
            SampleSource source = SampleSource.ByIndex(file.Count, i => new Sample(file.Row(i), 0)).Shuffle();
            source.Samples(new EpochPosition { Shuffle = true }).Take(3).Should().HaveCount(3);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_not_rows_of_numbers_is_refused()
    {
        using var folder = new ScratchFolder();
        string path = folder["x.npy"];
        Open("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", 16).Should().Throw<ModelFormatException>().WithMessage("*C order*");
        Open("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", 4).Should().Throw<ModelFormatException>().WithMessage("*has no rows*");
        Open("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", 15).Should().Throw<ModelFormatException>().WithMessage("*but the file has*");
        Open("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 99999999999), }", 16).Should().Throw<ModelFormatException>();
        Open("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2), }", 16).Should().Throw<ModelFormatException>();
        Open("{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }", 16).Should().Throw<ModelFormatException>().WithMessage("*would run code*");
        Open("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }", 16).Should().NotThrow();
        File.WriteAllText(path, "no array");
        FluentActions.Invoking(() => ArrayFile.OpenNumPy(path)).Should().Throw<ModelFormatException>();
        FluentActions.Invoking(() => ArrayFile.OpenNumPy(folder["none.npy"])).Should().Throw<FileNotFoundException>();

        Action Open(string header, int bytes) => () =>
        {
            Write(path, header, new byte[bytes]);
            ArrayFile.OpenNumPy(path).Dispose();
        };
    }

    [Fact]
    public void A_row_beyond_2_GiB_is_refused_and_a_file_that_is_refused_is_closed()
    {
        using var folder = new ScratchFolder();
        string path = folder["x.bin"];
        File.WriteAllBytes(path, []);
        FluentActions.Invoking(() => ArrayFile.OpenSingles(path, [600_000_000])).Should().Throw<ArgumentException>().WithParameterName("rowShape")
            .WithMessage("Expected rows of at most 2147483591 bytes, got shape [600000000] of 2400000000.*");
        RequireClosed();
        File.WriteAllBytes(path, new byte[7]);
        FluentActions.Invoking(() => ArrayFile.OpenSingles(path, [2])).Should().Throw<ModelFormatException>();
        RequireClosed();
        foreach (string shape in new[] { "(0, 600000000)", "(3, 3)", "(9223372036854775807, 2)" })
        {
            Write(path, $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}", []);
            FluentActions.Invoking(() => ArrayFile.OpenNumPy(path)).Should().Throw<ModelFormatException>();
            RequireClosed();
        }

        void RequireClosed()
        {
            using FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_named()
    {
        using var folder = new ScratchFolder();
        Write(folder["x.npy"], "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }", [.. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(1e300)]);
        ArrayFile file = ArrayFile.OpenNumPy(folder["x.npy"]);
        file.Row(0).ToArray().Should().Equal(1);
        file.Invoking(f => f.Row(1)).Should().Throw<ModelFormatException>().WithMessage("Row 1 of *beyond float32*");
        file.Invoking(f => f.Row(2)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected rows from 0 to 1, got 2.*");
        file.Invoking(f => f.Row(-1)).Should().Throw<ArgumentOutOfRangeException>();
        file.Dispose();
        file.Invoking(f => f.Row(0)).Should().Throw<ObjectDisposedException>();
    }

    private static void Write(string path, string header, byte[] elements)
        => File.WriteAllBytes(
            path, [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. Encoding.ASCII.GetBytes(header), .. elements]);
}
