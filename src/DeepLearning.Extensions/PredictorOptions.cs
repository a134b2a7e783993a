namespace DeepLearning;

/// <summary>Which model a predictor serves. Checked when the host starts.</summary>
public sealed class PredictorOptions
{
    /// <summary>
    /// The file of the model, as <c>model.Save(path)</c> writes it. A relative path is relative to the host's content root, or without a host to the current
    /// folder.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>Creates the predictor from the file: for custom layers, or another format. <c>Predictor.Load</c> by default.</summary>
    public Func<string, Predictor> Load { get; set; } = path => Predictor.Load(path);

    /// <summary>How often to check whether the file has changed, to swap in the new model; 1 s by default, null to load it once.</summary>
    public TimeSpan? WatchInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The number of concurrent calls for which memory is allocated in advance; by default the number of processors.</summary>
    public int WarmUpCalls { get; set; } = Environment.ProcessorCount;
}
