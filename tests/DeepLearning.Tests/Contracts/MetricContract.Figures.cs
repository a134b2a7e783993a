namespace DeepLearning.Tests.Contracts;

/// <content>Figures of yes or no, of classes, of labels and of quantities, counted by hand.</content>
public static partial class MetricContract
{
    /// <summary>Above 0.5 are 0.9 and 0.51, rightly, and 1, wrongly; 0 is missed, three are left alone.</summary>
    private static IEnumerable<MetricRow> OfYesOrNo()
    {
        const OutputMeaning Meaning = OutputMeaning.IndependentProbabilities;
        MetricRow[] rows =
        [
            new(new Precision(), "precision", Chance, Yes, 2 / 3.0),
            new(new Recall(), "recall", Chance, Yes, 2 / 3.0),
            // Above 0.2 are also 0.5 and 0.3.
            new(new Precision(threshold: 0.2, name: "at"), "at", Chance, Yes, 2 / 5.0),
            new(new Specificity(), "specificity", Chance, Yes, 3 / 4.0),
            new(new F1Score(), "f1_score", Chance, Yes.Reshape(7, 1), 2 / 3.0),
            new(new F1Score(Averaging.Macro), "f1_score", Chance, Yes, (2 / 3.0 + 3 / 4.0) / 2),
            new(new F1Score(threshold: 0.2), "f1_score", Chance, Yes, 4 / (4 + 3 + 1.0)),
            new(new FBetaScore(2, threshold: 0.2), "fbeta_score", Chance, Yes, 5 * 2 / (5 * 2 + 3 + 4 * 1.0)),
            new(new BalancedAccuracy(), "balanced_accuracy", Chance, Yes, (2 / 3.0 + 3 / 4.0) / 2),
            new(new MatthewsCorrelation(), "matthews_correlation", Chance, Yes, (2 * 3 - 1) / 12.0),
            new(new CohenKappa(), "cohen_kappa", Chance, Yes, (5 / 7.0 - 25 / 49.0) / (1 - 25 / 49.0)),
            new(new BinaryIoU(), "binary_io_u", Chance, Yes, (2 / 4.0 + 3 / 5.0) / 2),
            new(new BinaryIoU { OfClass1Only = true }, "binary_io_u", Chance, Yes, 2 / 4.0),
            new(new Auc(), "auc", Chance, Yes, 6 / 12.0),
            new(new Auc(Averaging.Macro), "auc", Chance, Yes, 6 / 12.0),
            new(new Auc(thresholds: 11), "auc", Chance, Yes, 6 / 12.0),
            // Up to 0.5 are one positive and three negatives, above it two and one.
            new(new Auc(thresholds: 3), "auc", Chance, Yes, (1 * 1.5 + 2 * 3.5) / 12),
            new(new AveragePrecision(), "average_precision", Chance, Yes, (1 / 2.0 + 2 / 3.0 + 3 / 7.0) / 3),
            new(new BrierScore(), "brier_score", Chance, Yes, 0.01, 0.04, 0.25, 0.2401, 1, 1, 0.09) { HigherIsBetter = false },
            // 0.5 and 0.51 share a bin with one positive; the others are alone.
            new(new ExpectedCalibrationError(), "expected_calibration_error", Chance, Yes, (0.1 + 0.2 + 0.01 + 1 + 1 + 0.3) / 7) { HigherIsBetter = false },
        ];
        return rows.Select(row => row with { Meaning = Meaning });
    }

