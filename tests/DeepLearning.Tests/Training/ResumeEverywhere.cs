using DeepLearning.Tests.Contracts;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>
/// Records an uninterrupted run's state after each of its steps, then takes it up from one after another with fresh objects, makes a single step, and
/// compares the files: where the whole state is the same after each step, so is the end.
/// </summary>
internal static class ResumeEverywhere
{
    public const int Steps = 200;

    private const int StepsPerEpoch = 5;

    /// <summary>So many steps.</summary>
    public static FitOptions Options(int steps = Steps) => new() { BatchSize = 8, Epochs = steps / StepsPerEpoch, ValidationSplit = 0.2 };

    public static ResumeCase With(OptimizerRow row, int steps) => new() { Optimizer = () => row.Make(0.01f), Options = Options(steps) };

    /// <summary>Every step with every optimizer: the command <c>resume-everywhere</c> of Program.cs.</summary>
    public static void Run(TextWriter output)
    {
        foreach (OptimizerRow row in OptimizerContract.Rows)
        {
            RequireSteps(With(row, Steps), row.Name, every: 1);
            output.WriteLine($"{row.Name}: the same from each of {Steps} steps");
        }
    }

    /// <summary>Takes a run up from its first step, and from others at this distance.</summary>
    public static void RequireSteps(ResumeCase run, string why, int every)
    {
        using ScratchFolder recorded = new(), folder = new();
        int steps = run.Options.Epochs * StepsPerEpoch;
        IReadOnlyList<int> plain = ResumeCase.Bits(run.Run(null, new Interruption(0)));
        var all = new CheckpointOptions(recorded.Path) { EverySteps = 1, KeepLast = int.MaxValue, KeepBest = false };
        ResumeCase.Bits(run.Run(all, new Interruption(0))).Should().Equal(plain, "checkpoints change nothing: {0}", why);
        recorded.Files.Should().HaveCount(steps);
        CheckpointOptions here = all with { Folder = folder.Path, KeepLast = 1 };
        for (int step = 1; step < steps; step += every)
        {
            string from = $"checkpoint-{step:00000000}.safetensors", to = $"checkpoint-{step + 1:00000000}.safetensors";
            foreach (string file in folder.Files.ToArray()) File.Delete(folder[file]);
            File.Copy(recorded[from], folder[from]);
            using var cancels = new CancellationTokenSource();
            // The last step of an epoch is followed by its validation, and the checkpoint after that has its number.
            var end = new Interruption(step + 1, cancels, afterEpoch: (step + 1) % StepsPerEpoch == 0);
            if (step + 1 < steps) run.Invoking(r => r.Run(here, cancels.Token, end)).Should().Throw<OperationCanceledException>();
            else run.Run(here, end);
            File.ReadAllBytes(folder[to]).AsSpan().SequenceEqual(File.ReadAllBytes(recorded[to])).Should().BeTrue("{0}, step {1}", why, step);
        }
    }
}
