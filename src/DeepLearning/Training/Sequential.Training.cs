namespace DeepLearning;

/// <content>Compiling returns the model as what it is, so that <c>Sequential.Input(4)….Build().Compile(…)</c> is one.</content>
public sealed partial class Sequential
{
    /// <inheritdoc/>
    public override Sequential Compile(Optimizer optimizer, Loss loss, params IReadOnlyList<Metric> metrics)
    {
        base.Compile(optimizer, loss, metrics);
        return this;
    }
}
