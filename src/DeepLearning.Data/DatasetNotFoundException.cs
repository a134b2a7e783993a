namespace DeepLearning.Data;

/// <summary>A data set was not found and could not be downloaded; the message says where it was looked for, and what to do.</summary>
public sealed class DatasetNotFoundException : IOException
{
    /// <summary>An exception that says what was looked for, where, and what to do.</summary>
    /// <param name="message">The sentence for the reader.</param>
    public DatasetNotFoundException(string message) : base(message) { }

    /// <summary>An exception that says what was looked for, where, what to do, and why the download failed.</summary>
    /// <param name="message">The sentence for the reader.</param>
    /// <param name="inner">Why the download failed.</param>
    public DatasetNotFoundException(string message, Exception inner) : base(message, inner) { }
}
