namespace DeepLearning.Tests.Serialization;

public sealed class SafetensorsTests
{
    [Fact]
    public void Tensors_and_texts_come_back_by_name()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "t.safetensors");
        var tensors = new Dictionary<string, Tensor> { ["b"] = Tensor.Range(6).Reshape(2, 3), ["a"] = 1.5f };
        Safetensors.Save(path, tensors, new Dictionary<string, string> { ["format"] = "pt" });

        IReadOnlyDictionary<string, Tensor> loaded = Safetensors.Load(path);
        loaded.Keys.Should().BeEquivalentTo("a", "b");
        loaded["b"].ToArray2D().Should().BeEquivalentTo(new float[,] { { 0, 1, 2 }, { 3, 4, 5 } });
        loaded["a"].Rank.Should().Be(0);
        Safetensors.LoadMetadata(path).Should().Equal(new Dictionary<string, string> { ["format"] = "pt" });
        using FileStream stream = File.OpenRead(path);
        Safetensors.Load(stream)["a"].ToScalar().Should().Be(1.5f);
    }

    [Fact]
    public void A_damaged_file_of_ours_is_not_read_by_any_way()
    {
        using var stream = new MemoryStream();
        Safetensors.Save(stream, new Dictionary<string, Tensor> { ["a"] = 1.5f });
        byte[] bytes = stream.ToArray();
        bytes[^1] ^= 1;
        FluentActions.Invoking(() => Safetensors.Load(new MemoryStream(bytes))).Should().Throw<ModelFormatException>().WithMessage("*damaged*checksum*");
    }

    [Fact]
    public void The_names_of_the_format_itself_are_refused()
    {
        var taken = new Dictionary<string, Tensor> { ["__metadata__"] = 1f };
        FluentActions.Invoking(() => Safetensors.Save(Stream.Null, taken)).Should().Throw<ArgumentException>().WithMessage("*__metadata__*");
        FluentActions.Invoking(() => Safetensors.Save(Stream.Null, new Dictionary<string, Tensor>(), new Dictionary<string, string> { ["checksum"] = "x" }))
            .Should().Throw<ArgumentException>().WithMessage("*checksum*");
    }
}
