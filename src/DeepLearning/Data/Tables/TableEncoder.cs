namespace DeepLearning;

/// <summary>
/// A description of the columns that go into a model and come out of it, before it has seen their values: <see cref="Fit"/> learns means, categories and the
/// like from the training rows. Immutable: each method returns a changed copy. Columns of a table that it does not name are ignored.
/// </summary>
/// <example>
/// <code>
/// TableEncoder encoder = TableEncoder.Infer(train, target: "price").With("street", Column.OneHot(maximum: 100)).Without("id");
/// TableEncoding encoding = encoder.Fit(train);
/// </code>
/// </example>
public sealed class TableEncoder
{
    private readonly EncoderEntry[] inputs, targets;

    /// <summary>An encoder without columns, to which <see cref="With(string, Column)"/> and <see cref="WithTarget"/> add.</summary>
    public TableEncoder() : this([], []) { }

    private TableEncoder(EncoderEntry[] inputs, EncoderEntry[] targets) => (this.inputs, this.targets) = (inputs, targets);

    /// <summary>
    /// An encoder of all columns of a table, by their types: numbers are standardised, and true and false are 1 and 0, with a flag where some are missing;
    /// texts of at most 32 values that occur twice on average are one-hot; dates are year, month, day of the week and, if there is one, time of day. What is
    /// none of these (names, sentences, row numbers) is left to a person: <see cref="Fit"/> refuses it, with the calls that decide.
    /// </summary>
    /// <param name="table">The rows, training and test: only <see cref="Fit"/> learns.</param>
    /// <param name="target">The column to predict: text is classes, numbers with a fraction are values. Whole numbers are classes if they recur and at most
    /// 20 are different, values if more than half of the rows have a different one, and otherwise for <see cref="WithTarget"/> to say.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static TableEncoder Infer(Table table, string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Infer(table, [target]);
    }

    /// <summary>An encoder with several targets, or none.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="targets">The columns to predict.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <inheritdoc cref="Infer(Table, string)" path="/summary"/>
    public static TableEncoder Infer(Table table, IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        EncoderEntry[] predicted = [.. targets.Select(t => TableInference.Target(table[t]))];
        return new TableEncoder([.. table.Columns.Where(c => !targets.Contains(c.Name)).Select(TableInference.Input)], predicted);
    }

    /// <summary>With this column encoded in this way; it keeps its place if it has one.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="kind">How it becomes numbers.</param>
    /// <exception cref="ArgumentException">It is a target, or the kind is for targets or for groups.</exception>
    public TableEncoder With(string column, Column kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        return Placed(Entry([column], kind));
    }

    /// <summary>With each of these columns encoded in this way; a kind for groups, such as <see cref="Column.PrincipalComponents"/>, takes them
    /// together.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="kind">How they become numbers.</param>
    /// <exception cref="ArgumentException">One is a target or named twice, there is none, or the kind is for targets.</exception>
    public TableEncoder With(IReadOnlyList<string> columns, Column kind)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(kind);
        if (columns.Count == 0 || columns.Any(string.IsNullOrEmpty) || columns.Distinct().Count() < columns.Count)
            throw new ArgumentException($"Expected different columns, got {string.Join(", ", columns)}.", nameof(columns));
        if (!kind.IsGroup) return columns.Aggregate(this, (encoder, column) => encoder.With(column, kind));
        EncoderEntry group = Entry([.. columns], kind);
        return new TableEncoder([.. inputs.Where(e => e.Sources.Count > 1 || !columns.Contains(e.Name))], targets).Placed(group);
    }

    /// <summary>With this target: numbers scaled, or <see cref="Column.Class"/>. Numbers together are one output of the model, each class is one of its
    /// own.</summary>
    /// <param name="column">The name of the column, which then is no input.</param>
    /// <param name="kind">A scale without missing values, or classes.</param>
    /// <exception cref="ArgumentException">The kind has no way back to the column's values, or the column is in a group.</exception>
    public TableEncoder WithTarget(string column, Column kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentNullException.ThrowIfNull(kind);
        if (kind is not (ClassColumn or ScaledColumn { CanBeTarget: true }))
            throw new ArgumentException($"{kind} cannot be a target: expected Column.Class, or a scale of numbers without missing ones.", nameof(kind));
        EncoderEntry? group = Array.Find(inputs, e => e.Sources.Count > 1 && e.Sources.Contains(column));
        if (group is not null)
            throw new ArgumentException($"'{column}' is in the group {group.Name}, which would give the answer away: leave the group out by "
                + $".Without(\"{group.Name}\"), and add it without '{column}'.", nameof(column));
        var entry = new EncoderEntry([column], kind);
        int place = Array.FindIndex(targets, t => t.Name == column);
        EncoderEntry[] others = [.. inputs.Where(e => e.Name != column)];
        return new TableEncoder(others, place < 0 ? [.. targets, entry] : [.. targets[..place], entry, .. targets[(place + 1)..]]);
    }

    /// <summary>Without some columns, which are then ignored.</summary>
    /// <param name="columns">Names of inputs or targets.</param>
    /// <exception cref="ArgumentException">There is no such column, or it is in a group.</exception>
    public TableEncoder Without(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        string? unknown = columns.FirstOrDefault(c => !inputs.Concat(targets).Any(e => e.Name == c));
        if (unknown is not null)
        {
            throw new ArgumentException(
                $"No column of the encoder is named '{unknown}'; it has {string.Join(", ", inputs.Concat(targets).Select(e => e.Name))}.", nameof(columns));
        }

        return new TableEncoder([.. inputs.Where(e => !columns.Contains(e.Name))], [.. targets.Where(e => !columns.Contains(e.Name))]);
    }

    /// <summary>Learns from the training rows, and from them alone: means, categories, quartiles.</summary>
    /// <param name="train">The rows to train on.</param>
    /// <exception cref="TableMismatchException">A column is not there or does not suit its kind, a value is missing, or a person has to decide; the message has
    /// the call that does.</exception>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    /// <exception cref="InvalidOperationException">The encoder has no inputs.</exception>
    public TableEncoding Fit(Table train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Count == 0) throw new ArgumentException("Expected at least one row to fit to, got none.", nameof(train));
        if (inputs.Length == 0) throw new InvalidOperationException($"The encoder has no inputs: add columns with {nameof(With)}.");
        return new TableEncoding([.. inputs.Select(e => e.Fit(train))], [.. targets.Select(e => e.Fit(train))]);
    }

    /// <summary>For example <c>TableEncoder: city OneHot(), age Standard(); targets: price Standard()</c>; ? where a person has to decide.</summary>
    public override string ToString()
        => $"{nameof(TableEncoder)}: {string.Join(", ", inputs.Select(e => e.ToString()))}"
            + (targets.Length == 0 ? "" : $"; target{(targets.Length == 1 ? "" : "s")}: {string.Join(", ", targets.Select(e => e.ToString()))}");

    private EncoderEntry Entry(string[] columns, Column kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (kind is ClassColumn)
            throw new ArgumentException($"{kind} is for targets: use {nameof(WithTarget)}; as an input, a class is Column.OneHot().",
                nameof(kind));
        if (kind.IsGroup && columns.Length == 1) throw new ArgumentException($"{kind} takes several columns: .With([\"{columns[0]}\", …], …).", nameof(kind));
        string? target = columns.FirstOrDefault(c => Array.Exists(targets, t => t.Name == c));
        if (target is not null)
            throw new ArgumentException($"'{target}' is a target, which would give the answer away: use {nameof(WithTarget)}, or "
                + $"{nameof(Without)} first.", nameof(columns));
        return new EncoderEntry(columns, kind);
    }

    private TableEncoder Placed(EncoderEntry entry)
    {
        int place = Array.FindIndex(inputs, e => e.Name == entry.Name);
        return new TableEncoder(place < 0 ? [.. inputs, entry] : [.. inputs[..place], entry, .. inputs[(place + 1)..]], targets);
    }
}
