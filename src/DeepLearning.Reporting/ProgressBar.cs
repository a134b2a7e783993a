using System.Globalization;
using System.Text;
using Spectre.Console;

namespace DeepLearning.Reporting;

/// <summary>
/// Shows training in progress: one line per epoch with the step, samples per second, the time left, and the figures. In a terminal the line is redrawn at most
/// ten times a second; if output goes to a file or a pipe, each epoch is written once, when it ends. Keras: <c>verbose=1</c>.
/// </summary>
/// <example>
/// <code>
/// model.Fit(train, new FitOptions { Epochs = 5, Callbacks = [new ProgressBar()] });
/// </code>
/// </example>
public sealed class ProgressBar : Callback
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly StringBuilder text = new();
    private bool begun;
    private int stepsBefore;
    private long samplesBefore;
    private long epochStart;
    private long lastStep;
    private long lastDrawn;
    private int drawnLength;
    private bool live;

    /// <summary>Where to write; the terminal by default.</summary>
    public IAnsiConsole Console { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = AnsiConsole.Console;

    /// <summary>Whether the line is redrawn while the epoch runs; by default, if <see cref="Console"/> is an interactive terminal.</summary>
    public bool? Live { get; init; }

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Clock { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = TimeProvider.System;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        Capabilities terminal = Console.Profile.Capabilities;
        live = Live ?? (terminal.Ansi && terminal.Interactive && Console.Profile.Out.IsTerminal);
        begun = false;
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => Start(context);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(TrainingContext context)
    {
        if (!begun) Start(context);
    }

    /// <inheritdoc/>
    public override void OnTestBegin(TrainingContext context)
    {
        if (!begun) Start(context);
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        lastStep = Clock.GetTimestamp();
        if (!live || Clock.GetElapsedTime(lastDrawn, lastStep) < Pause) return;
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        lastDrawn = lastStep;
        TimeSpan elapsed = Clock.GetElapsedTime(epochStart, lastStep);
        int steps = context.Batch + 1, here = steps - stepsBefore;
        Begin(context);
        if (context.BatchesPerEpoch is { } all)
        {
            AppendBar((double)steps / all);
            Add($"  {steps}/{all}");
            AppendSpeed(context, elapsed);
            Add($" · {elapsed * ((double)(all - steps) / here):m\\:ss} left");
        }
        else
        {
            Add($"step {steps}");
            AppendSpeed(context, elapsed);
        }

        AppendFigures(logs, "val_");
        Draw();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        if (!begun) Start(context);
        Begin(context);
        Add($"{Clock.GetElapsedTime(epochStart).TotalSeconds:0.0} s");
        AppendSpeed(context, Clock.GetElapsedTime(epochStart, lastStep));
        AppendFigures(logs, null);
        if (live) Draw();
        else Console.Profile.Out.Writer.Write(text);
        Console.Profile.Out.Writer.WriteLine();
        drawnLength = 0;
    }

    /// <summary>If a run resumes in the middle of an epoch, another process made the epoch's first steps, in an unknown time.</summary>
    private void Start(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (begun, stepsBefore, samplesBefore) = (true, context.Batch, context.Samples);
        epochStart = lastStep = lastDrawn = Clock.GetTimestamp();
        drawnLength = 0;
    }

    private void Begin(TrainingContext context)
    {
        int width = context.Epochs.ToString(CultureInfo.InvariantCulture).Length;
        string epoch = (context.Epoch + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width);
        text.Clear();
        Add($"Epoch {epoch}/{context.Epochs}  ");
    }

    private void AppendBar(double share)
    {
        int full = (int)(share * BarWidth);
        text.Append('━', full).Append('─', BarWidth - full);
    }

    private void AppendSpeed(TrainingContext context, TimeSpan elapsed)
    {
        long here = context.Samples - samplesBefore;
        if (elapsed > TimeSpan.Zero && here > 0) Add($" · {here / elapsed.TotalSeconds:N0} samples/s");
    }

    /// <summary>While an epoch runs, validation figures are those of the last epoch, and are omitted.</summary>
    private void AppendFigures(Logs logs, string? exceptPrefix)
    {
        foreach ((string name, float value) in logs)
            if (exceptPrefix is null || !name.StartsWith(exceptPrefix, StringComparison.Ordinal)) Add($" · {name} {value:0.0000}");
    }

    private void Add(FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));

    /// <summary>Overwrites the previous line; a line longer than the terminal would wrap and could not be overwritten.</summary>
    private void Draw()
    {
        text.Length = Math.Min(text.Length, Math.Max(1, Console.Profile.Width - 1));
        int length = text.Length;
        if (length < drawnLength) text.Append(' ', drawnLength - length);
        drawnLength = length;
        TextWriter writer = Console.Profile.Out.Writer;
        writer.Write('\r');
        writer.Write(text);
        writer.Flush();
    }
}
