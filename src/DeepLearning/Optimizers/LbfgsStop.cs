namespace DeepLearning;

/// <summary>Why <see cref="Lbfgs"/> ended.</summary>
public enum LbfgsStop
{
    /// <summary>No gradient was larger than <see cref="Lbfgs.GradientTolerance"/>.</summary>
    Gradient,

    /// <summary>The last iteration lowered the loss by no more than <see cref="Lbfgs.LossTolerance"/>, or the next was expected to.</summary>
    Loss,

    /// <summary>It made <see cref="Lbfgs.MaxIterations"/>.</summary>
    MaxIterations,

    /// <summary>No lower loss was found along the direction: usually the limit of float32, otherwise a loss that differs from call to call.</summary>
    LineSearch,
}
