using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>
/// The loss and the metrics by epoch, drawn with characters: training as a line, validation as circles. Where the circles diverge from the line, the model has
/// begun to overfit. <c>AnsiConsole.Write(curves)</c> draws in colour, <see cref="ToString"/> gives plain text.
/// </summary>
public sealed class LearningCurves : Renderable
{
    private const string ValidationPrefix = "val_";
    private readonly IReadOnlyDictionary<string, IReadOnlyList<float>> figures;

    /// <summary>The curves of a run.</summary>
    /// <param name="history">What <c>Fit</c> returned.</param>
    public LearningCurves(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        figures = history.Names.ToDictionary(name => name, name => (IReadOnlyList<float>)[.. history[name]]);
    }

    internal LearningCurves(IReadOnlyDictionary<string, IReadOnlyList<float>> figures) => this.figures = figures;

    /// <summary>Width of a drawing in characters, without its axis; 60 by default.</summary>
    public int Columns { get; init => field = DrawingSize.Require(value, nameof(Columns)); } = 60;

    /// <summary>Height of a drawing in lines; 8 by default.</summary>
    public int Rows { get; init => field = DrawingSize.Require(value, nameof(Rows)); } = 8;

    /// <summary>The curves as plain text.</summary>
    public override string ToString() => PlainText.Of(this);

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => DrawingSize.Measure(Columns, maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int columns = DrawingSize.Columns(Columns, maxWidth);
        foreach ((string name, IReadOnlyList<float> training) in figures)
        {
            if (name.StartsWith(ValidationPrefix, StringComparison.Ordinal) || training.Count == 0) continue;
            figures.TryGetValue(ValidationPrefix + name, out IReadOnlyList<float>? validation);
            foreach (Segment segment in new CurvePanel(name, training, validation, columns, Rows).Render()) yield return segment;
        }
    }
}
