using System.Text;

namespace DeepLearning.Data.Tests;

/// <summary>Tables in memory.</summary>
internal static class CsvText
{
    public static Dataset Read(string text, CsvOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static Dataset Read(byte[] bytes, CsvOptions? options = null)
    {
        using var file = new MemoryStream(bytes);
        return CsvDataset.Read(file, "table.csv", options ?? new CsvOptions());
    }

    public static void Refuses(string text, string message, CsvOptions? options = null)
        => FluentActions.Invoking(() => Read(text, options)).Should().Throw<DataFormatException>().WithMessage(message);

    public static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    public static string DataFolder()
    {
        string? folder = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        Skip.If(string.IsNullOrEmpty(folder) || !Directory.Exists(folder), "DEEPLEARNING_DATA does not name a folder.");
        return folder!;
    }
}
