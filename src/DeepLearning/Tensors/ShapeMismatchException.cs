namespace DeepLearning;

/// <summary>Two shapes that had to fit do not; the message names both and the place.</summary>
public sealed class ShapeMismatchException : ArgumentException
{
    /// <summary>An exception that says what was expected and what came.</summary>
    /// <param name="message">The sentence for the reader: what, expected, got.</param>
    public ShapeMismatchException(string message) : base(message) { }

    /// <summary>An exception that says what was expected and what came, for one parameter.</summary>
    /// <param name="message">The sentence for the reader: what, expected, got.</param>
    /// <param name="parameterName">The parameter at fault.</param>
    public ShapeMismatchException(string message, string parameterName) : base(message, parameterName) { }
}