    /// <summary>Of class 0 two are found, one is missed, one is wrongly taken for it; of classes 1 and 2 one of each.</summary>
    private static IEnumerable<MetricRow> OfClasses()
    {
        const OutputMeaning Meaning = OutputMeaning.Probabilities;
        double[] top2 = [1, 1, 0, 0, 1, 1, 0], surprises = [-Math.Log(0.7), -Math.Log(0.6), -Math.Log(0.2), -Math.Log(0.1), -Math.Log(0.4), 0, -Math.Log(0.1)];
        MetricRow[] rows =
        [
            new(new Precision(Averaging.Macro) { Classes = 3 }, "precision", Shares, Labels, (2 / 3.0 + 1 / 2.0 + 1 / 2.0) / 3),
            new(new Precision(Averaging.Micro) { Classes = 3 }, "precision", Shares, OneHot, 4 / 7.0),
            new(new Recall(Averaging.Weighted) { Classes = 3 }, "recall", Shares, Labels.Reshape(7, 1), 4 / 7.0),
            new(new Specificity(Averaging.Weighted) { Classes = 3 }, "specificity", Shares, Labels, (3 * 3 / 4.0 + 2 * 4 / 5.0 + 2 * 4 / 5.0) / 7),
            new(new F1Score(Averaging.Weighted) { Classes = 3 }, "f1_score", Shares, Labels, (3 * 2 / 3.0 + 2 / 2.0 + 2 / 2.0) / 7),
            new(new FBetaScore(0.5, Averaging.Micro) { Classes = 3 }, "fbeta_score", Shares, Labels, 4 / 7.0),
            new(new BalancedAccuracy { Classes = 3 }, "balanced_accuracy", Shares, Labels, (2 / 3.0 + 1 / 2.0 + 1 / 2.0) / 3),
            new(new CohenKappa { Classes = 3 }, "cohen_kappa", Shares, Labels, (28 - 17) / 32.0),
            new(new MatthewsCorrelation { Classes = 3 }, "matthews_correlation", Shares, OneHot, (28 - 17) / 32.0),
            new(new MeanIoU { Classes = 3 }, "mean_io_u", Shares, Labels, (2 / 4.0 + 1 / 3.0 + 1 / 3.0) / 3),
            new(new Auc(Averaging.Macro) { Classes = 3 }, "auc", Shares, Labels, (10 / 12.0 + 5 / 10.0 + 5.5 / 10) / 3),
            new(new Auc(Averaging.Weighted) { Classes = 3 }, "auc", Shares, OneHot, (3 * 10 / 12.0 + 2 * 5 / 10.0 + 2 * 5.5 / 10) / 7),
            new(new Auc(Averaging.Macro) { Classes = 3, OneVsOne = true }, "auc", Shares, Labels, (0.75 + 0.625 + 0.5) / 3),
            new(new Auc(Averaging.Weighted) { Classes = 3, OneVsOne = true }, "auc", Shares, Labels, (5 * 0.75 + 5 * 0.625 + 4 * 0.5) / 14),
            // Above one tenth and not above the next are those of the next; 0 and 0.1 are together.
            new(new Auc(Averaging.Weighted, thresholds: 11) { Classes = 3 }, "auc", Shares, Labels, (3 * 10 / 12.0 + 2 * 5 / 10.0 + 2 * 5 / 10.0) / 7),
            new(new SparseTopKCategoricalAccuracy(2), "sparse_top_k_categorical_accuracy", Shares, Labels, top2),
            new(new SparseTopKCategoricalAccuracy(3), "sparse_top_k_categorical_accuracy", Shares, Labels.Reshape(7, 1), 1, 1, 1, 1, 1, 1, 1),
            new(new TopKCategoricalAccuracy(2), "top_k_categorical_accuracy", Shares, OneHot, top2),
            new(new BrierScore(), "brier_score", Shares, Labels, 0.14, 0.26, 0.98, 1.46, 0.54, 0, 1.26) { HigherIsBetter = false },
            // The two of 0.6 share a bin, one of them right.
            new(new ExpectedCalibrationError(), "expected_calibration_error", Shares, OneHot, (0.3 + 0.2 + 0.5 + 0.8 + 0.6) / 7) { HigherIsBetter = false },
            new(new Perplexity(), "perplexity", Shares, Labels, surprises) { HigherIsBetter = false, Figure = Math.Exp(surprises.Average()) },
            new(new Perplexity(), "perplexity", Shares, OneHot, surprises) { HigherIsBetter = false, Figure = Math.Exp(surprises.Average()) },
        ];
        return rows.Select(row => row with { Meaning = Meaning });
    }

