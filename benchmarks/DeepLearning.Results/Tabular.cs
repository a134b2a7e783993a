using DeepLearning.Data;

namespace DeepLearning.Results;

/// <summary>The tabular files of the data folder: the last column is the class.</summary>
internal static class Tabular
{
    /// <summary>The folder of the data sets.</summary>
    public static string Folder
        => Environment.GetEnvironmentVariable("DEEPLEARNING_DATA")
            ?? throw new InvalidOperationException("Set DEEPLEARNING_DATA to the folder with the data sets.");

    public static Dataset Load(string file, bool header)
        => CsvDataset.Load(Path.Combine(Folder, "tabular", file), new CsvOptions { HasHeader = header, Targets = CsvTargets.Classes });
}
