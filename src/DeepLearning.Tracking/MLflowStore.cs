using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeepLearning.Tracking;

/// <summary>The folder of MLflow's file store: an experiment is a folder in it, a run a folder in that, each with a <c>meta.yaml</c>.</summary>
/// <param name="folder"><c>mlruns</c>.</param>
/// <param name="clock">Dates what is made.</param>
internal sealed class MLflowStore(string folder, TimeProvider clock)
{
    private const string DefaultExperiment = "Default";

    /// <summary>Milliseconds since 1970.</summary>
    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The identity of the experiment with this name, which is made if there is none.</summary>
    public string Experiment(string name)
    {
        // MLflow makes its default experiment only together with the folder.
        if (!Directory.Exists(folder)) Make("0", DefaultExperiment);
        foreach (string experiment in Directory.EnumerateDirectories(folder))
        {
            string meta = Path.Combine(experiment, "meta.yaml");
            if (File.Exists(meta) && YamlText.Find(File.ReadAllText(meta), "name") == name) return Path.GetFileName(experiment);
        }

        // 18 digits, as MLflow's own.
        ulong random = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) % 900_000_000_000_000_000;
        string id = (100_000_000_000_000_000 + random).ToString(CultureInfo.InvariantCulture);
        Make(id, name);
        return id;
    }

    /// <summary>The folder of a run.</summary>
    public MLflowRun Run(string experiment, string id) => new(Path.GetFullPath(Path.Combine(folder, experiment, id)), experiment, id);

    /// <summary>Replaces a small file, whole or not at all.</summary>
    public static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private void Make(string id, string name) => Write(Path.Combine(folder, id, "meta.yaml"), YamlText.Of(
        ("artifact_location", new Uri(Path.GetFullPath(Path.Combine(folder, id))).AbsoluteUri),
        ("creation_time", Now),
        ("experiment_id", id),
        ("last_update_time", Now),
        ("lifecycle_stage", "active"),
        ("name", name)));
}
