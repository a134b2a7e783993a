using System.Globalization;
using System.Text;

namespace DeepLearning.Tracking;

/// <summary>The folder of one run in MLflow's file store: <c>meta.yaml</c>, and a file for each metric, parameter and tag.</summary>
/// <param name="folder">The folder.</param>
/// <param name="experiment">The identity of the experiment.</param>
/// <param name="id">The identity of the run: 32 hexadecimal digits.</param>
internal sealed class MLflowRun(string folder, string experiment, string id)
{
    /// <summary>RunStatus of MLflow.</summary>
    public const int Running = 1, Finished = 3, Failed = 4, Killed = 5;

    /// <summary>SourceType.LOCAL of MLflow.</summary>
    private const int Local = 4;

    public string Experiment => experiment;

    public string Id => id;

    public string Artifacts => Path.Combine(folder, "artifacts");

    public bool IsThere => File.Exists(Path.Combine(folder, "meta.yaml"));

    /// <summary>Writes what the run is, and makes its folders.</summary>
    public void Describe(string name, int status, long start, long? end)
    {
        foreach (string part in new[] { "metrics", "params", "tags", "artifacts" }) Directory.CreateDirectory(Path.Combine(folder, part));
        MLflowStore.Write(Path.Combine(folder, "meta.yaml"), YamlText.Of(
            ("artifact_uri", new Uri(Artifacts).AbsoluteUri),
            ("deleted_time", null),
            ("end_time", end),
            ("entry_point_name", ""),
            ("experiment_id", experiment),
            ("lifecycle_stage", "active"),
            ("run_id", id),
            ("run_name", name),
            ("run_uuid", id),
            ("source_name", ""),
            ("source_type", Local),
            ("source_version", ""),
            ("start_time", start),
            ("status", status),
            ("tags", Array.Empty<string>()),
            ("user_id", Environment.UserName)));
    }

    public void WriteParameter(string name, string value) => MLflowStore.Write(Path.Combine(folder, "params", name), value);

    public void WriteTag(string name, string value) => MLflowStore.Write(Path.Combine(folder, "tags", name), value);

    /// <summary>Adds a value of a metric: its time, value and step on one line.</summary>
    public void AppendMetric(string name, long time, float value, long step)
    {
        string path = Path.Combine(folder, "metrics", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Python reads its own words for these.
        string text = float.IsNaN(value) ? "nan" : float.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : value.ToString("R", CultureInfo.InvariantCulture);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time} {text} {step}\n")));
    }

    /// <summary>Keeps the first values of each metric.</summary>
    public void KeepMetrics(int count)
    {
        string metrics = Path.Combine(folder, "metrics");
        foreach (string path in Directory.EnumerateFiles(metrics, "*", SearchOption.AllDirectories))
            MLflowStore.Write(path, string.Concat(File.ReadLines(path).Take(count).Select(l => $"{l}\n")));
    }
}
