using System.Diagnostics;
using System.Globalization;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>Kills a training process and starts it again until it is done. The command <c>killed-runs</c> of Program.cs does it with more kills.</summary>
internal static class KilledRuns
{
    private static readonly ResumeCase Run = new()
    {
        Model = () => Sequential.Input(4).Dense(32).Relu().Dropout(0.3f).Dense(3).Softmax().Build(seed: 7),
        Optimizer = () => new Adam(0.01f) { UseEma = true, GradientAccumulationSteps = 3 },
        Callbacks = () => [new EarlyStopping { Patience = 1000, RestoreBestWeights = true }, new RateByStep()],
    };

    /// <summary>What the killed process does: tells where it begins, trains, and prints the bits of what came out.</summary>
    public static void Train(string folder, int epochs)
    {
        var speaker = new Recorder(batch: (context, _) => Console.WriteLine($"{context.Epoch}/{context.Batch}"));
        Console.WriteLine($"bits {BitsOf(epochs, new CheckpointOptions(folder) { EverySteps = 2 }, speaker)}");
    }

    /// <summary>Kills a run of this many epochs at most so often, each time at another moment, and lets it end then.</summary>
    /// <returns>How often it was killed.</returns>
    public static int Kill(int most, int epochs)
    {
        string expected = BitsOf(epochs, null, new Recorder());
        using var folder = new ScratchFolder();
        for (int kills = 0; ; kills++)
        {
            using Process child = ChildProcess.Start("train-until-killed", folder.Path, epochs.ToString(CultureInfo.InvariantCulture));
            Task<string> errors = child.StandardError.ReadToEndAsync();
            int line = 0, fatal = 3 + kills * 7 % 20;
            string? last = null;
            while (child.StandardOutput.ReadLine() is { } text)
            {
                last = text;
                if (kills == most || ++line != fatal) continue;
                Thread.SpinWait(kills * 7919 % 40_000);
                child.Kill();
            }

            child.WaitForExit();
            if (last?.StartsWith("bits ", StringComparison.Ordinal) != true)
            {
                kills.Should().BeLessThan(most, errors.Result);
                continue;
            }

            last.Should().Be($"bits {expected}", "killed {0} times", kills);
            return kills;
        }
    }

    private static string BitsOf(int epochs, CheckpointOptions? checkpoint, Callback more)
        => string.Join(',', ResumeCase.Bits((Run with { Options = Run.Options with { Epochs = epochs } }).Run(checkpoint, more)));
}
