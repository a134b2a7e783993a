namespace DeepLearning.Tests.Serialization;

/// <summary>Whatever keeps a file from being read or written is an IOException, as documented.</summary>
public sealed class UnreadableFileTests : IDisposable
{
    private static readonly Sequential Model = Sequential.Input(2).Dense(1).Build(seed: 1);

    private static readonly Dictionary<string, Action<string>> Calls = new()
    {
        ["Safetensors.Load"] = path => Safetensors.Load(path),
        ["Safetensors.LoadMetadata"] = path => Safetensors.LoadMetadata(path),
        ["Safetensors.Save"] = path => Safetensors.Save(path, new Dictionary<string, Tensor> { ["w"] = 1 }),
        ["NumPy.Load"] = path => NumPy.Load(path),
        ["NumPy.LoadArchive"] = path => NumPy.LoadArchive(path),
        ["NumPy.Save"] = path => NumPy.Save(path, 1),
        ["NumPy.SaveArchive"] = path => NumPy.SaveArchive(path, new Dictionary<string, Tensor> { ["w"] = 1 }),
        ["Sequential.Load"] = path => Sequential.Load(path),
        ["Sequential.LoadAsync"] = path => Sequential.LoadAsync(path).GetAwaiter().GetResult(),
        ["Sequential.Save"] = path => Model.Save(path),
        ["Sequential.SaveAsync"] = path => Model.SaveAsync(path).GetAwaiter().GetResult(),
        ["LoadWeights"] = path => Model.LoadWeights(path),
        ["SaveCheckpoint"] = path => Model.SaveCheckpoint(path),
        ["LoadCheckpoint"] = path => Model.LoadCheckpoint(path),
        ["Predictor.Load"] = path => Predictor.Load(path),
        ["ReloadingPredictor.Watch"] = path => ReloadingPredictor.Watch(path, TimeSpan.FromHours(1)).Dispose(),
    };

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. Calls.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Line17_a_folder_is_an_IOException(string call)
        => FluentActions.Invoking(() => Calls[call](folder.Path)).Should().Throw<IOException>().WithMessage("*is a folder*");

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Line17_a_file_without_permission_is_an_IOException(string call)
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Only users without privileges are refused a file by its mode.");
        if (OperatingSystem.IsWindows()) return;
        string path = folder.Write("file", [1]);
        File.SetUnixFileMode(path, UnixFileMode.None);
        FluentActions.Invoking(() => Calls[call](path)).Should().Throw<IOException>().WithMessage("*denied*");
    }

    [SkippableFact]
    public void Line17_a_pipe_that_would_have_to_be_read_twice_is_an_IOException()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps pipes elsewhere.");
        string pipe = Path.Combine(folder.Path, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe])) made.WaitForExit();
        // Opened for both, so that nobody waits for the other end.
        using var end = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        FluentActions.Invoking(() => NumPy.LoadArchive(pipe)).Should().Throw<IOException>();
    }
}
