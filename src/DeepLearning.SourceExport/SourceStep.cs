namespace DeepLearning.SourceExport;

/// <summary>What one layer is in the file: nothing, a statement that changes values in place, or one that makes new values.</summary>
internal sealed record SourceStep
{
    /// <summary>What follows the layer's name in the comment above its statement.</summary>
    public string Note { get; private init; } = "";

    /// <summary>The statement, given the names of its input and its result; null if the values do not change.</summary>
    public Func<string, string, string>? Statement { get; private init; }

    /// <summary>Whether input and result are the same memory.</summary>
    public bool InPlace { get; private init; } = true;

    /// <summary>The method that the statement calls.</summary>
    public SourceFunction? Function { get; private init; }

    /// <summary>The layer's numbers.</summary>
    public IReadOnlyList<SourceValues> Values { get; private init; } = [];

    /// <summary>The values do not change; the comment says why.</summary>
    public static SourceStep Nothing(string note) => new() { Note = note };

    /// <summary>Each value separately: <c>name(value, …)</c>.</summary>
    public static SourceStep Each(SourceFunction function, string name, params string[] arguments) => new()
    {
        Function = function,
        Statement = (_, y) => $"foreach (ref float value in {y}) value = {name}({string.Join(", ", ["value", .. arguments])});",
    };

    /// <summary>All values at once, in place: <c>name(values, …)</c>.</summary>
    public static SourceStep Whole(SourceFunction function, string name, params string[] arguments) => new()
    {
        Function = function,
        Statement = (_, y) => $"{name}({string.Join(", ", [y, .. arguments])});",
    };

    /// <summary>New values: <c>name(input, …, result)</c>.</summary>
    public static SourceStep Into(SourceFunction function, string name, params string[] arguments) => new()
    {
        Function = function,
        InPlace = false,
        Statement = (x, y) => $"{name}({string.Join(", ", [x, .. arguments, y])});",
    };

    /// <summary>The same step with the layer's numbers.</summary>
    public SourceStep With(params SourceValues[] values) => this with { Values = values };
}
