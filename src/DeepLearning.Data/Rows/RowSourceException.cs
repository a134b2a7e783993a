namespace DeepLearning.Data;

/// <summary>
/// A database or another source of rows failed while it was read; the message names the row, and the cause is inside. A run with checkpoints is resumed by
/// starting the same program again.
/// </summary>
public sealed class RowSourceException : IOException
{
    internal RowSourceException(string source, long row, int epoch, Exception cause)
        : base($"{source} failed at row {row} of epoch {epoch}, both counted from 0: {cause.Message}", cause) => (Row, Epoch) = (row, epoch);

    /// <summary>Rows that had been read in the epoch.</summary>
    public long Row { get; }

    /// <summary>The number of the epoch, from 0.</summary>
    public int Epoch { get; }
}
