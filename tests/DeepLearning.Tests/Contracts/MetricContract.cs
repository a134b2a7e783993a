using DeepLearning.Tests.Metrics;

namespace DeepLearning.Tests.Contracts;

/// <summary>Every public metric, and custom ones that are no means; <see cref="MetricContractTests"/> runs one suite over all rows.</summary>
public static partial class MetricContract
{
    private static readonly Tensor Shares = Tensor.From(
        new[,]
        {
            { 0.7f, 0.2f, 0.1f }, { 0.1f, 0.3f, 0.6f }, { 0.2f, 0.5f, 0.3f }, { 0.1f, 0.1f, 0.8f }, { 0.4f, 0.3f, 0.3f }, { 0f, 1f, 0f }, { 0.6f, 0.3f, 0.1f },
        });

    private static readonly Tensor Labels = Tensor.From(0f, 2f, 0f, 1f, 0f, 1f, 2f);
    private static readonly Tensor OneHot = Tensor.From(
        new[,] { { 1f, 0f, 0f }, { 0f, 0f, 1f }, { 1f, 0f, 0f }, { 0f, 1f, 0f }, { 1f, 0f, 0f }, { 0f, 1f, 0f }, { 0f, 0f, 1f } });

    private static readonly double[] Right = [1, 1, 0, 0, 1, 1, 0];
    private static readonly Tensor Chance = Tensor.From([0.9f, 0.2f, 0.5f, 0.51f, 0f, 1f, 0.3f], [7, 1]), Yes = Tensor.From(1f, 0f, 0f, 1f, 1f, 0f, 0f);
    private static readonly Tensor Pairs = Tensor.From([0.9f, 0.2f, 0.5f, 0.51f, 0f, 1f, 0.3f, 0.7f, 1f, 1f, 0f, 0f, 0.6f, 0.6f], [7, 2]);
    private static readonly Tensor PairsYes = Tensor.From([1f, 0f, 1f, 1f, 1f, 0f, 0f, 1f, 0f, 1f, 0f, 0f, 1f, 0f], [7, 2]);

    public static IReadOnlyList<MetricRow> Rows { get; } =
    [
        new(new Accuracy(), "accuracy", Shares, Labels, Right),
        new(new Accuracy(), "accuracy", Shares, OneHot, Right),
        new(new SparseCategoricalAccuracy(), "sparse_categorical_accuracy", Shares, Labels, Right),
        new(new SparseCategoricalAccuracy(), "sparse_categorical_accuracy", Shares, Labels.Reshape(7, 1), Right),
        new(new CategoricalAccuracy(), "categorical_accuracy", Shares, OneHot, Right),
        new(new BinaryAccuracy(), "binary_accuracy", Chance, Yes, 1, 1, 1, 1, 0, 0, 1),
        new(new BinaryAccuracy(), "binary_accuracy", Pairs, PairsYes, 1, 0.5, 0, 1, 0.5, 1, 0.5),
        new(new BinaryAccuracy(0.95f), "binary_accuracy", Chance, Yes, 0, 1, 1, 0, 0, 0, 1),
        new(new LossMetric(new MeanSquaredError()), "mean_squared_error", Pairs, PairsYes, 0.025, 0.24505, 1, 0.09, 0.5, 0, 0.26) { HigherIsBetter = false },
        new(new MeanAbsoluteError(), "mean_absolute_error", Chance, Yes, 0.1, 0.2, 0.5, 0.49, 1, 1, 0.3) { HigherIsBetter = false },
        // 0.9 and 0.51 are found, 1 is taken for one and 0 is missed; of 3 · 4 pairs 0.9 is above 3, 0.51 above 3, 0 above none.
        new(new CustomF1(), "f1", Chance, Yes.Reshape(7, 1), 2 * 2 / (2.0 * 2 + 1 + 1)),
        new(new CustomAuc(), "auc", Chance, Yes.Reshape(7, 1), 6 / 12.0),
        // Σ e² is 2.6301; three ones of seven have the variance 12/49.
        new(new CustomRSquared(), "r2", Chance, Yes.Reshape(7, 1), 1 - 2.6301 / (7 * 12 / 49.0)),
        .. OfYesOrNo(), .. OfClasses(), .. OfLabels(), .. OfQuantities(),
    ];
}
