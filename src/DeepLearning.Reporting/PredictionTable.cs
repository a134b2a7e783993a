using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>Images side by side, each with its label and the most probable classes.</summary>
public sealed class PredictionTable : Renderable
{
    private const int BarWidth = 10;
    private const int Gap = 4;
    private readonly List<IRenderable> cards = [];
    private readonly int cardWidth;

    /// <summary>Draws some rows of an image data set with the model's prediction for each.</summary>
    /// <param name="model">A classifier of images that ends in a softmax over its classes.</param>
    /// <param name="data">Images [n, height, width] and labels.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="top">How many classes to show for each; 3 by default.</param>
    /// <exception cref="ArgumentException">The model does not end in Softmax with two or more outputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">top is below 1, or a row is not in the data.</exception>
    public PredictionTable(Model model, Dataset data, ReadOnlySpan<int> rows, int top = 3)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (model.Layers[^1] is not Softmax || model.OutputShape.Size < 2)
        {
            throw new ArgumentException(
                $"Class probabilities come from Softmax() over two or more outputs, but the model ends with {model.Layers[^1]}.", nameof(model));
        }

        Dataset shown = data.Select(rows);
        Tensor probabilities = model.Predict(shown.Inputs);
        int[] labels = shown.Labels;
        cardWidth = Math.Max(data.InputShape[1], 24);
        for (int i = 0; i < labels.Length; i++)
        {
            var image = new TensorImage(shown.Inputs.Slice(0, i, 1).Reshape(data.InputShape));
            float[] shares = probabilities.Slice(0, i, 1).ToArray();
            cards.Add(Card(image, labels[i], shares, top, data.ClassNames));
        }
    }

    /// <summary>The images and their predictions as plain text.</summary>
    public override string ToString() => PlainText.Of(this);

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(cardWidth, maxWidth), maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int across = Math.Clamp(maxWidth / (cardWidth + Gap), 1, Math.Max(1, cards.Count));
        var grid = new Grid();
        for (int i = 0; i < across; i++) grid.AddColumn(new GridColumn { Width = cardWidth, NoWrap = true, Padding = new Padding(0, 0, Gap, 0) });
        foreach (IRenderable[] line in cards.Chunk(across)) grid.AddRow([.. line, .. Enumerable.Repeat(Text.Empty, across - line.Length)]);
        return ((IRenderable)grid).Render(options, maxWidth);
    }

    private static Rows Card(TensorImage image, int label, float[] shares, int top, IReadOnlyList<string> names)
    {
        int[] order = [.. Enumerable.Range(0, shares.Length).OrderByDescending(c => shares[c])];
        bool right = order[0] == label;
        List<IRenderable> lines = [image, new Text($"is {Name(label)}: {(right ? "right" : "wrong")}", new Style(right ? Color.Green : Color.Red))];
        foreach (int category in order.Take(top))
        {
            string bar = new string('█', (int)Math.Round(shares[category] * BarWidth)).PadRight(BarWidth);
            lines.Add(new Text(string.Create(CultureInfo.InvariantCulture, $"{Name(category)} {bar} {shares[category],6:0.0%}")));
        }

        lines.Add(Text.Empty);
        return new Rows(lines);

        string Name(int category) => category < names.Count ? names[category] : category.ToString(CultureInfo.InvariantCulture);
    }
}
