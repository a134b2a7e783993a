namespace DeepLearning.Data;

/// <summary>How a table of text becomes a data set.</summary>
public sealed record CsvOptions
{
    /// <summary>Whether the first row names the columns; true by default.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What stands between two fields; a comma by default. A single space stands for any run of spaces and tabs, without quoting.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The name of the target column, as the header writes it; null to take <see cref="TargetIndex"/>.</summary>
    public string? TargetName { get; init; }

    /// <summary>The place of the target column, from 0; negative ones count from the end. −1, the last, by default.</summary>
    public int TargetIndex { get; init; } = -1;

    /// <summary>Whether the target column holds classes or values; classes by default.</summary>
    public CsvTargets Targets { get; init; } = CsvTargets.Classes;

    /// <summary>
    /// The classes by label, to read a test file with the labels of its training file: a class not among them is an error.
    /// Null, the default, takes those that the file has.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// Whether the classes of the file are sorted, numbers by value and others letter by letter, so that the order of rows does not matter;
    /// true by default. False gives labels in order of first appearance.
    /// </summary>
    public bool SortClasses { get; init; } = true;

    /// <summary>Names of columns to leave out; none by default.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];
}
