namespace DeepLearning;

/// <summary>How a minimization by <see cref="Lbfgs"/> ended.</summary>
/// <param name="Loss">The lowest loss found, which the parameters have now.</param>
/// <param name="Iterations">Iterations made.</param>
/// <param name="Evaluations">How often the loss and its gradient were computed.</param>
/// <param name="Stop">Why it ended.</param>
public sealed record LbfgsResult(float Loss, int Iterations, int Evaluations, LbfgsStop Stop)
{
    /// <summary>Whether it ended at a minimum, as far as the tolerances tell.</summary>
    public bool Converged => Stop is LbfgsStop.Gradient or LbfgsStop.Loss;
}
