namespace DeepLearning.Data;

/// <summary>A text of the target column, and the line it first appears on.</summary>
internal sealed class TargetText
{
    public TargetText(string text, int line)
    {
        (Text, Line) = (text, line);
        IsNumber = DecimalText.TryParse(text, out DecimalText number);
        Number = number;
    }

    public string Text { get; }

    public int Line { get; }

    public bool IsNumber { get; }

    /// <summary>Exact; undefined if the text is not a number.</summary>
    public DecimalText Number { get; }
}
