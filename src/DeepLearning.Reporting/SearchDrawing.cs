namespace DeepLearning.Reporting;

/// <summary>Draws searches.</summary>
public static class SearchDrawing
{
    /// <summary>The objective over the values of each hyperparameter: <c>Console.WriteLine(result.Plot())</c>.</summary>
    /// <param name="result">The search's trials.</param>
    public static SearchPlot Plot(this SearchResult result) => new(result);
}
