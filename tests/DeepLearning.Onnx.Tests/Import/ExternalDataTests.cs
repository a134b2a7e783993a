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

        Fails(folder, location, "*initializer 'w' lies in*only files in the model's own folder*");
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
