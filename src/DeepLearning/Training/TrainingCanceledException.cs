namespace DeepLearning;

/// <summary>
/// <c>Fit</c> was cancelled. The weights are those of the last complete step, and a further <c>Fit</c> continues from them; <c>EarlyStopping.RestoreBest</c>
/// restores the best ones, if an <c>EarlyStopping</c> kept them. The task of <c>FitAsync</c> is cancelled, and awaiting it throws this exception.
/// </summary>
public sealed class TrainingCanceledException : OperationCanceledException
{
    internal TrainingCanceledException(History history, int epoch, CancellationToken token)
        : base($"Training was cancelled in epoch {epoch + 1}. The weights are those of the last complete step.", token) => History = history;

    /// <summary>The figures of the completed epochs.</summary>
    public History History { get; }
}
