namespace DeepLearning;

/// <summary>The kinds of fitted columns, by their names in files.</summary>
internal static class FittedKinds
{
    private const string Kind = "kind";

    /// <summary>What a column learned, with its kind.</summary>
    public static Settings Write(FittedColumn column)
    {
        Settings settings = new Settings().Set(Kind, column.Kind);
        column.Write(settings);
        return settings;
    }

    /// <summary>The column that a file describes.</summary>
    /// <exception cref="FormatException">Its kind or a setting is unknown, or a value cannot be.</exception>
    public static FittedColumn Read(string name, Settings settings)
    {
        try
        {
            string kind = settings.GetString(Kind);
            FittedColumn column = kind switch
            {
                FittedScale.Standard or FittedScale.MinMax or FittedScale.Robust or FittedScale.Log1p or FittedScale.PassThrough
                    => FittedScale.Read(kind, settings),
                FittedOneHot.Name => FittedOneHot.Read(settings),
                FittedIndex.Name => FittedIndex.Read(settings),
                FittedHash.Name => FittedHash.Read(settings),
                FittedBins.Name => FittedBins.Read(settings),
                FittedDate.Name => FittedDate.Read(settings),
                FittedWords.Name => FittedWords.Read(settings),
                FittedComponents.Name => FittedComponents.Read(settings),
                FittedClass.Name => FittedClass.Read(settings),
                _ => throw new FormatException($"its kind {kind} is unknown to this version of the library"),
            };
            settings.RequireAllRead();
            return column;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new FormatException($"column '{name}' of the encoding: {e.Message}", e);
        }
    }
}
