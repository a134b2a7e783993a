namespace DeepLearning;

/// <summary>The results of a model on some data: the loss and each metric, means over the samples.</summary>
public sealed class Evaluation
{
    private readonly Logs logs;

    internal Evaluation(Logs logs) => this.logs = logs;

    /// <summary>The loss.</summary>
    public float Loss => logs["loss"];

    /// <summary>The names: <c>loss</c> and the metrics.</summary>
    public IReadOnlyList<string> Names => logs.Names;

    /// <summary>A figure by its name.</summary>
    /// <param name="name">For example <c>accuracy</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such figure; the message lists the existing ones.</exception>
    public float this[string name] => logs[name];

    /// <summary>For example <c>loss 0.2310, accuracy 0.9312</c>.</summary>
    public override string ToString() => logs.ToString();
}
