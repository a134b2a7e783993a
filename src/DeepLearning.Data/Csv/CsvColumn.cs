namespace DeepLearning.Data;

/// <summary>
/// A column of a table: by its name in the header, or by its position. 0 is the first column, −1 the last. Numbers and texts convert to it, so that
/// <c>Ignore = [0, "id"]</c> can be written.
/// </summary>
public sealed class CsvColumn
{
    private CsvColumn(string? name, int place)
    {
        Name = name;
        Place = place;
    }

    internal string? Name { get; }

    internal int Place { get; }

    /// <summary>The column at a position; negative positions count from the end.</summary>
    /// <param name="place">0 is the first column, −1 the last.</param>
    public static implicit operator CsvColumn(int place) => new(null, place);

    /// <summary>The column with a name; the file then has a header.</summary>
    /// <param name="name">As in the header; surrounding white space is ignored.</param>
    /// <exception cref="ArgumentNullException">No name.</exception>
    public static implicit operator CsvColumn(string name) => new((name ?? throw new ArgumentNullException(nameof(name))).Trim(), 0);

    /// <summary>For example <c>'price'</c> or <c>-1</c>.</summary>
    public override string ToString() => Name is null ? FormattableString.Invariant($"{Place}") : $"'{Name}'";
}
