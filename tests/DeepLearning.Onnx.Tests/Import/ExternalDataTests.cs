using System.Diagnostics;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>Weights beside the model: read from plain files in its folder or below, from nowhere else.</summary>
public sealed class ExternalDataTests
{
    private static readonly float[] Weights = [0.5f, -1f, 2f, 0.25f, 1.5f, -0.75f];

    [Theory]
    [InlineData("weights.bin", 0)]
    [InlineData("data/weights.bin", 8)]
    public void Weights_in_the_model_s_folder_or_below_are_read(string location, int offset)
    {
        using var folder = new TemporaryFolder();
        folder.Write(location, [.. new byte[offset], .. Bytes(), 1, 2, 3]);

        Sequential model = Import(folder, location, ("offset", $"{offset}"), ("length", "24"));

        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(Weights);
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("data/../weights.bin")]
    [InlineData("..\\weights.bin")]
    [InlineData("data//weights.bin")]
    [InlineData("C:\\weights.bin")]
    [InlineData("C:weights.bin")]
    [InlineData("weights\0.bin")]
    [InlineData("")]
    public void Fault47_a_path_that_leads_elsewhere_is_refused(string location)
    {
        using var folder = new TemporaryFolder();
        folder.Write("weights.bin", Bytes());
        folder.Write("data/weights.bin", Bytes());

        Fails(folder, location, "*initializer 'w' is in*only files in the model's own folder*");
    }

    [Fact]
    public void Fault47_an_absolute_path_is_refused_even_into_the_folder()
    {
        using var folder = new TemporaryFolder();

        Fails(folder, folder.Write("weights.bin", Bytes()), "*only files in the model's own folder*");
    }

    [Fact]
    public void Fault47_a_symbolic_link_is_refused_as_a_file_and_as_a_folder()
    {
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        string target = outside.Write("weights.bin", Bytes());
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.bin"), target);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "data"), outside.Path);

        Fails(folder, "link.bin", "*'link.bin' is a symbolic link*");
        Fails(folder, "data/weights.bin", "*'data' is a symbolic link*");
    }

    [Theory]
    [InlineData("model.onnx_data", "../../blobs/weights")]
    [InlineData("onnx/model.onnx_data", "../../../blobs/weights")]
    public void Line20_links_in_the_cache_of_Hugging_Face_are_followed(string location, string target)
    {
        using var cache = new TemporaryFolder();
        cache.Write("blobs/weights", Bytes());
        string model = cache.Write("blobs/model", Graph(location[(location.IndexOf('/') + 1)..]).ToBytes());
        string link = Path.Combine(cache.Path, "snapshots/0f3e", location.Replace("_data", "", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target.Replace("weights", "model", StringComparison.Ordinal));
        File.CreateSymbolicLink(link + "_data", target);

        OnnxModel.Import(link).Parameters["dense.kernel"].Value.ToArray().Should().Equal(Weights);

        // Also where the model itself is a copy, and where the link leads on by another one.
        File.Delete(link);
        File.Copy(model, link);
        File.Move(Path.Combine(cache.Path, "blobs/weights"), Path.Combine(cache.Path, "blobs/moved"));
        File.CreateSymbolicLink(Path.Combine(cache.Path, "blobs/weights"), "moved");
        OnnxModel.Import(link).Parameters["dense.kernel"].Value.ToArray().Should().Equal(Weights);
    }

    [Fact]
    public void Line20_links_that_stay_in_the_folder_of_the_model_or_of_the_file_behind_it_are_followed()
    {
        using var folder = new TemporaryFolder();
        using var store = new TemporaryFolder();
        folder.Write("real/weights.bin", Bytes());
        File.CreateSymbolicLink(Path.Combine(folder.Path, "inside.bin"), "real/weights.bin");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "data"), "real");
        Import(folder, "inside.bin").Parameters.Should().ContainSingle();
        Import(folder, "data/weights.bin").Parameters.Should().ContainSingle();

