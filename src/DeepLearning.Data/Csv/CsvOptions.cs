using System.Text;

namespace DeepLearning.Data;

/// <summary>How a text table becomes a data set. What is null here is detected from the file; an ambiguous file is refused, naming both readings.</summary>
public sealed record CsvOptions
{
    /// <summary>
    /// Whether the first row names the columns. Null, the default, detects it. If a column is selected by name, it does. Otherwise the columns with numbers
    /// from the second row on decide: if the first row has numbers (or missing marks) there, it is data; with text it is a header; with both the file is
    /// refused. A first row of numbers that could be names, such as years, wavelengths or 0, 1, 2, is refused if the rows below do not continue the same way. A
    /// single row is data if it has a number.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// The separator between two fields. Null, the default, detects it: the one of comma, semicolon, tab and vertical bar that gives all of the first 100 rows
    /// the same number of columns; if several do, the one that gives more numbers, and white space if it gives more than commas. If none fits, it is the first
    /// that divides the first row; if none does, white space if it fits, otherwise the comma. A space means any run of spaces and tabs, without quoting.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>The encoding of the file; null for UTF-8. A byte-order mark in the file takes precedence. Bytes that are not valid text in it are an
    /// error.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// The target column, by name or position; −1, the last, by default. A separator at the end of each line adds no column: the last one comes before it. An
    /// input with the same name is refused, unless <see cref="Inputs"/> lists it: it would give the answer away. Case, white space and invisible characters are
    /// ignored in names.
    /// </summary>
    public CsvColumn Target { get; init; } = -1;

    /// <summary>
    /// The input columns, by name or position, in the order of the features; null, the default, for all except the target and those to ignore.
    /// A column that numbers the rows (without a name, or Unnamed: 0 as pandas calls it) is then refused.
    /// </summary>
    public IReadOnlyList<CsvColumn>? Inputs { get; init; }

    /// <summary>Columns to ignore, by name or position; none by default.</summary>
    public IReadOnlyList<CsvColumn> Ignore { get; init; } = [];

    /// <summary>
    /// Whether the target column holds classes or values. Null, the default, detects it: texts are classes, and numbers with a fraction among them are values.
    /// Whole numbers are classes if at most two are different, values if more than half of the rows have a different one, and classes up to 20; beyond that the
    /// file is refused. So are one or two rows whose numbers have more than one digit and do not recur, more than 20 texts most of which do not recur (unless
    /// <see cref="SortClasses"/> is false), and a column that mixes numbers and text.
    /// </summary>
    public CsvTargets? Targets { get; init; }

    /// <summary>
    /// The classes by label, to read a test file with the labels of its training file: a class not among them is an error. Null, the default, takes those of
    /// the file.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// Whether the classes of the file are sorted, numbers by value and others by character code, so that the order of rows does not matter;
    /// true by default. False gives labels in order of first appearance.
    /// </summary>
    public bool SortClasses { get; init; } = true;

    /// <summary>
    /// How a missing value is written, in inputs and in the target; case is ignored, and numbers (<c>-999</c>) are compared by their exact value. An empty
    /// field is always missing. By default pandas's marks (<c>NA</c>, <c>N/A</c>, <c>#N/A</c>, <c>NaN</c>, <c>null</c>, <c>None</c> and
    /// their spellings) and <c>?</c>, <c>-</c>, <c>.</c>, <c>\N</c>, <c>n.a.</c>, <c>NaT</c>, <c>nil</c>. If one of them is the name of a class, such as NA for
    /// Namibia or - beside +, set only the others, or <c>[]</c>.
    /// </summary>
    public IReadOnlyList<string> MissingMarks { get; init; } = Marks.Default;

    /// <summary>How to treat rows with a missing input or target; they are refused by default.</summary>
    public CsvMissing Missing { get; init; }

    /// <summary>Throws if two options contradict each other.</summary>
    internal void RequireSense()
    {
        if (Target is null || Ignore is null || MissingMarks is null)
            throw Nonsense($"{nameof(Target)}, {nameof(Ignore)} and {nameof(MissingMarks)} must not be null; omit what is not to be set.");
        if (ClassNames is null) return;
        if (Targets == CsvTargets.Values) throw Nonsense($"{nameof(ClassNames)} are given, but {nameof(Targets)} are {CsvTargets.Values}; set one of them.");
        if (ClassNames.Count == 0) throw Nonsense($"{nameof(ClassNames)} is empty; leave it null to take the classes of the file.");
        var different = new HashSet<string>();
        for (int c = 0; c < ClassNames.Count; c++)
        {
            if (ClassNames[c] is null) throw Nonsense($"Class {c} in {nameof(ClassNames)} is null.");
            if (!different.Add(ClassNames[c])) throw Nonsense($"Class '{ClassNames[c]}' appears twice in {nameof(ClassNames)}.");
        }
    }

    internal static ArgumentException Nonsense(string message) => new(message);
}
