using System.Text;
using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>Bytes that are no model, or claim more than they are.</summary>
public sealed class FileFaultTests
{
    private static readonly byte[] Small = SmallModel();

    [Fact]
    public void Fault36_a_file_cut_off_at_any_byte_is_detected()
    {
        for (int length = 0; length < Small.Length; length++)
            Small[..length].Invoking(bytes => Runtime.Import(bytes)).Should().Throw<ModelFormatException>($"{length} of {Small.Length} bytes");
    }

    [Fact]
    public void A_flipped_bit_gives_a_model_or_a_ModelFormatException_and_nothing_else()
    {
        // Every third bit: all eight places of a byte, and every byte more than twice.
        for (int bit = 0; bit < Small.Length * 8; bit += 3)
        {
            byte[] bytes = [.. Small];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            ImportsOrThrows(bytes);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(17)]
    public void A_flipped_bit_in_a_graph_of_many_operators_gives_a_model_or_a_ModelFormatException_and_nothing_else(int operatorSet)
    {
        byte[] whole = ManyOperators(operatorSet).ToBytes();
        Runtime.Import(whole).OutputShape.Should().Equal(6);
        for (int bit = 0; bit < whole.Length * 8; bit += 3)
        {
            byte[] bytes = [.. whole];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            ImportsOrThrows(bytes);
        }
    }

    [Fact]
    public void Random_bytes_give_a_ModelFormatException_and_nothing_else()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 1000; trial++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            bytes.Invoking(b => Runtime.Import(b)).Should().Throw<ModelFormatException>();
            // The same in the middle of a real file.
            byte[] damaged = [.. Small];
            bytes.AsSpan(0, Math.Min(bytes.Length, 20)).CopyTo(damaged.AsSpan(random.Next(damaged.Length - 20)));
            ImportsOrThrows(damaged);
        }
    }

    [Theory]
    [InlineData("PK\u0003\u0004torch archive", "zip archive")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "Git LFS pointer")]
    [InlineData("<!DOCTYPE html><html></html>", "HTML page")]
    public void Fault38_a_foreign_file_is_said_to_be_what_it_looks_like(string content, string kind)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model.onnx", Encoding.Latin1.GetBytes(content));

        FluentActions.Invoking(() => OnnxModel.Import(path)).Should().Throw<ModelFormatException>().WithMessage($"{path}: it is not an ONNX model*{kind}*");
    }

    [Fact]
    public void Fault42_shape_times_type_must_be_the_bytes()
    {
        TensorProto few = TensorEncoding.Of("w", [1f, 2f, 3f], [3]);
        few.Dims[0] = 4;
        Fails(few, "*'w' of shape [4] takes 4 values of 4 bytes, got 12 bytes*");
        TensorProto negative = TensorEncoding.Of("w", [1f], [1]);
        negative.Dims[0] = -1;
        Fails(negative, "*'w' has a dimension of -1*");
        var none = new TensorProto { Name = "w", DataType = 1, Dims = { 2_000_000_000, 2_000_000_000 } };
        Fails(none, "*'w'*more elements than one tensor can hold*");
        Fails(new TensorProto { Name = "w", DataType = 1, Dims = { Enumerable.Repeat(1L, 65) } }, "*'w'*at most 64 dimensions, got 65*");
        Fails(new TensorProto { Name = "w", DataType = 1, Dims = { 400_000_000 } }, "*'w'*takes 400,000,000 values of 4 bytes, got 0 values*");
        Fails(new TensorProto { Name = "w", DataType = 1, Dims = { 2_000_000_000 } }, "*'w'*takes 2,000,000,000 values of 4 bytes, got 0 values*");
        var segment = new TensorProto { Name = "w", DataType = 1, Dims = { 0 }, Segment = new TensorProto.Types.Segment { End = 1 } };
        Fails(segment, "*'w'*segments*");
    }

    [Fact]
    public void Fault46_a_few_bytes_that_stand_for_gigabytes_are_refused_before_they_are_allocated()
    {
        GraphText bomb = new GraphText([2_000_000_000]).Floats("c", [], 1f).Node("y = Add(x, c)");
        long before = GC.GetAllocatedBytesForCurrentThread();

        bomb.Invoking(g => g.Import()).Should().Throw<ModelFormatException>().WithMessage("*'n0' (Add) needs 2,000,000,000 numbers*");

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000_000);
        GraphText chain = new GraphText([1000]).Floats("c", [], 1f).Node("a = Add(x, c)").Node("b = Relu(a)").Node("y = Add(b, c)");
        chain.Import().Layers.Should().HaveCount(3);
        chain.Invoking(g => g.Import(new OnnxImportOptions { MaximumBytes = 20_000 })).Should().Throw<ModelFormatException>()
            .WithMessage("*'n2' (Add)*80,000 bytes*");
    }

    [Theory]
    [InlineData("Add", 10_000_000)]
    [InlineData("BatchNormalization", 10_000_000)]
    [InlineData("Dense", 2_000)]
    [InlineData("Expand", 400_000_000)]
    [InlineData("ConstantOfShape", 400_000_000)]
    [InlineData("Gather", 20_000)]
    [InlineData("Mul", 20_000)]
    public void Line16_a_small_file_is_refused_before_it_becomes_large(string kind, int size)
    {
        GraphText bomb = Bomb(kind, size);
        byte[] bytes = bomb.ToBytes();
        bytes.Length.Should().BeLessThan(400_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        FluentActions.Invoking(() => Runtime.Import(bytes)).Should().Throw<ModelFormatException>().WithMessage("*needs*67,108,864 bytes*MaximumExpandedBytes*");

        // 64 MiB, what is counted double, and what reading takes.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000_000);
    }

    [Fact]
    public void Line16_who_trusts_a_file_says_how_much_may_be_made_of_it()
    {
        byte[] bytes = Bomb("Add", 2_000_000).ToBytes();

        FluentActions.Invoking(() => Runtime.Import(bytes)).Should().Throw<ModelFormatException>();
        Runtime.Import(bytes, new OnnxImportOptions { MaximumExpandedBytes = 200_000_000 }).Layers.Should().ContainSingle();
        FluentActions.Invoking(() => Runtime.Import(Bomb("Add", 10).ToBytes(), new OnnxImportOptions { MaximumExpandedBytes = 100 })).Should()
            .Throw<ModelFormatException>().WithMessage("*beyond the 100 bytes*");
        FluentActions.Invoking(() => new OnnxImportOptions { MaximumExpandedBytes = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Line16_what_a_file_holds_itself_is_no_bomb_whatever_its_size()
    {
        // 9 MB of weights, transposed: read, turned, kept and in the model 36 MB; twice 9 MB are above the 64 MiB that are always allowed.
        GraphText large = new GraphText([1500]).Floats("w", [1500, 1500], new float[2_250_000]).Floats("v", [1500, 1500], new float[2_250_000])
            .Node("t = Transpose(w)").Node("u = Transpose(v)").Node("h = MatMul(x, t)").Node("y = MatMul(h, u)");

        large.Import().Layers.Should().HaveCount(2);
    }

    [Fact]
    public void Fault46_weights_that_many_nodes_copy_are_counted_each_time()
    {
        var options = new OnnxImportOptions { MaximumBytes = 200_000 };
        GraphText dense = new GraphText([100]).Floats("w", [100, 100], new float[10_000]);
        GraphText transposed = new GraphText([100]).Floats("w0", [100, 100], new float[10_000]);
        for (int i = 0; i < 100; i++)
        {
            // Each with another factor: otherwise all are one shared layer.
            dense.Node($"{(i == 99 ? "y" : $"v{i}")} = Gemm({(i == 0 ? "x" : $"v{i - 1}")}, w)", OnnxAttribute.Of("alpha", i + 1f));
            transposed.Node($"w{i + 1} = Transpose(w{i})");
        }

        dense.Invoking(g => g.Import(options)).Should().Throw<ModelFormatException>().WithMessage("*(Gemm) needs 10,000 numbers*800,000 bytes*");
        transposed.Node("y = MatMul(x, w100)");
        transposed.Invoking(g => g.Import(options)).Should().Throw<ModelFormatException>().WithMessage("*(Transpose) needs 10,000*");
    }

    [Fact]
    public void Fault46_a_file_over_the_cap_is_refused_whether_its_length_is_known_or_not()
    {
        var options = new OnnxImportOptions { MaximumBytes = Small.Length - 1 };

        FluentActions.Invoking(() => Runtime.Import(Small, options)).Should().Throw<ModelFormatException>().WithMessage($"*{Small.Length:N0} bytes*");
        using var pipe = new OneWayStream(Small);
        FluentActions.Invoking(() => OnnxModel.Import(pipe, options)).Should().Throw<ModelFormatException>();
        using var whole = new OneWayStream(Small);
        OnnxModel.Import(whole, new OnnxImportOptions { MaximumBytes = Small.Length }).Layers.Should().NotBeEmpty();
        FluentActions.Invoking(() => new OnnxImportOptions { MaximumBytes = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        // Field 6 of an attribute is a graph; a graph has nodes, a node has attributes: what is unknown here is skipped, and groups nest too.
        byte[] groups = [.. Enumerable.Repeat((byte)0x7B, 10_000)];

        groups.Invoking(b => Runtime.Import(b)).Should().Throw<ModelFormatException>();
    }

    [Fact]
    public void The_caller_s_stream_stays_open()
    {
        using var bytes = new MemoryStream(Small);
        OnnxModel.Import(bytes);
        bytes.CanRead.Should().BeTrue();
        using var target = new MemoryStream();
        Sequential.Input(2).Dense(2).Build().ExportOnnx(target);
        target.CanWrite.Should().BeTrue();
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_IOException()
        => FluentActions.Invoking(() => OnnxModel.Import("/nowhere/model.onnx")).Should().Throw<IOException>().And.Should().NotBeOfType<ModelFormatException>();

    private static void ImportsOrThrows(byte[] bytes)
    {
        try
        {
            Runtime.Import(bytes, new OnnxImportOptions { MaximumBytes = 1 << 20 });
        }
        catch (ModelFormatException)
        {
        }
    }

    private static void Fails(TensorProto tensor, string message)
        => new GraphText([3]).Tensor(tensor).Node("y = Add(x, w)").Invoking(g => g.Import()).Should().Throw<ModelFormatException>().WithMessage(message);

    /// <summary>A view by the batch's size, weights that are put together, activations in parts.</summary>
    private static GraphText ManyOperators(int operatorSet)
    {
        bool old = operatorSet < 7;
        OnnxAttribute[] spread = old ? [OnnxAttribute.Of("broadcast", 1L)] : [], first = [OnnxAttribute.Of("axis", 0L)];
        OnnxAttribute[] test = old ? [OnnxAttribute.Of("is_test", 1L)] : [];
        GraphText graph = new GraphText([1, 2, 3], operatorSet).Floats("k", [1, 6], 1, 2, 3, 4, 5, 6).Floats("one", [], 1).Floats("half", [], 0.5f)
            .Floats("root", [], 1.4142135f).Floats("g", [6], 1, 2, 3, 4, 5, 6).Integers("i0", 0).Integers("i1", 1).Integers("minus", -1).Integers("six", 6)
            .Node("s = Shape(x)").Node("n = Gather(s, i0)", first).Node("t = Concat(n, minus)", first).Node("v = Reshape(x, t)")
            .Node("kk = Concat(k, k, k, k, k, k)", first).Node("kt = Transpose(kk)", OnnxAttribute.Of("perm", [1L, 0L])).Node("w = Mul(kt, half)", spread)
            .Node("h = Gemm(v, w, g)", [.. spread, OnnxAttribute.Of("transB", 1L)]).Node("b = BatchNormalization(h, g, g, g, g)", test)
            .Node("d = Dropout(b)", test).Node("z = Sigmoid(d)").Node("u = Mul(d, z)").Node("q = Softmax(u)", OnnxAttribute.Of("axis", 1L));
        if (old) return graph.Node("c = Cast(q)", OnnxAttribute.Of("to", 1L)).Node("m = Mul(c, half)", spread).Node("y = Add(m, g)", spread);
        return graph.Node("e = Div(q, root)").Node("f = Erf(e)").Node("a = Add(f, one)").Node("m = Mul(q, a)").Node("o = Mul(m, half)")
            .Node("part = Slice(g, i0, six, i0, i1)").Node("wide = Unsqueeze(part, i0)").Node("flat = Squeeze(wide, i0)").Node("zeros = ConstantOfShape(six)")
            .Node("ones = Expand(one, six)").Node("sum = Add(zeros, ones)").Node("p = Pow(flat, sum)").Node("y = Add(o, p)");
    }

    private static GraphText Bomb(string kind, int size)
    {
        switch (kind)
        {
            case "Add": return new GraphText([size]).Floats("c", [], 1f).Node("y = Add(x, c)");
            case "BatchNormalization": return new GraphText([1, size]).Floats("c", [1], 1f).Node("y = BatchNormalization(x, c, c, c, c)");
            case "Expand": return new GraphText([3]).Floats("c", [], 1f).Integers("t", size).Node("e = Expand(c, t)").Node("y = Add(x, e)");
            case "ConstantOfShape": return new GraphText([3]).Integers("t", size).Node("e = ConstantOfShape(t)").Node("y = Add(x, e)");
            case "Gather":
                return new GraphText([3]).Floats("c", [1, size], new float[size]).Integers("i", new long[size]).Node("g = Gather(c, i)").Node("y = Add(x, g)");
            case "Mul":
                return new GraphText([3]).Floats("a", [size, 1], new float[size]).Floats("b", [1, size], new float[size]).Node("m = Mul(a, b)")
                    .Node("y = Add(x, m)");
            default:
                // The same 64 KB of weights in each of many layers, each with another factor.
                GraphText graph = new GraphText([128]).Floats("w", [128, 128], new float[128 * 128]);
                for (int i = 0; i < size; i++) graph.Node($"{(i == size - 1 ? "y" : $"v{i}")} = Gemm({(i == 0 ? "x" : $"v{i - 1}")}, w)", OnnxAttribute.Of("alpha", i + 1f));
                return graph;
        }
    }

    private static byte[] SmallModel()
    {
        Sequential model = Sequential.Input(2).Normalize([1, 2], [3, 4]).Dense(3).Gelu().Dense(2).Softmax().Build(seed: 1);
        model.ClassNames = ["no", "yes"];
        return Runtime.Export(model);
    }

    /// <summary>Bytes from a pipe: no length, no going back.</summary>
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