    /// <summary>Of label 0 two are found, two missed, one wrong; of label 1 three are found, none missed, two wrong.</summary>
    private static IEnumerable<MetricRow> OfLabels()
    {
        const OutputMeaning Meaning = OutputMeaning.IndependentProbabilities;
        double first = (1 / 2.0 + 2 / 3.0 + 3 / 4.0 + 4 / 7.0) / 4, second = (1 / 2.0 + 2 / 3.0 + 3 / 5.0) / 3;
        MetricRow[] rows =
        [
            new(new Precision(Averaging.Micro) { MultiLabel = true }, "precision", Pairs, PairsYes, 5 / 8.0),
            new(new Precision(Averaging.Macro) { MultiLabel = true }, "precision", Pairs, PairsYes, (2 / 3.0 + 3 / 5.0) / 2),
            new(new Recall(Averaging.Macro) { MultiLabel = true }, "recall", Pairs, PairsYes, (1 / 2.0 + 1) / 2),
            new(new F1Score(Averaging.Weighted) { MultiLabel = true }, "f1_score", Pairs, PairsYes, (4 * 4 / 7.0 + 3 * 6 / 8.0) / 7),
            new(new Specificity(Averaging.Micro) { MultiLabel = true }, "specificity", Pairs, PairsYes, 4 / 7.0),
            new(new Auc(Averaging.Macro) { MultiLabel = true }, "auc", Pairs, PairsYes, (6.5 + 8.5) / 24),
            new(new Auc(Averaging.Weighted) { MultiLabel = true }, "auc", Pairs, PairsYes, (4 * 6.5 + 3 * 8.5) / 84),
            new(new AveragePrecision(Averaging.Macro) { MultiLabel = true }, "average_precision", Pairs, PairsYes, (first + second) / 2),
            new(new HammingLoss(), "hamming_loss", Pairs, PairsYes, 0, 0.5, 1, 0, 0.5, 0, 0.5) { HigherIsBetter = false },
            new(new SubsetAccuracy(), "subset_accuracy", Pairs, PairsYes, 1, 0, 0, 1, 0, 1, 0),
            new(new LabelRankingAveragePrecision(), "label_ranking_average_precision", Pairs, PairsYes, 1, 1, 0.5, 1, 0.5, 1, 0.5),
        ];
        return rows.Select(row => row with { Meaning = Meaning });
    }

    /// <summary>Three ones of seven have the variance 12/49; the errors sum to −0.41, their squares to 2.6301.</summary>
    private static IEnumerable<MetricRow> OfQuantities()
    {
        double[] squares = [0.01, 0.04, 0.25, 0.2401, 1, 1, 0.09];
        double variance = 12 / 49.0, ofPredictions = 2.4501 / 7 - 3.41 / 7 * (3.41 / 7), covariance = 1.41 / 7 - 3 / 7.0 * (3.41 / 7);
        return
        [
            new(new RSquared(), "r2_score", Chance, Yes, 1 - 2.6301 / 7 / variance),
            new(new RSquared { Outputs = 2 }, "r2_score", Pairs, PairsYes, 1 - (2.51 + 1.7301) / 2 / 7 / variance),
            new(new ExplainedVariance(), "explained_variance", Chance, Yes, 1 - (2.6301 / 7 - 0.41 / 7 * (0.41 / 7)) / variance),
            new(new PearsonCorrelation(), "pearson_correlation", Chance, Yes, covariance / Math.Sqrt(variance * ofPredictions)),
            new(new RootMeanSquaredError(), "root_mean_squared_error", Chance, Yes, squares) { HigherIsBetter = false, Figure = Math.Sqrt(squares.Average()) },
            new(new MedianAbsoluteError(), "median_absolute_error", Chance, Yes, 0.49) { HigherIsBetter = false },
            // Errors of 0, 0.1, 0.3, 0.4, 0.5, 1 and 1, and of 0, 0, 0.2, 0.3, 0.49, 0.6 and 1.
            new(new MedianAbsoluteError(), "median_absolute_error", Pairs, PairsYes, (0.4 + 0.3) / 2) { HigherIsBetter = false },
        ];
    }
}
