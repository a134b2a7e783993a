namespace DeepLearning;

/// <content>A copy is of the same kind.</content>
public sealed partial class Sequential
{
    /// <inheritdoc/>
    public override Sequential Clone() => (Sequential)Snapshot();
}
