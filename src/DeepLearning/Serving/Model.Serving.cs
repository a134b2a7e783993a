namespace DeepLearning;

/// <content>Serving.</content>
public abstract partial class Model
{
    /// <summary>Freezes the model for serving: a copy of the current weights, which later training does not change.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, so that its weights may be between two steps. A callback may call
    /// it.</exception>
    public Predictor ToPredictor() => new(Snapshot());
}
