using DeepLearning.Data;

namespace DeepLearning.Results;

/// <summary>The tabular files of the data folder: the last column is the class.</summary>
internal static class Tabular
{
    public static Dataset Load(string file, bool header)
    {
        string folder = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA")
            ?? throw new InvalidOperationException("Set DEEPLEARNING_DATA to the folder with the data sets.");
        return CsvDataset.Load(Path.Combine(folder, "tabular", file), new CsvOptions { HasHeader = header, Targets = CsvTargets.Classes });
    }
}
