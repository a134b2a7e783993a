namespace DeepLearning;

/// <summary>A column of an encoder, or a group of columns.</summary>
/// <param name="Sources">The columns of the table.</param>
/// <param name="Column">How they become numbers; null if a person has to decide.</param>
/// <param name="Doubt">Why a person has to.</param>
internal sealed record EncoderEntry(IReadOnlyList<string> Sources, Column? Column, string Doubt = "")
{
    public string Name => string.Join("+", Sources);

    public FittedColumn Fit(Table table) => Column?.Fit(table, Sources)
        ?? throw new TableMismatchException($"Column '{Name}' {Doubt}.", Name);

    public override string ToString() => $"{Name} {Column?.ToString() ?? "?"}";
}
