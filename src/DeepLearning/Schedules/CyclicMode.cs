namespace DeepLearning;

/// <summary>How the height of a cycle of <see cref="CyclicLearningRate"/> changes.</summary>
public enum CyclicMode
{
    /// <summary>All cycles are equally high.</summary>
    Triangular,

    /// <summary>Each cycle is half as high as the one before.</summary>
    Triangular2,

    /// <summary>The height at step n is multiplied by gamma^n.</summary>
    ExponentialRange,
}
