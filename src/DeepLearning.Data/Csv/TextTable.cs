using CsvHelper;

namespace DeepLearning.Data;

/// <summary>The rows of a text table, each with the line it begins on. Empty lines are not rows.</summary>
internal static class TextTable
{
    internal readonly record struct Row(int Line, string[] Fields);

    public static IEnumerable<Row> Read(TableText text, char separator) => separator == ' ' ? WhiteSpaceSeparated(text) : Separated(text, separator);

    private static IEnumerable<Row> WhiteSpaceSeparated(TableText text)
    {
        using TextReader reader = text.FromStart();
        int line = 0;
        while (reader.ReadLine() is string row)
        {
            line++;
            string[] fields = row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0) yield return new Row(line, fields);
        }
    }

    private static IEnumerable<Row> Separated(TableText text, char separator)
    {
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using CsvReader reader = CsvReader.Create(text.FromStart(), options, leaveOpen: false);
        while (Next(reader, text.Path))
        {
            var fields = new string[reader.FieldCount];
            for (int c = 0; c < fields.Length; c++) fields[c] = reader.GetString(c).Trim();
            yield return new Row((int)reader.LineNumber, fields);
        }
    }

    private static bool Next(CsvReader reader, string path)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new DataFormatException($"{path}, line {e.LineNumber}: a quoted field is not closed, or continues after its closing quote. "
                + "Close it, and write a quote within a quoted field twice, as in \"5\"\" pipe\".", e);
        }
    }
}
