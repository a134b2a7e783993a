using System.Text.Json;

namespace DeepLearning.Tests.Support;

/// <summary>What other libraries compute: files that lie beside the data, and are not part of the repository.</summary>
internal static class Golden
{
    private static string Folder => Path.Combine(Environment.GetEnvironmentVariable("DEEPLEARNING_DATA") ?? ".", "..", "golden");

    /// <summary>All tensors by name; skips the test where there are none.</summary>
    public static IReadOnlyDictionary<string, Tensor> Load()
    {
        string file = Path.Combine(Folder, "golden.safetensors");
        SkipWithout(file);
        return Safetensors.Load(file);
    }

    /// <summary>What each group is, in words and numbers; skips the test where there is none.</summary>
    public static JsonElement Description(string group)
    {
        string file = Path.Combine(Folder, "golden.json");
        SkipWithout(file);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
        return json.RootElement.GetProperty(group).Clone();
    }

    private static void SkipWithout(string file)
        => Skip.If(Environment.GetEnvironmentVariable("DEEPLEARNING_DATA") is null || !File.Exists(file),
            $"DEEPLEARNING_DATA names no folder beside which golden/{Path.GetFileName(file)} lies.");
}
