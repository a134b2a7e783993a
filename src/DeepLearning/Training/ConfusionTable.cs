using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>
/// How often samples of each class were predicted as each class: rows are the true classes, columns the predicted ones. Every sample counts once, whatever its
/// weight. scikit-learn: <c>confusion_matrix</c>.
/// </summary>
/// <example>
/// <code>
/// ConfusionTable matrix = ConfusionTable.Of(model, test);
/// Console.WriteLine(matrix);
/// Console.WriteLine(matrix.Report());
/// </code>
/// </example>
public sealed class ConfusionTable
{
    private readonly long[,] counts;

    private ConfusionTable(long[,] counts, IReadOnlyList<string> classNames)
        => (this.counts, ClassNames, Total) = (counts, classNames, counts.Cast<long>().Sum());

    /// <summary>The names of the classes, in the order of their labels; their numbers where they have none.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of classes.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>The number of samples, or of positions in them, of one class that were predicted as a given class.</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="predicted">The predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int actual, int predicted] => counts[Class(actual, nameof(actual)), Class(predicted, nameof(predicted))];

    /// <summary>The total number.</summary>
    public long Total { get; }

    /// <summary>The fraction on the diagonal: the correct predictions.</summary>
    public double Accuracy => Enumerable.Range(0, Classes).Sum(c => counts[c, c]) / (double)Total;

    /// <summary>Predicts the inputs of data and compares with its targets. The model need not be compiled, unless its outputs are logits.</summary>
    /// <param name="model">A model that ends with probabilities of classes, or of one yes or no (class 1 above 0.5), or one compiled with a loss that takes
    /// logits.</param>
    /// <param name="data">Inputs and targets: labels, or one-hot rows.</param>
    /// <param name="batchSize">Samples at a time; 256 by default.</param>
    /// <exception cref="ArgumentException">The model's outputs are not exclusive classes, the data does not fit, is empty, or a prediction is NaN.</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs.</exception>
    public static ConfusionTable Of(Model model, BatchSource data, int batchSize = DeepLearning.Inference.ChunkRows)
    {
        long[,] counts = new long[0, 0];
        IReadOnlyList<string> names = ClassPass.Over(nameof(ConfusionTable), model, data, batchSize, reading =>
        {
            if (reading.MultiLabel)
            {
                throw new ArgumentException(
                    $"A confusion matrix is of one class for each sample, but each of the {reading.Classes} outputs is a yes or no by itself: use "
                    + $"{nameof(ClassificationReport)}.{nameof(ClassificationReport.Of)}.", nameof(model));
            }

            counts = new long[reading.Classes, reading.Classes];
            return places =>
            {
                for (int i = 0; i < places.Count; i++) counts[places.Actual(i), places.Predicted(i, ClassPass.Threshold)]++;
            };
        });
        return new ConfusionTable(counts, names);
    }

    /// <summary>Compares labels.</summary>
    /// <param name="actual">The true classes, from 0.</param>
    /// <param name="predicted">The predicted classes of the same samples.</param>
    /// <param name="classNames">The names of the classes by label; by default as many unnamed classes as the largest label requires.</param>
    /// <exception cref="ArgumentException">The lists differ in length or are empty, or a label is negative or has no name.</exception>
    public static ConfusionTable Of(IReadOnlyList<int> actual, IReadOnlyList<int> predicted, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(predicted);
        if (actual.Count != predicted.Count || actual.Count == 0)
            throw new ArgumentException($"Expected a prediction for each of one or more samples, got {predicted.Count} for {actual.Count}.", nameof(predicted));
        int classes = classNames?.Count ?? 1 + Math.Max(actual.Max(), predicted.Max());
        Require(actual, classes, nameof(actual));
        Require(predicted, classes, nameof(predicted));
        long[,] counts = new long[classes, classes];
        for (int i = 0; i < actual.Count; i++) counts[actual[i], predicted[i]]++;
        return new ConfusionTable(counts, ClassPass.Named(classNames ?? [], classes));
    }

    /// <summary>One class against the others.</summary>
    /// <param name="index">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public BinaryCounts CountsOf(int index)
    {
        Class(index, nameof(index));
        long found = counts[index, index], actual = 0, predicted = 0;
        for (int c = 0; c < Classes; c++)
        {
            actual += counts[index, c];
            predicted += counts[c, index];
        }

        return new BinaryCounts(found, predicted - found, actual - found, Total - actual - predicted + found);
    }

    /// <summary>Precision, recall, F1 and support of each class, and their averages.</summary>
    public ClassificationReport Report() => new(ClassNames, [.. Enumerable.Range(0, Classes).Select(CountsOf)], samples: null);

    /// <summary>A copy of the counts, [actual, predicted].</summary>
    public long[,] ToArray() => (long[,])counts.Clone();

    /// <summary>A table with a row for each true class.</summary>
    public override string ToString()
    {
        const string Corner = @"actual \ predicted";
        int width = Math.Max(Corner.Length, ClassNames.Max(n => n.Length));
        int[] classes = [.. Enumerable.Range(0, Classes)];
        int[] widths = [.. classes.Select(p => Math.Max(ClassNames[p].Length, classes.Max(a => Text(counts[a, p]).Length)))];
        var table = new StringBuilder(Corner.PadLeft(width));
        for (int p = 0; p < Classes; p++) table.Append("  ").Append(ClassNames[p].PadLeft(widths[p]));
        for (int a = 0; a < Classes; a++)
        {
            table.Append('\n').Append(ClassNames[a].PadLeft(width));
            for (int p = 0; p < Classes; p++) table.Append("  ").Append(Text(counts[a, p]).PadLeft(widths[p]));
        }

        return table.ToString();
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static void Require(IReadOnlyList<int> labels, int classes, string name)
    {
        for (int i = 0; i < labels.Count; i++)
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentException($"Labels are from 0 to {classes - 1}, got {labels[i]} in row {i}.", name);
    }

    private int Class(int index, string name)
        => (uint)index < (uint)Classes ? index
            : throw new ArgumentOutOfRangeException(name, index, $"There are {Classes} classes, counted from 0; {index} is none of them.");
}
