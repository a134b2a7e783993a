using System.Text.RegularExpressions;

namespace DeepLearning.Data;

/// <summary>
/// Recognises the columns in which pandas and R number the rows: without a name, or with the one that pandas gives such a column on reading it.
/// </summary>
internal static partial class RowNumbers
{
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The first rows, the header among them.</param>
    /// <param name="column">The position of an input.</param>
    public static bool AreIn(string[] header, List<TextTable.Row> rows, int column)
    {
        string name = header[column];
        if (PandasName().IsMatch(name)) return true;
        if (NameForm.OfColumn(name).Length > 0 || rows.Count < 2) return false;
        var seen = new HashSet<DecimalText>();
        return rows.Skip(1).All(r => DecimalText.TryParse(r.Fields[column], out DecimalText number) && number.IsWhole && seen.Add(number));
    }

    [GeneratedRegex(@"^Unnamed: [0-9]+(\.[0-9]+)?$")]
    private static partial Regex PandasName();
}
