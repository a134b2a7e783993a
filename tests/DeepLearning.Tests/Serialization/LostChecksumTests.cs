namespace DeepLearning.Tests.Serialization;

/// <summary>A file of ours must carry its checksum: a bit that flips in the checksum's own name must not switch checking off.</summary>
public sealed class LostChecksumTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Line11_every_flipped_bit_of_saved_tensors_is_found()
    {
        var tensors = new Dictionary<string, Tensor> { ["w"] = 1.5f };
        byte[] file = Saved(path => Safetensors.Save(path, tensors, new Dictionary<string, string> { ["format"] = "pt" }));
        EveryFlip(file, path => Safetensors.Load(path), path => Safetensors.LoadMetadata(path));
        EveryFlip(file, path => Safetensors.Load(new MemoryStream(File.ReadAllBytes(path))));
    }

    [Fact]
    public void Line11_every_flipped_bit_of_a_model_is_found_by_every_reader()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        model.ClassNames = ["no", "yes"];
        EveryFlip(
            Saved(path => model.Save(path)),
            path => Safetensors.Load(path), path => model.LoadWeights(path), path => Sequential.Load(path), path => Predictor.Load(path));
    }

    [Fact]
    public void Line11_every_flipped_bit_of_a_checkpoint_is_found_by_every_reader()
    {
        // A custom layer, so that the file says nothing of a model, but that it is a checkpoint.
        Sequential model = Sequential.Input(1).Dense(1).Add(new Twice()).Build(seed: 1);
        EveryFlip(
            Saved(path => model.SaveCheckpoint(path)),
            path => Safetensors.Load(path), path => model.LoadWeights(path), path => model.LoadCheckpoint(path));
    }

    [Fact]
    public void FoundC3_every_flipped_bit_of_files_from_before_the_mark_is_found()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        byte[] file = WithoutMark(Saved(path => model.Save(path)));
        EveryFlip(file, path => Safetensors.Load(path), path => model.LoadWeights(path), path => Sequential.Load(path));
        Sequential custom = Sequential.Input(1).Dense(1).Add(new Twice()).Build(seed: 1);
        byte[] checkpoint = WithoutMark(Saved(path => custom.SaveCheckpoint(path)));
        EveryFlip(checkpoint, path => Safetensors.Load(path), path => custom.LoadWeights(path), path => custom.LoadCheckpoint(path));
    }

    [Theory]
    [InlineData("format", "pt")]
    [InlineData("deeplearning", "is fun")]
    [InlineData("deeplearning", "sha512")]
    [InlineData("format", "deeplearn")]
    public void FoundC3_a_checksum_of_another_program_is_a_text(string name, string text)
    {
        string sum = "sha256:" + new string('a', 64);
        byte[] file = Foreign(name, text + "\",\"checksum\":\"" + sum);
        string path = folder.Write("theirs", file);
        Safetensors.Load(path)["w"].ToScalar().Should().Be(1);
        Safetensors.LoadMetadata(path).Should().Equal(new Dictionary<string, string> { [name] = text, ["checksum"] = sum });
        Sequential model = Sequential.Input(1).Dense(1, useBias: false).Build();
        FluentActions.Invoking(() => model.LoadCheckpoint(path)).Should().Throw<ModelFormatException>().WithMessage("*no checksum of this library*");
    }

    [Theory]
    [InlineData("format", "deeplearning")]
    [InlineData("checkpoint.version", "1")]
    [InlineData("deeplearning", "sha256")]
    public void Line11_each_mark_of_ours_asks_for_the_checksum(string name, string text)
        => FluentActions.Invoking(() => Safetensors.Load(new MemoryStream(Foreign(name, text))))
            .Should().Throw<ModelFormatException>().WithMessage("*damaged*no checksum*another program*deeplearning*");

    [Theory]
    [InlineData("format", "pt")]
    [InlineData("deeplearning", "is fun")]
    [InlineData("checksum", "crc:1")]
    public void Line11_files_of_others_need_none(string name, string text)
        => Safetensors.Load(new MemoryStream(Foreign(name, text)))["w"].ToScalar().Should().Be(1);

    private static byte[] Foreign(string name, string text)
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"__metadata__":{"{{{name}}}":"{{{text}}}"},"w":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. BitConverter.GetBytes(1f)];
    }

    /// <summary>As the first versions wrote it.</summary>
    private static byte[] WithoutMark(byte[] file)
    {
        byte[] mark = "\"deeplearning\":\"sha256\","u8.ToArray(), algorithm = "sha256:"u8.ToArray();
        // White space in place of the mark: all offsets stay.
        file.AsSpan(file.AsSpan().IndexOf(mark), mark.Length).Fill((byte)' ');
        Span<byte> digits = file.AsSpan(file.AsSpan().IndexOf(algorithm) + algorithm.Length, 64);
        digits.Fill((byte)'0');
        System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)), digits);
        return file;
    }

    private byte[] Saved(Action<string> save)
    {
        string path = Path.Combine(folder.Path, "whole");
        save(path);
        return File.ReadAllBytes(path);
    }

    private void EveryFlip(byte[] whole, params Action<string>[] reads)
    {
        string path = folder.Write("flipped", whole);
        foreach (Action<string> read in reads) read(path);
        var unnoticed = new List<(int Reader, int Bit)>();
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, flipped);
            for (int reader = 0; reader < reads.Length; reader++)
            {
                try
                {
                    reads[reader](path);
                    unnoticed.Add((reader, bit));
                }
                catch (ModelFormatException)
                {
                }
            }
        }

        unnoticed.Should().BeEmpty();
    }

    private sealed class Twice : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x + x;
    }
}
