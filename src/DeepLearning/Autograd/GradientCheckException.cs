namespace DeepLearning;

/// <summary>A gradient differs from central differences; the message names the worst element, both values and the tolerance.</summary>
public sealed class GradientCheckException : Exception
{
    /// <summary>An exception for a failed check.</summary>
    /// <param name="result">The result of the check.</param>
    public GradientCheckException(GradientCheckResult result) : base(result?.ToString()) => Result = result!;

    /// <summary>The worst element.</summary>
    public GradientCheckResult Result { get; }
}
