namespace DeepLearning.Data;

/// <summary>Which columns of a table are inputs, and which is the target.</summary>
internal sealed record CsvColumns(int[] Inputs, int Target, string[] Names)
{
    /// <param name="first">The first row: the header, where there is one.</param>
    /// <param name="options">Names the columns.</param>
    /// <param name="path">For messages.</param>
    public static CsvColumns Choose(string[] first, CsvOptions options, string path)
    {
        int target = options.TargetName is string name ? Find(first, name, options, path) : FromEnd(options.TargetIndex, first.Length, path);
        int[] ignored = [.. options.Ignore.Select(column => Find(first, column, options, path))];
        int[] inputs = [.. Enumerable.Range(0, first.Length).Where(c => c != target && !ignored.Contains(c))];
        if (inputs.Length == 0) throw new DataFormatException($"{path}: no input column is left beside the target; the file has {first.Length} columns.");
        return new CsvColumns(inputs, target, options.HasHeader ? [.. inputs.Select(c => first[c])] : []);
    }

    private static int FromEnd(int index, int columns, string path)
        => index < columns && index >= -columns
            ? index < 0 ? index + columns : index
            : throw new DataFormatException($"{path}: target column {index} is not there; the file has {columns} columns.");

    private static int Find(string[] header, string name, CsvOptions options, string path)
    {
        if (!options.HasHeader)
            throw new ArgumentException($"Column '{name}' is asked for by name, but the options say that the file has no header.", nameof(options));
        int place = Array.IndexOf(header, name);
        return place >= 0 ? place : throw new DataFormatException($"{path}, line 1: no column is named '{name}'; the header has {string.Join(", ", header)}.");
    }
}
