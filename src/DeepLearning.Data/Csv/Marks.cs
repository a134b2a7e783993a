namespace DeepLearning.Data;

/// <summary>How missing values are written.</summary>
internal sealed class Marks
{
    /// <summary>
    /// pandas's list (https://pandas.pydata.org/docs/reference/api/pandas.read_csv.html), the UCI repository's question mark, and marks of other tools.
    /// </summary>
    public static readonly IReadOnlyList<string> Default =
    [
        "NA", "N/A", "#N/A", "#N/A N/A", "#NA", "<NA>", "NaN", "-NaN", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", "null", "None",
        "?", "-", ".", "\\N", "n.a.", "NaT", "nil",
    ];

    private readonly HashSet<string> texts;
    private readonly HashSet<DecimalText> numbers;

    public Marks(IReadOnlyList<string> marks)
    {
        if (marks.Any(m => m is null)) throw CsvOptions.Nonsense($"{nameof(CsvOptions.MissingMarks)} holds null.");
        texts = new HashSet<string>(marks.Select(m => m.Trim()), StringComparer.OrdinalIgnoreCase);
        numbers = [];
        foreach (string text in texts)
        {
            if (DecimalText.TryParse(text, out DecimalText number)) numbers.Add(number);
        }
    }

    public bool Contains(string text)
        => text.Length == 0 || texts.Contains(text) || ContainsNumber(text);

    /// <summary>Whether a text that is a number is a mark; compared exactly, since 99999998 and 99999999 are the same float32.</summary>
    public bool ContainsNumber(string text) => numbers.Count > 0 && DecimalText.TryParse(text, out DecimalText number) && numbers.Contains(number);
}
