using System.Diagnostics;
using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Serialization;

/// <summary>A checkpoint folder belongs to one run at a time.</summary>
public sealed class FolderLockTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ResumeCase run = new();

    private CheckpointOptions Options => new(folder.Path);

    [Fact]
    public void Line18_while_a_run_has_the_folder_another_throws_before_it_trains_and_the_first_goes_on()
    {
        IReadOnlyList<int> whole = ResumeCase.Bits(run.Run(null));
        int tried = 0;
        var second = new Recorder(batch: (c, _) =>
        {
            if (c.Batch > 0) return;
            tried++;
            bool trained = false;
            run.Invoking(r => r.Run(Options, new Recorder(batch: (_, _) => trained = true))).Should().Throw<IOException>()
                .WithMessage($"*{folder.Path} belongs to another run, in this or another process*its own folder*");
            CheckpointOptions sameElsewise = Options with { Folder = folder["../" + Path.GetFileName(folder.Path)], Resume = false };
            run.Invoking(r => r.Run(sameElsewise)).Should().Throw<IOException>();
            trained.Should().BeFalse();
        });
        ResumeCase.Bits(run.Run(Options, second)).Should().Equal(whole);
        tried.Should().Be(4);
        folder.Files.Should().NotContain(".lock");
    }

    [Fact]
    public void Line18_a_run_that_ended_in_whatever_way_leaves_the_folder_free()
    {
        run.Invoking(r => r.Run(Options, new Interruption(7))).Should().Throw<TimeoutException>();
        run.Invoking(r => r.Run(Options with { Monitor = "no" }, new Interruption(0))).Should().Throw<ArgumentException>();
        run.Invoking(r => r.Run(Options)).Should().Throw<CheckpointMismatchException>();
        folder.Files.Should().NotContain(".lock");
        ResumeCase.Bits(run.Run(Options, new Interruption(0))).Should().Equal(ResumeCase.Bits(run.Run(null)));
        run.Run(Options, new Interruption(0));
    }

    [Fact]
    public void Line18_another_process_keeps_the_folder_until_it_is_killed_and_what_it_leaves_keeps_nobody_out()
    {
        using (Process child = ChildProcess.Start("hold-folder", folder.Path))
        {
            child.StandardOutput.ReadLine().Should().Be("held");
            run.Invoking(r => r.Run(Options)).Should().Throw<IOException>().WithMessage("*belongs to another run*");
            child.Kill();
            child.WaitForExit();
        }

        folder.Files.Should().Equal(".lock");
        run.Run(Options).History.Epochs.Should().Be(4);
        folder.Files.Should().NotContain(".lock");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Line18_a_folder_that_is_removed_under_a_run_is_taken_again_with_the_next_save(bool folderToo)
    {
        if (OperatingSystem.IsWindows()) return; // There, a file that is open cannot be removed.
        string path = folder["run"];
        int refused = 0;
        var removes = new Recorder(batch: (c, _) =>
        {
            if (c.Batch == 0 && c.Epoch == 1)
            {
                if (folderToo) Directory.Delete(path, recursive: true);
                else File.Delete(Path.Combine(path, ".lock"));
            }

            if (c.Batch != 0 || c.Epoch != 2) return;
            run.Invoking(r => r.Run(new CheckpointOptions(path))).Should().Throw<IOException>().WithMessage("*belongs to another run*");
            refused++;
        });
        run.Run(new CheckpointOptions(path), removes);
        refused.Should().Be(1);
        Directory.GetFiles(path).Should().NotContain(f => f.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public void Line18_a_run_whose_folder_another_has_taken_meanwhile_ends_and_leaves_it_to_that_one()
    {
        if (OperatingSystem.IsWindows()) return;
        FolderLock? other = null;
        var removes = new Recorder(batch: (c, _) =>
        {
            if (other is not null) return;
            File.Delete(folder[".lock"]);
            other = FolderLock.Take(folder.Path);
        });
        run.Invoking(r => r.Run(Options, removes)).Should().Throw<IOException>().WithMessage("*belongs to another run*");
        folder.Files.Should().Equal(".lock");
        other!.Dispose();
        folder.Files.Should().BeEmpty();
    }

    /// <summary>What the killed process does.</summary>
    internal static void HoldForEver(string folder)
    {
        using FolderLock held = FolderLock.Take(folder);
        Console.WriteLine("held");
        Thread.Sleep(Timeout.Infinite);
    }

    public void Dispose() => folder.Dispose();
}
