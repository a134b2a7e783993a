namespace DeepLearning;

/// <content>Serving.</content>
public abstract partial class Model
{
    /// <summary>Freezes the model for serving: a copy of the current weights, which later training does not change.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, so that its weights may be between two steps. A callback may call
    /// it.</exception>
    public Predictor ToPredictor() => new(Snapshot());

    /// <summary>Freezes the model for serving raw rows of a table.</summary>
    /// <exception cref="InvalidOperationException">
    /// It has no <see cref="Encoding"/>, the encoding no targets, or a class does not come from a softmax or a sigmoid; or another thread trains the model.
    /// </exception>
    public TablePredictor ToTablePredictor() => TablePredictor.Of(ToPredictor());
}
