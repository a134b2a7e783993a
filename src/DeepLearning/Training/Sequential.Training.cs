namespace DeepLearning;

/// <content>Compiling returns the model as a <c>Sequential</c>, so that calls can be chained: <c>Sequential.Input(4)….Build().Compile(…)</c>.</content>
public sealed partial class Sequential
{
    /// <inheritdoc/>
    public override Sequential Compile(Optimizer optimizer, Loss loss, params IReadOnlyList<Metric> metrics)
    {
        base.Compile(optimizer, loss, metrics);
        return this;
    }
}
