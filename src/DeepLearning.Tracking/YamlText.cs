using System.Globalization;
using System.Text;

namespace DeepLearning.Tracking;

/// <summary>The YAML of MLflow's meta files: a mapping of scalars, one a line.</summary>
internal static class YamlText
{
    /// <summary>A mapping with its keys in order.</summary>
    /// <param name="entries">Texts are quoted, numbers are not; null is null.</param>
    public static string Of(params (string Key, object? Value)[] entries)
    {
        var text = new StringBuilder();
        foreach ((string key, object? value) in entries.OrderBy(e => e.Key, StringComparer.Ordinal))
            text.Append(key).Append(": ").Append(Scalar(value)).Append('\n');
        return text.ToString();
    }

    /// <summary>The text of a key on its own line, plain or in quotation marks; null if there is none.</summary>
    public static string? Find(string yaml, string key)
    {
        string? line = yaml.ReplaceLineEndings("\n").Split('\n').FirstOrDefault(l => l.StartsWith($"{key}:", StringComparison.Ordinal));
        string? value = line?[(key.Length + 1)..].Trim();
        return value switch
        {
            null or "" => null,
            ['\'', .. var inner, '\''] => inner.Replace("''", "'", StringComparison.Ordinal),
            ['"', .. var inner, '"'] => inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal),
            _ => value,
        };
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        string[] { Length: 0 } => "[]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType().Name} has no YAML here.", nameof(value)),
    };
}
