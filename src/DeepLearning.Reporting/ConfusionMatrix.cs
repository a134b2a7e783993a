using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using SpectreColumn = Spectre.Console.TableColumn;
using SpectreTable = Spectre.Console.Table;

namespace DeepLearning.Reporting;

/// <summary>
/// A <see cref="ConfusionTable"/> in colour: rows are the true classes, columns the predicted ones. <c>AnsiConsole.Write(matrix)</c> draws it,
/// <see cref="ToString"/> gives plain text. scikit-learn: <c>confusion_matrix</c>.
/// </summary>
public sealed class ConfusionMatrix : Renderable
{
    private readonly ConfusionTable table;

    /// <summary>Counts pairs of a true and a predicted class.</summary>
    /// <param name="labels">The true classes, from 0.</param>
    /// <param name="predictions">As many predicted classes.</param>
    /// <param name="classNames">A name for each class; by default the numbers up to the largest that occurs.</param>
    /// <exception cref="ArgumentException">Different lengths, or none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class below 0 or beyond the names.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, IReadOnlyList<string>? classNames = null)
    {
        if (labels.Length != predictions.Length)
            throw new ArgumentException($"Expected as many predictions as labels, got {labels.Length} labels and {predictions.Length} predictions.", nameof(predictions));
        if (labels.IsEmpty) throw new ArgumentException("A confusion matrix needs at least one label.", nameof(labels));
        int classes = classNames is { Count: > 0 } ? classNames.Count : 1 + Math.Max(Largest(labels), Largest(predictions));
        RequireClasses(labels, classes, nameof(labels));
        RequireClasses(predictions, classes, nameof(predictions));
        table = ConfusionTable.Of(labels.ToArray(), predictions.ToArray(), classNames is { Count: > 0 } ? classNames : null);
    }

    /// <summary>The names of the classes, in order.</summary>
    public IReadOnlyList<string> ClassNames => table.ClassNames;

    /// <summary>Number of pairs.</summary>
    public int Count => (int)table.Total;

    /// <summary>How often the class <paramref name="actual"/> was predicted as <paramref name="predicted"/>.</summary>
    /// <param name="actual">The true class, from 0.</param>
    /// <param name="predicted">The predicted class, from 0.</param>
    public int this[int actual, int predicted] => (int)table[actual, predicted];

    /// <summary>The fraction of pairs in which both are the same, in [0, 1].</summary>
    public double Accuracy => table.Accuracy;

    /// <summary>Predicts a data set and counts: the class is the largest output, or for a single output whether it is above 0.5.</summary>
    /// <param name="model">A classifier, with a probability or a logit per class, or a single probability from a sigmoid.</param>
    /// <param name="data">Inputs and labels.</param>
    /// <exception cref="ArgumentException">The output is a single one without a sigmoid, or gives several labels per sample.</exception>
    public static ConfusionMatrix Of(Model model, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        RequireOneClass(model);
        Tensor outputs = model.Predict(data.Inputs);
        int[] predictions = model.OutputShape.Size == 1 ? [.. outputs.ToArray().Select(p => p > 0.5f ? 1 : 0)] : outputs.ArgMax();
        return new ConfusionMatrix(data.Labels, predictions, data.ClassNames);
    }

    /// <summary>
    /// Checks that each sample gets one class: a single output must be a probability, and a sigmoid of several gives any number of labels.
    /// </summary>
    internal static void RequireOneClass(Model model)
    {
        Layer last = model.Layers[^1];
        bool single = model.OutputShape.Size == 1;
        if (single == last.OutputMeaning is OutputMeaning.IndependentProbabilities or OutputMeaning.UnitInterval) return;
        throw new ArgumentException(
            (single
                ? $"The model ends with {last}, where 0.5 does not separate classes: end it with Sigmoid(), "
                : $"The model ends with {last} and {model.OutputShape.Size} outputs, so a sample may have several labels: use one label at a time, ")
            + "or pass labels and predicted classes.", nameof(model));
    }

    /// <summary>true positives / all predicted as the class; NaN if it was never predicted.</summary>
    /// <param name="category">The class, from 0.</param>
    public double Precision(int category)
    {
        BinaryCounts counts = table.CountsOf(category);
        return counts.TruePositives / (counts.TruePositives + counts.FalsePositives);
    }

    /// <summary>true positives / all samples of the class; NaN if there are none.</summary>
    /// <param name="category">The class, from 0.</param>
    public double Recall(int category)
    {
        BinaryCounts counts = table.CountsOf(category);
        return counts.TruePositives / counts.Support;
    }

    /// <summary>The table as plain text.</summary>
    public override string ToString() => PlainText.Of(this);

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => ((IRenderable)Drawing()).Measure(options, maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => ((IRenderable)Drawing()).Render(options, maxWidth);

    private Rows Drawing()
    {
        SpectreTable drawn = new SpectreTable().Border(TableBorder.Simple).AddColumn(Column("true", Justify.Left));
        foreach (string name in ClassNames) drawn.AddColumn(Column(name, Justify.Right));
        drawn.AddColumn(Column("recall", Justify.Right)).AddColumn(Column("precision", Justify.Right));
        for (int actual = 0; actual < ClassNames.Count; actual++)
        {
            drawn.AddRow(
                [Cell(ClassNames[actual], Style.Plain), .. Enumerable.Range(0, ClassNames.Count).Select(p => Number(actual, p)), Share(Recall(actual)), Share(Precision(actual))]);
        }

        return new Rows(drawn, new Text(string.Create(CultureInfo.InvariantCulture, $"  columns: predicted classes · accuracy {Accuracy:0.0000}")));
    }

    private static SpectreColumn Column(string header, Justify alignment)
        => new(Cell(header, Style.Plain)) { Alignment = alignment, NoWrap = true, Padding = new Padding(0, 0, 0, 0) };

    private Text Number(int actual, int predicted)
    {
        int count = this[actual, predicted];
        if (count == 0) return Cell("·", new Style(Color.Grey));
        return Cell(count.ToString(CultureInfo.InvariantCulture), new Style(actual == predicted ? Color.Green : Color.Red));
    }

    private static Text Share(double share) => Cell(double.IsNaN(share) ? "–" : share.ToString("0.000", CultureInfo.InvariantCulture), Style.Plain);

    private static Text Cell(string text, Style style) => new(text, style);

    private static int Largest(ReadOnlySpan<int> values)
    {
        int largest = 0;
        foreach (int value in values) largest = Math.Max(largest, value);
        return largest;
    }

    private static void RequireClasses(ReadOnlySpan<int> values, int classes, string name)
    {
        int wrong = values.IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0) throw new ArgumentOutOfRangeException(name, values[wrong], $"Expected classes from 0 to {classes - 1}, got {values[wrong]} at position {wrong}.");
    }
}
