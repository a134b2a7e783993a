using CsvHelper;

namespace DeepLearning.Data;

/// <summary>The rows of a table of text, each with the line it begins on, all with as many columns as the first.</summary>
internal static class TextTable
{
    internal readonly record struct Row(int Line, string[] Fields);

    public static IEnumerable<Row> Read(TextReader reader, char separator, string path)
    {
        int columns = -1;
        foreach (Row row in separator == ' ' ? WhiteSpaceSeparated(reader) : Separated(reader, separator, path))
        {
            if (columns < 0) columns = row.Fields.Length;
            if (row.Fields.Length != columns)
            {
                throw new DataFormatException(
                    $"{path}, line {row.Line}, column {Math.Min(columns, row.Fields.Length) + 1}: "
                    + $"expected {columns} columns as in the first row, got {row.Fields.Length}.");
            }

            yield return row;
        }
    }

    private static IEnumerable<Row> WhiteSpaceSeparated(TextReader reader)
    {
        int line = 0;
        while (reader.ReadLine() is string text)
        {
            line++;
            string[] fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0) yield return new Row(line, fields);
        }
    }

    private static IEnumerable<Row> Separated(TextReader text, char separator, string path)
    {
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using CsvReader reader = CsvReader.Create(text, options, leaveOpen: true);
        while (Next(reader, path))
        {
            var fields = new string[reader.FieldCount];
            for (int c = 0; c < fields.Length; c++) fields[c] = reader.GetString(c);
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
            throw new DataFormatException($"{path}, line {e.LineNumber}: {e.Message}", e);
        }
    }
}
