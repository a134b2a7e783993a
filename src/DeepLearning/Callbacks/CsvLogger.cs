using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>
/// Writes one line per epoch to a CSV file: <c>epoch,loss,val_loss,learning_rate</c>. The epoch counts from 0, the learning rate is the one after the epoch,
/// and numbers have a decimal point in every culture. Each line is on the disk before training goes on. Keras: <c>callbacks.CSVLogger</c>.
/// </summary>
/// <remarks>
/// A run that resumes from a checkpoint continues its file: lines written after the checkpoint, and one that was cut off, are removed, and those epochs are
/// written again. Unlike Keras's, the file has the learning rate, and its figures are in the order of <see cref="TrainingContext.Names"/>.
/// </remarks>
/// <example><c>new CsvLogger("run.csv")</c></example>
public sealed class CsvLogger : Callback
{
    private const string EpochColumn = "epoch", RateColumn = "learning_rate";

    private string header = "";
    private int rows;
    private bool begun, resumes;

    /// <summary>Writes to a file.</summary>
    /// <param name="path">The file; its folder is created if missing.</param>
    /// <param name="separator">Between two columns: a comma by default.</param>
    /// <param name="append">
    /// Whether a new run adds its lines to those in the file; false by default: it replaces the file. A resumed run continues the file in both cases.
    /// </param>
    /// <exception cref="ArgumentException">The separator may be part of a number, or is a quotation mark or a line break.</exception>
    public CsvLogger(string path, char separator = ',', bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (Path, Separator, Append) = (path, separator, append);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Between two columns: a comma by default.</summary>
    public char Separator
    {
        get;
        init => field = char.IsLetterOrDigit(value) || value is '.' or '+' or '-' or '∞' or '"' or '\r' or '\n'
            ? throw new ArgumentException($"A separator cannot be part of a number, a quotation mark or a line break, got '{value}'.", nameof(Separator))
            : value;
    }

    /// <summary>Whether a new run adds its lines to those in the file; false by default.</summary>
    public bool Append { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A metric is called <c>epoch</c> or <c>learning_rate</c>, or its name has a line break.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Names.FirstOrDefault(n => n is EpochColumn or RateColumn || n.AsSpan().ContainsAny('\r', '\n')) is { } name)
            throw new ArgumentException($"{nameof(CsvLogger)} has columns {EpochColumn} and {RateColumn}, on one line: give the metric '{name}' another name.");
        header = string.Join(Separator, context.Names.Prepend(EpochColumn).Append(RateColumn).Select(Quoted));
        (rows, begun, resumes) = (0, false, false);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => Begin();

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(TrainingContext context) => Begin();

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        Begin();
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{context.Epoch}");
        foreach ((_, float figure) in logs) line.Append(Separator).Append(figure.ToString("R", CultureInfo.InvariantCulture));
        line.Append(Separator).Append(((float)context.Optimizer.LearningRate).ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        // Somebody may have moved the file away.
        if (file.Length == 0) line.Insert(0, $"{header}\n");
        file.Write(Encoding.UTF8.GetBytes(line.ToString()));
        file.Flush(flushToDisk: true);
        rows++;
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write("rows", rows);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (rows, begun, resumes) = (state.ReadInt32("rows", 0, int.MaxValue), false, true);
    }

    /// <summary>Only the first hook after <see cref="LoadState"/> knows whether the run resumes.</summary>
    private void Begin()
    {
        if (begun) return;
        string[] lines = (resumes || Append) && File.Exists(Path) ? CompleteLines() : [];
        if (lines.Length > 0 && lines[0] != header)
        {
            throw new InvalidOperationException(
                $"{nameof(CsvLogger)} cannot continue {Path}: its first line is '{lines[0]}', but the columns of this run are '{header}'. Take another file.");
        }

        if (resumes) lines = [.. lines.Take(1 + rows)];
        if (lines.Length == 0) lines = [header];
        AtomicFile.Write(Path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => $"{l}\n")))));
        (rows, begun) = (lines.Length - 1, true);
    }

    /// <summary>The lines that a killed process did not leave half written.</summary>
    private string[] CompleteLines()
    {
        string text = File.ReadAllText(Path);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>RFC 4180.</summary>
    private string Quoted(string name) => name.AsSpan().ContainsAny(Separator, '"') ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
