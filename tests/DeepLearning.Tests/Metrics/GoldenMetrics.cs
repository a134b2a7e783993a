using System.Text.Json;

namespace DeepLearning.Tests.Metrics;

/// <summary>Inputs and scikit-learn's figures: the group <c>metrics</c> of golden.json, beside the folder that DEEPLEARNING_DATA names.</summary>
internal static class GoldenMetrics
{
    /// <summary>One task: <c>binary</c>, <c>regression</c>, ….</summary>
    public static JsonElement Of(string task)
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        string file = Path.Combine(data ?? ".", "..", "golden", "golden.json");
        Skip.If(data is null || !File.Exists(file), "DEEPLEARNING_DATA names no folder beside which golden/golden.json lies.");
        return JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("metrics").GetProperty(task);
    }

    public static float[] Numbers(this JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(v => (float)v.GetDouble())];
}
