namespace DeepLearning;

/// <summary>A checkpoint is of another run: another model, optimizer, loss or data. Nothing was loaded.</summary>
public sealed class CheckpointMismatchException : InvalidOperationException
{
    internal CheckpointMismatchException(string file, IReadOnlyList<string> differences)
        : base($"{file} is of another run:{string.Concat(differences.Select(d => $"\n  {d}"))}\n"
            + "Configure this run like that one, give it its own folder, or set CheckpointOptions.Resume to false to start over there.")
        => Differences = differences;

    /// <summary>One sentence for each difference: what it is, what the checkpoint has, what this run has.</summary>
    public IReadOnlyList<string> Differences { get; }
}
