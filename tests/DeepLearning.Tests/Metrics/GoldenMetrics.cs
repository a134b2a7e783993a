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

    /// <summary>The predictions and the targets of a task: columns, or rows of classes or labels with class labels or a 0 or 1 each.</summary>
    public static (Tensor Predictions, Tensor Targets) Task(string task)
    {
        JsonElement golden = Of(task);
        return task switch
        {
            "binary" => (Column("scores"), Column("targets")),
            "regression" => (Column("predictions"), Column("targets")),
            "multiclass" => (Rows("probabilities"), Tensor.From(golden.Numbers("targets"))),
            _ => (Rows("scores"), Rows("targets")),
        };

        Tensor Column(string name) => Tensor.From(golden.Numbers(name), [golden.GetProperty(name).GetArrayLength(), 1]);

        Tensor Rows(string name)
        {
            float[][] rows = [.. golden.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(v => (float)v.GetDouble()).ToArray())];
            return Tensor.From([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length]);
        }
    }
}
