using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>
/// Precision, recall, F1 and support of each class, their averages, and the accuracy: scikit-learn's <c>classification_report</c>, in its layout. Exclusive
/// classes that occur neither in the targets nor in the predictions are left out. Every sample counts once, whatever its weight; a ratio without a denominator
/// is 0.
/// </summary>
/// <example>
/// <code>
/// Console.WriteLine(ClassificationReport.Of(model, test));
/// </code>
/// </example>
public sealed class ClassificationReport
{
    private readonly bool multiLabel;

    /// <param name="names">The classes.</param>
    /// <param name="counts">Of each, against the others.</param>
    /// <param name="samples">The mean over samples, for several labels; null for exclusive classes.</param>
    internal ClassificationReport(IReadOnlyList<string> names, IReadOnlyList<BinaryCounts> counts, ClassScores? samples)
    {
        multiLabel = samples is not null;
        int[] present = [.. Enumerable.Range(0, names.Count).Where(c => multiLabel || counts[c].Support + counts[c].FalsePositives > 0)];
        Classes = [.. present.Select(c => ClassScores.Of(names[c], counts[c]))];
        BinaryCounts[] kept = [.. present.Select(c => counts[c])];
        long support = Classes.Sum(c => c.Support);
        MicroAverage = ClassScores.Of("micro avg", new BinaryCounts(
            kept.Sum(c => c.TruePositives), kept.Sum(c => c.FalsePositives), kept.Sum(c => c.FalseNegatives), kept.Sum(c => c.TrueNegatives)));
        MacroAverage = Average("macro avg", _ => 1, support);
        WeightedAverage = Average("weighted avg", c => c.Support, support);
        SamplesAverage = samples is { } each ? each with { Support = support } : null;
    }

    /// <summary>The classes that occur, or all labels, in the order of their numbers.</summary>
    public IReadOnlyList<ClassScores> Classes { get; }

    /// <summary>The fraction of samples whose class is correct: the micro average's F1. Null for several labels per sample.</summary>
    public double? Accuracy => multiLabel ? null : MicroAverage.F1Score;

    /// <summary>The scores of the counts of all classes together.</summary>
    public ClassScores MicroAverage { get; }

    /// <summary>The means of the classes' scores.</summary>
    public ClassScores MacroAverage { get; }

    /// <summary>The means of the classes' scores, weighted by their support.</summary>
    public ClassScores WeightedAverage { get; }

    /// <summary>For several labels per sample: the scores of each sample's labels, averaged over samples. Null for exclusive classes.</summary>
    public ClassScores? SamplesAverage { get; }

    /// <summary>The scores of a class by its name, or its number where it has no name.</summary>
    /// <param name="name">The class.</param>
    /// <exception cref="KeyNotFoundException">There is no such class, or it does not occur; the message lists the others.</exception>
    public ClassScores this[string name]
    {
        get
        {
            foreach (ClassScores scores in Classes)
                if (scores.Name == name) return scores;
            throw new KeyNotFoundException($"There is no class '{name}' in the report, only {string.Join(", ", Classes.Select(c => c.Name))}.");
        }
    }

    /// <summary>Predicts the inputs of data and compares with its targets. The model need not be compiled, unless its outputs are logits.</summary>
    /// <param name="model">A model that ends with probabilities of classes, of one yes or no, or of independent labels (yes above 0.5), or one compiled with a
    /// loss that takes logits.</param>
    /// <param name="data">Inputs and targets: labels, one-hot rows, or a 0 or 1 for each label.</param>
    /// <param name="batchSize">Samples at a time; 256 by default.</param>
    /// <exception cref="ArgumentException">The model's outputs are not classes, the data does not fit, is empty, or a prediction is NaN.</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs.</exception>
    public static ClassificationReport Of(Model model, BatchSource data, int batchSize = DeepLearning.Inference.ChunkRows)
    {
        ConfusionCounts tally = new();
        IReadOnlyList<string> names = ClassPass.Over(nameof(ClassificationReport), model, data, batchSize, tally.Begin);
        return new ClassificationReport(names, tally.Counts, tally.Samples);
    }

    /// <summary>Compares labels.</summary>
    /// <param name="actual">The true classes, from 0.</param>
    /// <param name="predicted">The predicted classes of the same samples.</param>
    /// <param name="classNames">The names of the classes by label; their numbers by default.</param>
    /// <exception cref="ArgumentException">The lists differ in length or are empty, or a label is negative or has no name.</exception>
    public static ClassificationReport Of(IReadOnlyList<int> actual, IReadOnlyList<int> predicted, IReadOnlyList<string>? classNames = null)
        => ConfusionTable.Of(actual, predicted, classNames).Report();

    /// <summary>The report in scikit-learn's layout, with two digits.</summary>
    public override string ToString() => ToString(digits: 2);

    /// <summary>The report in scikit-learn's layout.</summary>
    /// <param name="digits">Digits after the decimal point, from 0 to 15.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 15.</exception>
    public string ToString(int digits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(digits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 15);
        int width = Math.Max(Math.Max(WeightedAverage.Name.Length, digits), Classes.Max(c => c.Name.Length));
        var text = new StringBuilder();
        Row("", "precision", "recall", "f1-score", "support");
        text.Append('\n');
        foreach (ClassScores scores in Classes) Scores(scores);
        text.Append('\n');
        if (multiLabel) Scores(MicroAverage);
        else Row("accuracy", "", "", Digits(Accuracy!.Value), Whole(WeightedAverage.Support));
        Scores(MacroAverage);
        Scores(WeightedAverage);
        if (SamplesAverage is { } samples) Scores(samples);
        return text.ToString();

        void Scores(ClassScores of) => Row(of.Name, Digits(of.Precision), Digits(of.Recall), Digits(of.F1Score), Whole(of.Support));

        void Row(string name, params ReadOnlySpan<string> cells)
        {
            text.Append(name.PadLeft(width)).Append(' ');
            foreach (string cell in cells) text.Append(' ').Append(cell.PadLeft(9));
            text.Append('\n');
        }

        string Digits(double value) => Rounded(value, digits);
    }

    /// <summary>As Python rounds: ties to even, where .NET rounds away from 0. Only eighths and the like tie, and a decimal holds those exactly.</summary>
    private static string Rounded(double value, int digits)
    {
        bool mayTie = Math.ScaleB(value, digits + 1) % 1 == 0;
        if (!mayTie) return value.ToString($"F{digits}", CultureInfo.InvariantCulture);
        return Math.Round((decimal)value, digits, MidpointRounding.ToEven).ToString($"F{digits}", CultureInfo.InvariantCulture);
    }

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private ClassScores Average(string name, Func<ClassScores, double> weight, long support)
    {
        double whole = Classes.Sum(weight);
        return whole == 0
            ? new ClassScores(name, 0, 0, 0, support)
            : new ClassScores(name, Mean(c => c.Precision), Mean(c => c.Recall), Mean(c => c.F1Score), support);

        double Mean(Func<ClassScores, double> of) => Classes.Sum(c => weight(c) * of(c)) / whole;
    }
}
