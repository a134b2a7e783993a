namespace DeepLearning.Data;

/// <summary>A file is not what it should be; the message names the file, the place in it, the expected and the actual content.</summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>An exception that states the expected and the actual value.</summary>
    /// <param name="message">The sentence for the reader: file, place, expected, got.</param>
    public DataFormatException(string message) : base(message) { }

    /// <summary>An exception that states the expected and the actual value, with its cause.</summary>
    /// <param name="message">The sentence for the reader: file, place, expected, got.</param>
    /// <param name="inner">The cause.</param>
    public DataFormatException(string message, Exception inner) : base(message, inner) { }
}
