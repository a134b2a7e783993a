namespace DeepLearning;

/// <summary>Which model a predictor serves. Checked when the host starts.</summary>
public sealed class PredictorOptions
{
    /// <summary>
    /// The file of the model, as <c>model.Save(path)</c> writes it. A relative path begins at the host's content root; without a host, at the current folder.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>Makes the model from the file: to name custom layers, or to read another format. <c>Predictor.Load</c> by default.</summary>
    public Func<string, Predictor> Load { get; set; } = path => Predictor.Load(path);

    /// <summary>How often to look whether the file has changed, so that the new model takes over; 1 s by default, null to load it once.</summary>
    public TimeSpan? WatchInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The number of concurrent calls for which memory is allocated in advance; by default the number of processors.</summary>
    public int WarmUpCalls { get; set; } = Environment.ProcessorCount;
}
