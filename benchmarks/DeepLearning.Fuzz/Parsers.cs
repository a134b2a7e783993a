using System.IO.Compression;
using System.Text;
using DeepLearning.Data;

namespace DeepLearning.Fuzz;

/// <summary>Every parser of the library, with small whole files of its format.</summary>
internal static class Parsers
{
    public static IReadOnlyList<Parser> All() =>
    [
        new("csv", [.. Tables.Select(Encoding.UTF8.GetBytes)], Seals.None, AtPath(path => CsvDataset.Load(path)), typeof(DataFormatException)),
        new("idx", Idx(), Seals.None, AtPath(path => IdxFile.Read(path)), typeof(DataFormatException)),
        new("idx.gz", Idx(), Seals.Gzip, AtPath(path => IdxFile.Read(path)), typeof(DataFormatException)),
        new("png", [Png(0, 1), Png(2, 3)], Seals.Png, AtPath(path => PngFile.Read(path)), typeof(DataFormatException)),
        new("npy", Npy(), Seals.None, file => NumPy.Load(new MemoryStream(file)), typeof(ModelFormatException)),
        new("npz", Npy(), Seals.Npz, AtPath(path => NumPy.LoadArchive(path)), typeof(ModelFormatException)),
        new("safetensors", [Tensors()], Seals.Safetensors, file => Safetensors.Load(new MemoryStream(file)), typeof(ModelFormatException)),
        new("model", [Saved((model, stream) => model.Save(stream))], Seals.Safetensors, file => Sequential.Load(new MemoryStream(file)), typeof(ModelFormatException)),
        new("onnx", [Saved((model, stream) => model.ExportOnnx(stream)), Graph()], Seals.None, file => OnnxModel.ImportModel(new MemoryStream(file)), typeof(ModelFormatException)),
    ];

    private static string[] Tables =>
    [
        "a,b,class\n1,2.5,x\n3,4e-2,y\n5,6,x\n",
        "1;2;3\r\n4;5;6\r\n7;8;9\r\n",
        "\uFEFFa\tb\tgrade\n1\t1\tgood\n2\t2\tbad\n",
        "\"a\",\"b \"\"c\"\"\",price\n1,2,\"3\"\n7,8,4\n",
    ];

    /// <summary>Parsers of files read from a path: the bytes are written there first.</summary>
    private static Action<byte[]> AtPath(Action<string> read)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}.bin");
        return file =>
        {
            File.WriteAllBytes(path, file);
            try
            {
                read(path);
            }
            finally
            {
                File.Delete(path);
            }
        };
    }

    private static byte[][] Idx() => [[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, .. new byte[12]], [0, 0, 8, 1, 0, 0, 0, 4, 1, 2, 3, 4]];

    /// <summary>An image of 5 × 4 pixels.</summary>
    private static byte[] Png(byte color, int samples)
    {
        const int Width = 5, Height = 4;
        using var rows = new MemoryStream();
        using (var packed = new ZLibStream(rows, CompressionLevel.Fastest)) packed.Write(new byte[Height * (1 + Width * samples)]);
        return Seals.Png([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n',
            .. Chunk("IHDR"u8, [0, 0, 0, Width, 0, 0, 0, Height, 8, color, 0, 0, 0]), .. Chunk("IDAT"u8, rows.ToArray()), .. Chunk("IEND"u8, [])]);
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data) => [0, 0, (byte)(data.Length >> 8), (byte)data.Length, .. type, .. data, 0, 0, 0, 0];

    private static byte[][] Npy()
    {
        using var stream = new MemoryStream();
        NumPy.Save(stream, new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        return [stream.ToArray()];
    }

    private static byte[] Tensors()
    {
        using var stream = new MemoryStream();
        var tensors = new Dictionary<string, Tensor> { ["a.weight"] = new float[,] { { 1, 2 }, { 3, 4 } }, ["b"] = Tensor.Zeros([3]) };
        Safetensors.Save(stream, tensors, new Dictionary<string, string> { ["note"] = "text" });
        return stream.ToArray();
    }

    /// <summary>A graph of branches, a shared layer, an activation in parts, two inputs and two outputs.</summary>
    private static byte[] Graph()
    {
        Node a = Model.Input(3), b = Model.Input(3);
        Func<Node, Node> tower = Node.Share(x => x.Dense(3).Gelu());
        Node sum = tower(a) + tower(b);
        Model model = Model.Of([a, b], [sum.Dense(2).Softmax(), Node.Concatenate(a, sum.Silu())]).Build(seed: 2);
        using var stream = new MemoryStream();
        model.ExportOnnx(stream);
        return stream.ToArray();
    }

    private static byte[] Saved(Action<Sequential, Stream> save)
    {
        Sequential model = Sequential.Input(4).Normalize([0, 0, 0, 0], [1, 1, 1, 1])
            .Add(new Dense(3) { KernelRegularizer = new L1L2(0.1, 0.2), KernelConstraint = new MaxNorm(3) }).Relu().Dropout(0.2f).Dense(2).Softmax().Build(seed: 1);
        model.ClassNames = ["no", "yes"];
        using var stream = new MemoryStream();
        save(model, stream);
        return stream.ToArray();
    }
}
