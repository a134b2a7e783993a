namespace DeepLearning;

/// <summary>
/// How one of several outputs is trained. The sum of the outputs' losses, each times its weight, is minimised. A loss converts implicitly:
/// <c>model.Compile(new Adam(), [new SparseCategoricalCrossEntropy(), new BinaryCrossEntropy()])</c>. Keras: <c>loss</c> and <c>loss_weights</c>
/// of <c>compile</c>.
/// </summary>
/// <example>
/// <code>
/// model.Compile(new Adam(),
/// [
///     new OutputLoss(new SparseCategoricalCrossEntropy(), new Accuracy()),
///     new OutputLoss(new MeanSquaredError()) { Weight = 0.2 },
/// ]);
/// </code>
/// </example>
public sealed record OutputLoss
{
    /// <summary>A loss of weight 1 with metrics.</summary>
    /// <param name="loss">The loss to minimize.</param>
    /// <param name="metrics">Figures to follow; in a history their names are prefixed with the output's: <c>softmax_accuracy</c>.</param>
    public OutputLoss(Loss loss, params IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(metrics);
        foreach (Metric metric in metrics) ArgumentNullException.ThrowIfNull(metric, nameof(metrics));
        (Loss, Metrics) = (loss, [.. metrics]);
    }

    /// <summary>The loss to minimize.</summary>
    public Loss Loss { get; }

    /// <summary>The factor of the loss in the sum, finite and ≥ 0; 1 by default.</summary>
    public double Weight { get; init => field = Setting.NotNegative(value); } = 1;

    /// <summary>Figures to follow.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>A loss of weight 1 without metrics.</summary>
    /// <param name="loss">The loss.</param>
    public static implicit operator OutputLoss(Loss loss) => new(loss);
}
