namespace DeepLearning;

/// <summary>A file is not what it should be; the message names the file, the place in it, what was expected and what came. Nothing was changed.</summary>
public sealed class ModelFormatException : IOException
{
    /// <summary>An exception that says what was expected and what came.</summary>
    /// <param name="message">The sentence for the reader: file, place, expected, got.</param>
    public ModelFormatException(string message) : base(message) { }

    /// <summary>An exception that says what was expected and what came, and what brought it up.</summary>
    /// <param name="message">The sentence for the reader: file, place, expected, got.</param>
    /// <param name="inner">What brought it up.</param>
    public ModelFormatException(string message, Exception inner) : base(message, inner) { }
}
