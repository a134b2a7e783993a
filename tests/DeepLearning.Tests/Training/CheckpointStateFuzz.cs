using System.Diagnostics;
using System.Globalization;
using DeepLearning.Tests.Contracts;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>
/// Checkpoints with one to three values of their state changed, and a checksum that is right. Each run that takes one up ends in time: either with state that a
/// run can have, or with a typed exception and weights, optimizer and callbacks as they were. The command <c>checkpoint-state</c> of Program.cs.
/// </summary>
internal static class CheckpointStateFuzz
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly string[] Texts =
    [
        "0", "1", "-1", "2", "3", "4", "5", "7", "-0", "NaN", "Infinity", "-Infinity", "1e-45", "3.4e38", "1e300", "0.5", "true", "false", "True", "", " ", "x",
        "2147483647", "2147483648", "-2147483648", "4294967296", "9007199254740992", "9223372036854775807", "-9223372036854775808", "99999999999999999999",
        "val_loss", "loss", "EarlyStopping", "\u0000", "é",
    ];

    private static readonly float[] Numbers = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -1f, float.MaxValue, float.Epsilon, 1e20f];

    /// <summary>Makes so many files and takes each up.</summary>
    /// <returns>How often each kind of end came.</returns>
    public static string Run(int count, int seed)
    {
        var clock = Stopwatch.StartNew();
        // A test that fails must fail again.
        var random = new Random(seed);
        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using var recorded = new ScratchFolder();
        List<(ResumeCase Run, string Path)> originals = Record(recorded);
        for (int i = 0; i < count; i++)
        {
            (ResumeCase run, string original) = originals[random.Next(originals.Count)];
            var edit = new CheckpointEdit(original);
            bool lacks = false;
            string what = "";
            for (int changes = 1 + random.Next(3); changes > 0; changes--) what += Change(edit, random, ref lacks) + "; ";
            using var folder = new ScratchFolder();
            edit.WriteTo(folder[Path.GetFileName(original)]);
            string end = TakeUp(run, folder.Path, $"file {i} of seed {seed}, {Path.GetFileName(original)}: {what}");
            if (lacks) end.Should().NotBe("went on", "{0} lacks something", what);
            ends[end] = ends.GetValueOrDefault(end) + 1;
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{count} files in {clock.Elapsed.TotalSeconds:0} s: {string.Join(", ", ends.Select(e => $"{e.Value} {e.Key}"))}.");
    }

    /// <summary>Runs of several optimizers, at an epoch's end and at each step of an epoch.</summary>
    private static List<(ResumeCase, string)> Record(ScratchFolder folder)
    {
        Func<Optimizer>[] optimizers =
        [
            () => new Adam(0.01f) { AmsGrad = true, GradientAccumulationSteps = 3, UseEma = true },
            .. OptimizerContract.Rows.Select(row => (Func<Optimizer>)(() => row.Make(0.01f))),
        ];
        var all = new List<(ResumeCase, string)>();
        for (int i = 0; i < optimizers.Length; i++)
        {
            var run = new ResumeCase
            {
                Optimizer = optimizers[i],
                Callbacks = () =>
                [
                    new EarlyStopping { Patience = 3, RestoreBestWeights = true }, new Counter(),
                    new ModelCheckpoint(Path.Combine(AppContext.BaseDirectory, "unused.safetensors")) { SaveBestOnly = true, InitialValueThreshold = -1f },
                ],
                Source = i == 1 ? ResumeCase.Stream : data => data,
                Options = new FitOptions { BatchSize = 8, Epochs = 4, ValidationSplit = i == 1 ? 0 : 0.2, Validation = i == 1 ? TrainingCases.Blobs(8) : null },
            };
            string path = folder[$"{i}"];
            run.Run(new CheckpointOptions(path) { EverySteps = 1, KeepLast = int.MaxValue, KeepBest = false });
            string[] files = [.. Directory.GetFiles(path).Order(StringComparer.Ordinal)];
            all.AddRange(files.Where((_, step) => step is 0 or 1 or > 6 and < 12 or > 17).Select(file => (run, file)));
        }

        return all;
    }

    private static string Change(CheckpointEdit edit, Random random, ref bool lacks)
    {
        string[] texts = [.. edit.Texts.Keys.Where(k => k.StartsWith("checkpoint.", Exactly) && !k.StartsWith("checkpoint.run.", Exactly))];
        string[] arrays = [.. edit.Arrays.Where(a => a.Value.Count > 0).Select(a => a.Key)];
        if (random.Next(3) == 0)
        {
            string array = arrays[random.Next(arrays.Length)];
            Tensor values = edit.Arrays[array].Clone();
            switch (random.Next(6))
            {
                case 0:
                    lacks |= edit.Arrays.Remove(array);
                    return $"{array} is gone";
                case 1:
                    edit.Arrays[array] = Tensor.From(values.AsReadOnlySpan()[..random.Next(values.Count)]);
                    return $"{array} is cut";
                case 2:
                    edit.Arrays[array] = Tensor.From([.. values.ToArray(), 1f]);
                    return $"{array} is longer";
                case 3:
                    edit.Arrays[array] = edit.Arrays[arrays[random.Next(arrays.Length)]];
                    return $"{array} is another";
                default:
                    int place = random.Next(values.Count);
                    values.AsSpan()[place] = Numbers[random.Next(Numbers.Length)];
                    edit.Arrays[array] = values;
                    return FormattableString.Invariant($"{array}[{place}] = {values.AsReadOnlySpan()[place]:R}");
            }
        }

        string name = texts[random.Next(texts.Length)];
        switch (random.Next(8))
        {
            case 0:
                lacks |= edit.Texts.Remove(name);
                return $"{name} is gone";
            case 1:
                edit.Texts.Remove(name);
                edit.Arrays[name] = Tensor.Zeros([1]);
                return $"{name} is an array";
            case 2:
                edit.Texts[name] = edit.Texts[texts[random.Next(texts.Length)]];
                return $"{name} = '{edit.Texts[name]}'";
            case 3 when long.TryParse(edit.Texts[name], CultureInfo.InvariantCulture, out long number):
                edit.Texts[name] = $"{unchecked(number + random.Next(-3, 4))}";
                return $"{name} = '{edit.Texts[name]}'";
            default:
                edit.Texts[name] = Texts[random.Next(Texts.Length)];
                return $"{name} = '{edit.Texts[name]}'";
        }
    }

    private static string TakeUp(ResumeCase run, string folder, string what)
    {
        (Sequential model, Optimizer optimizer, Callback[] callbacks) = (run.Model(), run.Optimizer(), run.Callbacks());
        string fresh = StateBits.Of(model, optimizer, []);
        string? begun = null;
        using var late = new CancellationTokenSource(Longest);
        var options = new CheckpointOptions(folder) { KeepBest = false };
        var again = run with { Model = () => model, Optimizer = () => optimizer, Callbacks = () => callbacks };
        try
        {
            (_, History history) = again.Run(options, late.Token, new Beginning(() => begun = StateBits.Of(model, optimizer, callbacks)));
            RequireLegal(run, model, optimizer, callbacks, history, what);
            return "went on";
        }
        catch (Exception e) when (e is ModelFormatException or CheckpointMismatchException)
        {
            StateBits.Of(model, optimizer, []).Should().Be(fresh, what);
            if (begun is not null) StateBits.Of(model, optimizer, callbacks).Should().Be(begun, what);
            return e is ModelFormatException ? "refused" : "of another run";
        }
        catch (TrainingDivergedException)
        {
            // Weights or moments of 3.4e38 are numbers, and the run that has them says where it ends.
            return "diverged";
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what}: {e.Message}", e);
        }
    }

    private static void RequireLegal(ResumeCase run, Sequential model, Optimizer optimizer, Callback[] callbacks, History history, string what)
    {
        int epochs = run.Options.Epochs;
        history.Epochs.Should().BeInRange(1, epochs, what);
        history.ResumedFrom.Should().NotBeNull(what);
        history["loss"].Should().OnlyContain(v => float.IsFinite(v), what);
        foreach (string name in history.Names) history[name].Should().HaveCount(history.Epochs, what);
        model.Parameters.SelectMany(p => p.Value.ToArray()).Should().OnlyContain(v => float.IsFinite(v), what);
        (optimizer.LearningRate >= 0 && float.IsFinite((float)optimizer.LearningRate)).Should().BeTrue(what);
        optimizer.Steps.Should().BeGreaterThanOrEqualTo(0, what);
        var stopping = (EarlyStopping)callbacks[0];
        stopping.BestEpoch.Should().BeInRange(-1, epochs - 1, what);
        (stopping.StoppedEpoch ?? 0).Should().BeInRange(0, epochs - 1, what);
    }

    private sealed class Counter : Callback
    {
        private long steps;

        public override void OnTrainBatchEnd(TrainingContext context, Logs logs) => steps++;

        public override void SaveState(StateWriter state) => state.Write("steps", steps);

        public override void LoadState(StateReader state) => steps = state.ReadInt64("steps");
    }

    private sealed class Beginning(Action begins) : Callback
    {
        public override void OnTrainBegin(TrainingContext context) => begins();
    }
}
