namespace DeepLearning;

/// <summary>Two shapes do not fit; the message names both, and where.</summary>
public sealed class ShapeMismatchException : ArgumentException
{
    /// <summary>An exception that states the expected and the actual value.</summary>
    /// <param name="message">The sentence for the reader: what, expected, got.</param>
    public ShapeMismatchException(string message) : base(message) { }

    /// <summary>An exception that states the expected and the actual value, for one parameter.</summary>
    /// <param name="message">The sentence for the reader: what, expected, got.</param>
    /// <param name="parameterName">The parameter at fault.</param>
    public ShapeMismatchException(string message, string parameterName) : base(message, parameterName) { }
}
