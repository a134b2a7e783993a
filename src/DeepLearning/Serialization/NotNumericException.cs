namespace DeepLearning;

/// <summary>An array is not of numbers, but of texts, objects, dates, complex or structured values.</summary>
internal sealed class NotNumericException(string message) : FormatException(message);
