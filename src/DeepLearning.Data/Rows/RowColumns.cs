namespace DeepLearning.Data;

/// <summary>Which columns of rows are inputs, and which is the target, by name.</summary>
public sealed record RowColumns
{
    /// <summary>A target, and the inputs in the order of the features.</summary>
    /// <param name="target">The name of the target column.</param>
    /// <param name="inputs">The names of the input columns, at least one.</param>
    /// <exception cref="ArgumentException">There are no inputs, or a name appears twice or is empty.</exception>
    public RowColumns(string target, params IReadOnlyList<string> inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0) throw new ArgumentException("Expected at least one input column, got none.", nameof(inputs));
        var names = new HashSet<string> { target };
        foreach (string input in inputs)
        {
            ArgumentException.ThrowIfNullOrEmpty(input, nameof(inputs));
            if (!names.Add(input)) throw new ArgumentException($"Column '{input}' is listed twice.", nameof(inputs));
        }

        (Target, Inputs) = (target, [.. inputs]);
    }

    /// <summary>The target column: numbers to predict, unless there are <see cref="ClassNames"/> or <see cref="TargetsAreLabels"/>.</summary>
    public string Target { get; }

    /// <summary>The input columns: numbers or Booleans.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The classes by label, if the target column has their names; null, the default, if it has numbers.</summary>
    /// <exception cref="ArgumentException">There are none, or one appears twice.</exception>
    public IReadOnlyList<string>? ClassNames
    {
        get;
        init => field = value is null || (value.Count > 0 && value.Distinct().Count() == value.Count)
            ? value
            : throw new ArgumentException("Expected at least one class, and each of them once.", nameof(ClassNames));
    }

    /// <summary>Whether the target column has the labels of classes, whole numbers from 0; false by default: its numbers are values to predict.</summary>
    public bool TargetsAreLabels { get; init; }

    /// <summary>The column with the weight of each row; null, the default, for none.</summary>
    public string? Weight { get; init; }

    /// <summary>Whether rows with a missing value are left out; false, the default, refuses them.</summary>
    public bool DropMissing { get; init; }

    /// <summary>All columns that are read: inputs, target, weight.</summary>
    internal IReadOnlyList<string> All => [.. Inputs, Target, .. Weight is null ? (string[])[] : [Weight]];

    /// <summary>The place of each column among those of a source.</summary>
    /// <exception cref="DataFormatException">One is missing, or there twice.</exception>
    internal int[] PlacesIn(IReadOnlyList<string> names, string source) => [.. All.Select(column =>
    {
        int[] places = [.. Enumerable.Range(0, names.Count).Where(i => names[i] == column)];
        return places.Length switch
        {
            1 => places[0],
            0 => throw new DataFormatException($"{source} has no column named '{column}'; it has {string.Join(", ", names)}."),
            _ => throw new DataFormatException($"{source} has {places.Length} columns named '{column}': give each a name of its own."),
        };
    })];
}
