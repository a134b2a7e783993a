using System.Text;

namespace DeepLearning.Data;

/// <summary>How a text table is read into a <see cref="Table"/>. What is null here is detected from the file; an ambiguous file is refused.</summary>
public sealed record CsvTableOptions
{
    /// <summary>Whether the first row names the columns; null, the default, detects it as <see cref="CsvOptions.HasHeader"/> does.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The separator between two fields; null, the default, detects it as <see cref="CsvOptions.Separator"/> does.</summary>
    public char? Separator { get; init; }

    /// <summary>The encoding of the file; null for UTF-8. A byte-order mark in the file takes precedence.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The names of the columns, instead of those in the file; null for the header's, or c0, c1, … without one.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>
    /// The type of some columns by name, instead of the detected one: Text for postal codes or numbered categories, or the <see cref="Table.Types"/> of the
    /// training table, so that a second file is read as the first was.
    /// </summary>
    public IReadOnlyDictionary<string, TableType>? Types { get; init; }

    /// <summary>
    /// How dates are written, as a format of .NET in the invariant culture: <c>dd.MM.yyyy</c>. Null, the default, for ISO 8601 without a zone: 2024-02,
    /// 2024-02-29, 2024-02-29T17:30, 2024-02-29 17:30:00. A format with a zone (z, K, an unquoted Z) is refused: times would be converted to that of the
    /// machine.
    /// </summary>
    public string? DateFormat { get; init; }

    /// <summary>How a missing value is written, as <see cref="CsvOptions.MissingMarks"/>. An empty field is always missing.</summary>
    public IReadOnlyList<string> MissingMarks { get; init; } = Marks.Default;
}
