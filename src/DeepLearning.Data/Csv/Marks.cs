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
    private readonly float[] numbers;

    public Marks(IReadOnlyList<string> marks)
    {
        if (marks.Any(m => m is null)) throw CsvOptions.Nonsense($"{nameof(CsvOptions.MissingMarks)} holds null.");
        texts = new HashSet<string>(marks.Select(m => m.Trim()), StringComparer.OrdinalIgnoreCase);
        numbers = [.. texts.Where(t => NumberText.TryRead(t, out _)).Select(t => NumberText.TryRead(t, out float value) ? value : 0f)];
    }

    public bool Contains(string text)
        => text.Length == 0 || texts.Contains(text) || (numbers.Length > 0 && NumberText.TryRead(text, out float value) && Contains(value));

    public bool Contains(float number) => numbers.Length > 0 && numbers.Contains(number);
}
