namespace DeepLearning.Data;

/// <summary>A data set is in none of the places where it was looked for, and could not be fetched; the message says where, and what to do.</summary>
public sealed class DatasetNotFoundException : IOException
{
    /// <summary>An exception that says what was looked for, where, and what to do.</summary>
    /// <param name="message">The sentence for the reader.</param>
    public DatasetNotFoundException(string message) : base(message) { }

    /// <summary>An exception that says what was looked for, where, what to do, and why fetching failed.</summary>
    /// <param name="message">The sentence for the reader.</param>
    /// <param name="inner">Why fetching failed.</param>
    public DatasetNotFoundException(string message, Exception inner) : base(message, inner) { }
}