        string model = store.Write("model.onnx", Graph("weights.bin").ToBytes()), link = Path.Combine(folder.Path, "linked.onnx");
        File.CreateSymbolicLink(link, model);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "weights.bin"), store.Write("weights.bin", Bytes()));
        OnnxModel.Import(link).Parameters.Should().ContainSingle();
    }

    [Fact]
    public void Line20_an_archive_that_looks_like_the_cache_leads_nowhere_else()
    {
        using var archive = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        outside.Write("secret", Bytes());
        Directory.CreateSymbolicLink(Path.Combine(archive.Path, "blobs"), outside.Path);
        string model = archive.Write("snapshots/0f3e/model.onnx", Graph("w.bin").ToBytes()), link = Path.Combine(archive.Path, "snapshots/0f3e/w.bin");
        // The cache's folder is itself a link; a link out of it; a link to a link out of it.
        foreach (string target in new[] { "../../blobs/secret", Path.Combine(outside.Path, "secret"), "../../other" })
        {
            File.CreateSymbolicLink(link, target);
            if (target == "../../other") File.CreateSymbolicLink(Path.Combine(archive.Path, "other"), Path.Combine(outside.Path, "secret"));
            FluentActions.Invoking(() => OnnxModel.Import(model)).Should().Throw<ModelFormatException>().WithMessage("*'w.bin' is a symbolic link*outside*");
            File.Delete(link);
        }

        // Below the cache's folder there is nothing of the cache.
        Directory.Delete(Path.Combine(archive.Path, "blobs"));
        archive.Write("blobs/deeper/w.bin", Bytes());
        File.CreateSymbolicLink(link, "../../blobs/deeper/w.bin");
        FluentActions.Invoking(() => OnnxModel.Import(model)).Should().Throw<ModelFormatException>().WithMessage("*'w.bin' is a symbolic link*outside*");
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Path, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "b"), "a");

        Fails(folder, "a", "*'a', which cannot be read*");
    }

    [SkippableFact]
    public void Fault47_a_hard_link_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "ln is of Unix.");
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        string target = outside.Write("weights.bin", Bytes());
        using (Process link = Process.Start("ln", [target, Path.Combine(folder.Path, "weights.bin")])) link.WaitForExit();

        Fails(folder, "weights.bin", "*'weights.bin'*hard links*");
        File.Delete(target);
        Import(folder, "weights.bin").Parameters.Should().ContainSingle("one name is left");
    }

    [Fact]
    public void Fault47_a_stream_has_no_folder_to_look_in()
        => FluentActions.Invoking(() => Graph("weights.bin").Import()).Should().Throw<ModelFormatException>().WithMessage("*'w'*('weights.bin')*no folder*");

    [Fact]
    public void Files_that_do_not_hold_the_weights_are_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("weights.bin", Bytes());
        folder.Write("data/short.bin", [1, 2, 3]);

        Fails(folder, "weights.bin", "*'w' takes 24 bytes at 4 of 'weights.bin', which has 24*", ("offset", "4"));
        Fails(folder, "weights.bin", "*'w'*", ("offset", "9223372036854775807"));
        Fails(folder, "weights.bin", "*takes 24 bytes, but 20 are said*", ("length", "20"));
        Fails(folder, "weights.bin", "*offset*'-4', not a number*", ("offset", "-4"));
        Fails(folder, "data/short.bin", "*24 bytes at 0*has 3*");
        Fails(folder, "missing.bin", "*'missing.bin', which cannot be read*");
        Fails(folder, "data", "*'data', which cannot be read*");
    }

    private static Sequential Import(TemporaryFolder folder, string location, params (string, string)[] entries)
        => OnnxModel.Import(folder.Write("model.onnx", Graph(location, entries).ToBytes()));

    private static void Fails(TemporaryFolder folder, string location, string message, params (string, string)[] entries)
        => FluentActions.Invoking(() => Import(folder, location, entries)).Should().Throw<ModelFormatException>().WithMessage(message);

    private static GraphText Graph(string location, params (string, string)[] entries)
        => new GraphText([3]).External("w", [3, 2], [("location", location), .. entries]).Node("y = MatMul(x, w)");

    private static byte[] Bytes() => [.. Weights.SelectMany(BitConverter.GetBytes)];
}
