namespace DeepLearning;

/// <summary>An output that a model needs for an encoding.</summary>
/// <param name="Targets">The columns of numbers that it predicts, in order, or the one column of classes.</param>
/// <param name="ClassNames">The classes by label; empty for numbers.</param>
public sealed record EncodedOutput(IReadOnlyList<string> Targets, IReadOnlyList<string> ClassNames)
{
    /// <summary>The number of values: of <c>Dense(…)</c> before a softmax or for numbers. For two classes, a single sigmoid does too.</summary>
    public int Size => ClassNames.Count > 0 ? ClassNames.Count : Targets.Count;

    /// <summary>Whether it gives a class.</summary>
    public bool IsClass => ClassNames.Count > 0;
}
