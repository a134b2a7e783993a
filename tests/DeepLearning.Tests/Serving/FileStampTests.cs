namespace DeepLearning.Tests.Serving;

public sealed class FileStampTests : IDisposable
{
    private static readonly DateTime Noon = new(2030, 1, 2, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void A_watched_link_shows_what_its_target_becomes()
    {
        Skip.If(OperatingSystem.IsWindows(), "There a link takes a privilege.");
        string a = Write("a", "1"), cur = Link("cur", "a");
        var time = new ManualTime();
        var loaded = new List<string>();
        using var predictor = ReloadingPredictor.Watch(cur, Load, TimeSpan.FromSeconds(1), time);
        File.WriteAllText(a, "22");
        time.Tick();
        time.Tick();
        Write("b", "333");
        File.Delete(cur);
        Link("cur", "b");
        time.Tick();
        time.Tick();
        loaded.Should().Equal("1", "22", "333");

        Predictor Load(string file)
        {
            loaded.Add(File.ReadAllText(file));
            return Sequential.Input(2).Dense(1).Build().ToPredictor();
        }
    }

    [SkippableFact]
    public void A_folder_that_is_switched_under_a_link_shows_as_Kubernetes_does_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "There a link takes a privilege.");
        Write("..1/m", "1");
        Write("..2/m", "22");
        string data = Path.Combine(folder.Path, "..data");
        Directory.CreateSymbolicLink(data, "..1");
        string m = Link("m", "..data/m");
        FileStamp before = FileStamp.Of(m);
        Directory.Delete(data);
        FileStamp.Of(m).Should().Be(default(FileStamp), "there is no file now");
        Directory.CreateSymbolicLink(data, "..2");
        FileStamp.Of(m).Should().NotBe(before).And.Be(FileStamp.Of(Path.Combine(folder.Path, "..2/m")));
    }

    [Fact]
    public void A_file_that_cannot_be_read_has_the_stamp_of_none()
    {
        string path = Write("m", "1");
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) FileStamp.Of(path).Should().Be(default(FileStamp));
        FileStamp.Of(path).Should().NotBe(default(FileStamp)).And.Be(FileStamp.Of(path));
        FileStamp.Of(path + "/m").Should().Be(default(FileStamp));
        FileStamp.Of(folder.Path).Should().Be(default(FileStamp));
    }

    [Fact]
    public void Two_models_of_one_architecture_differ_at_the_same_time_and_length()
    {
        string path = Path.Combine(folder.Path, "m");
        FileStamp first = Saved(1), second = Saved(2);
        second.Length.Should().Be(first.Length);
        second.Written.Should().Be(first.Written);
        second.Should().NotBe(first);
        Saved(1).Should().Be(first);

        FileStamp Saved(ulong seed)
        {
            // The names of the layers make the header longer than what is read of it.
            SequentialBuilder layers = Sequential.Input(2);
            for (int i = 0; i < 100; i++) layers = layers.Dense(3);
            layers.Build(seed).Save(path);
            File.SetLastWriteTimeUtc(path, Noon);
            return FileStamp.Of(path);
        }
    }

    [Fact]
    public void A_file_of_any_kind_is_told_apart_by_either_end()
    {
        string middle = new('-', 10_000);
        string[] texts = ["1" + middle + "1", "1" + middle + "2", "2" + middle + "1", "1", "2", ""];
        texts.Select(text => FileStamp.Of(Write("m", text))).Should().OnlyHaveUniqueItems();
    }

    private string Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(folder.Path, name), target).FullName;

    /// <summary>Writes a file at noon, as two saves within one tick of a file system's clock do.</summary>
    private string Write(string name, string content)
    {
        string path = folder.Write(name, System.Text.Encoding.UTF8.GetBytes(content));
        File.SetLastWriteTimeUtc(path, Noon);
        return path;
    }
}
