namespace DeepLearning.Tests.Serialization;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Target => Path.Combine(folder.Path, "model.safetensors");

    [SkippableFact]
    public void Who_may_read_the_old_file_may_read_the_new_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such modes.");
        if (OperatingSystem.IsWindows()) return;
        using var own = new TemporaryFolder();
        string path = own.Write("model", [1]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.Write(path, stream => stream.WriteByte(2));
        File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllBytes(path).Should().Equal(2);
    }

    [Fact]
    public void A_save_replaces_the_file_and_leaves_nothing_else()
    {
        Write("old");
        Write("new");
        File.ReadAllText(Target).Should().Be("new");
        Files().Should().Equal("model.safetensors");
    }

    [Fact]
    public void Fault50_a_write_that_fails_leaves_the_old_file_and_no_other()
    {
        Write("old");
        FluentActions.Invoking(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write("ne"u8);
            throw new IOException("No space left on device");
        })).Should().Throw<IOException>().WithMessage("No space*");
        File.ReadAllText(Target).Should().Be("old");
        Files().Should().Equal("model.safetensors");
    }

    [Fact]
    public void Fault51_leftovers_of_the_same_file_are_removed_but_neither_those_of_others_nor_saves_in_progress()
    {
        string left = $".model.safetensors.{Guid.NewGuid():N}.tmp", other = $".other.safetensors.{Guid.NewGuid():N}.tmp";
        folder.Write(left, [1]);
        folder.Write(other, [1]);
        folder.Write(".model.safetensors.notes.tmp", [1]);
        AtomicFile.Write(Target, outer =>
        {
            Write("inner");
            Files().Should().HaveCount(4).And.NotContain(left);
            outer.Write("outer"u8);
        });
        File.ReadAllText(Target).Should().Be("outer");
        Files().Should().BeEquivalentTo("model.safetensors", other, ".model.safetensors.notes.tmp");
    }

    [Fact]
    public void Fault52_a_target_that_cannot_be_written_is_an_IOException_before_anything_is_written()
    {
        Write("old");
        File.SetAttributes(Target, FileAttributes.ReadOnly);
        Refused(Target, "*read-only*");
        File.SetAttributes(Target, FileAttributes.Normal);
        using (new FileStream(Target, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) Refused(Target, "*");
        Refused(folder.Path, "*folder*");
        Refused(Path.Combine(Target, "m"), "*model.safetensors*");
        File.ReadAllText(Target).Should().Be("old");
        Files().Should().Equal("model.safetensors");
    }

    [Fact]
    public void Line22_a_folder_that_is_missing_is_made()
    {
        string path = Path.Combine(folder.Path, "new", "dir", "m.safetensors");
        AtomicFile.Write(path, s => s.WriteByte(1));
        File.ReadAllBytes(path).Should().Equal(1);
    }

    [Fact]
    public void Saves_of_one_file_at_the_same_time_all_succeed_and_leave_it_whole()
    {
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            for (int i = 0; i < 300; i++) Write(new string((char)('a' + thread), 2000));
        });
        File.ReadAllText(Target).Should().HaveLength(2000).And.MatchRegex("^(a+|b+|c+|d+)$");
        Files().Should().Equal("model.safetensors");
    }

    [SkippableFact]
    public void A_pipe_is_not_replaced()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps pipes elsewhere.");
        string pipe = Path.Combine(folder.Path, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe])) made.WaitForExit();
        Refused(pipe, "*not a regular file*");
        Files().Should().Equal("pipe");
    }

    [Theory]
    [InlineData("x", 217)]
    [InlineData("x", 218)]
    [InlineData("x", 255)]
    [InlineData("ü", 109)]
    [InlineData("日", 85)]
    [InlineData("😀", 63)]
    public void Line17_a_name_as_long_as_the_file_system_allows_is_saved(string letter, int times)
    {
        string path = Path.Combine(folder.Path, string.Concat(Enumerable.Repeat(letter, times)));
        AtomicFile.Write(path, s => s.Write("old"u8));
        AtomicFile.Write(path, s => s.Write("new"u8));
        File.ReadAllText(path).Should().Be("new");
        Files().Should().Equal(Path.GetFileName(path));
    }

    [Fact]
    public void Line17_leftovers_of_a_long_name_are_removed()
    {
        string one = Path.Combine(folder.Path, new string('x', 250)), other = Path.Combine(folder.Path, new string('y', 250)), left = "";
        AtomicFile.Write(one, _ => left = Directory.GetFiles(folder.Path).Single());
        folder.Write(Path.GetFileName(left).Replace(left[^36..^4], $"{Guid.NewGuid():N}"), [1]);
        AtomicFile.Write(other, _ => { });
        Files().Should().HaveCount(3, "the leftover is another file's");
        AtomicFile.Write(one, _ => { });
        Files().Should().BeEquivalentTo(Path.GetFileName(one), Path.GetFileName(other));
    }

    [Fact]
    public void Line17_a_name_that_is_too_long_is_an_IOException()
        => FluentActions.Invoking(() => AtomicFile.Write(Path.Combine(folder.Path, new string('x', 256)), _ => { })).Should().Throw<IOException>();

    [Fact]
    public void A_symbolic_link_stays_one()
    {
        Write("old");
        string link = Path.Combine(folder.Path, "latest");
        File.CreateSymbolicLink(link, Target);
        AtomicFile.Write(link, s => s.Write("new"u8));
        File.ReadAllText(Target).Should().Be("new");
        File.ResolveLinkTarget(link, true)!.FullName.Should().Be(Target);
    }

    public void Dispose() => folder.Dispose();

    private static void Refused(string path, string message)
        => FluentActions.Invoking(() => AtomicFile.Write(path, _ => Assert.Fail("Something was written."))).Should().Throw<IOException>().WithMessage(message);

    private void Write(string text) => AtomicFile.Write(Target, s => s.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder.Path).Select(p => Path.GetFileName(p)!);
}
