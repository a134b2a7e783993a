using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>
/// What mattered in a search: for each hyperparameter the objective of every trial over its value, what mattered most first:
/// <c>Console.WriteLine(result.Plot())</c>, or <c>AnsiConsole.Write(result.Plot())</c> in colour.
/// </summary>
public sealed class SearchPlot : Renderable
{
    /// <summary>The picture of a search.</summary>
    /// <param name="result">The search's trials.</param>
    public SearchPlot(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Result = result;
    }

    /// <summary>The search's trials.</summary>
    public SearchResult Result { get; }

    /// <summary>Width of a drawing in characters, without its axis; 60 by default.</summary>
    public int Columns { get; init => field = DrawingSize.Require(value, nameof(Columns)); } = 60;

    /// <summary>Height of a drawing in lines; 8 by default.</summary>
    public int Rows { get; init => field = DrawingSize.Require(value, nameof(Rows)); } = 8;

    /// <summary>The picture as plain text.</summary>
    public override string ToString() => PlainText.Of(this);

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => DrawingSize.Measure(Columns, maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int columns = DrawingSize.Columns(Columns, maxWidth);
        return Result.Effects.SelectMany(effect => new ScatterPanel(effect, Result, columns, Rows).Render());
    }
}
