using System.Globalization;

namespace DeepLearning;

/// <summary>A column of a <see cref="Table"/>: a name, one type, and a value or nothing for each row.</summary>
public sealed class TableColumn
{
    private readonly double[] numbers = [];
    private readonly string?[] texts = [];
    private readonly DateTime?[] dates = [];

    private TableColumn(string name, TableType type, double[] numbers) : this(name, type, numbers.Length) => this.numbers = numbers;

    private TableColumn(string name, string?[] texts) : this(name, TableType.Text, texts.Length) => this.texts = texts;

    private TableColumn(string name, DateTime?[] dates) : this(name, TableType.Date, dates.Length) => this.dates = dates;

    private TableColumn(string name, TableType type, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Type, Count) = (name, type, count);
    }

    /// <summary>The name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public TableType Type { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The number of rows without a value.</summary>
    public int MissingCount => Enumerable.Range(0, Count).Count(IsMissing);

    /// <summary>The value of a row: a double, a string, a DateTime or a bool; null if it is missing.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public object? this[int row] => Required(row) switch
    {
        _ when IsMissing(row) => null,
        TableType.Number => numbers[row],
        TableType.Truth => numbers[row] != 0,
        TableType.Text => texts[row],
        _ => dates[row],
    };

    /// <summary>A column of numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">Finite; null where one is missing.</param>
    /// <exception cref="TableMismatchException">A number is NaN or infinite.</exception>
    public static TableColumn Numbers(string name, IReadOnlyList<double?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TableColumn(name, TableType.Number, [.. values.Select((v, row) => v is double number ? CellValue.Finite(number, name, row) : double.NaN)]);
    }

    /// <summary>A column of texts; an empty text is a value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">Null where one is missing.</param>
    public static TableColumn Texts(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TableColumn(name, [.. values]);
    }

    /// <summary>A column of dates.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">Null where one is missing; all in one time zone, since the kind of a date is ignored.</param>
    public static TableColumn Dates(string name, IReadOnlyList<DateTime?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TableColumn(name, [.. values]);
    }

    /// <summary>A column of true and false.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">Null where one is missing.</param>
    public static TableColumn Truths(string name, IReadOnlyList<bool?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TableColumn(name, TableType.Truth, [.. values.Select(v => v is bool truth ? truth ? 1d : 0d : double.NaN)]);
    }

    /// <summary>A column whose type follows from its values.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">
    /// Numbers of any .NET type, strings, dates, Booleans, enums (by name) or elements of JSON, all of one type; null where one is missing. A float counts as
    /// it is written: 0.1f is 0.1. A whole number that a double does not hold, such as 1234567890123456789, is an identifier: pass it as a string.
    /// </param>
    /// <exception cref="TableMismatchException">Two values differ in type, one is of a type that tables do not know, or a number is not finite, or a whole one
    /// that a double does not hold.</exception>
    public static TableColumn Of(string name, IEnumerable<object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        object?[] cells = [.. values.Select((value, row) => CellValue.Of(value, name, row))];
        int first = Array.FindIndex(cells, c => c is not null);
        if (first < 0) return new TableColumn(name, TableType.Missing, [.. cells.Select(_ => double.NaN)]);
        TableType type = CellValue.TypeOf(cells[first]);
        int other = Array.FindIndex(cells, c => c is not null && CellValue.TypeOf(c) != type);
        if (other >= 0)
        {
            string its = Convert.ToString(cells[first], CultureInfo.InvariantCulture)!, odd = Convert.ToString(cells[other], CultureInfo.InvariantCulture)!;
            throw new TableMismatchException($"Column '{name}' holds {CellValue.Name(type)}, such as {its} in row {first}, but row {other} has '{odd}', which is "
                + $"{CellValue.Name(CellValue.TypeOf(cells[other]))}.", name, other);
        }

        return type switch
        {
            TableType.Number => Numbers(name, Array.ConvertAll(cells, c => (double?)c)),
            TableType.Text => Texts(name, Array.ConvertAll(cells, c => (string?)c)),
            TableType.Date => Dates(name, Array.ConvertAll(cells, c => (DateTime?)c)),
            _ => Truths(name, Array.ConvertAll(cells, c => (bool?)c)),
        };
    }

    /// <summary>Whether the value of a row is missing.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public bool IsMissing(int row) => Required(row) switch
    {
        TableType.Text => texts[row] is null,
        TableType.Date => dates[row] is null,
        _ => double.IsNaN(numbers[row]),
    };

    /// <summary>The number of a row; 1 for true and 0 for false.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column does not hold numbers, or the value is missing.</exception>
    public double NumberAt(int row)
        => !IsMissing(row) && Type is TableType.Number or TableType.Truth ? numbers[row] : throw NoValue(row, TableType.Number);

    /// <summary>The text of a row: a text itself, a number in the invariant culture (3, 0.5), true or false, a date as 2024-02-29.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The value is missing.</exception>
    public string TextAt(int row) => IsMissing(row) ? throw NoValue(row, TableType.Text) : Type switch
    {
        TableType.Text => texts[row]!,
        TableType.Number => CellValue.Text(numbers[row]),
        TableType.Truth => CellValue.Text(numbers[row] != 0),
        _ => CellValue.Text(dates[row]!.Value),
    };

    /// <summary>The date of a row.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column does not hold dates, or the value is missing.</exception>
    public DateTime DateAt(int row) => !IsMissing(row) && Type == TableType.Date ? dates[row]!.Value : throw NoValue(row, TableType.Date);

    /// <summary>For example <c>age: numbers, 3 of 20 missing</c>.</summary>
    public override string ToString() => $"{Name}: "
        + $"{CellValue.Name(Type)}{(Type != TableType.Missing && MissingCount is > 0 and int n ? $", {n} of {Count} missing" : "")}";

    /// <summary>Some rows, in this order.</summary>
    internal TableColumn Select(int[] rows) => Type switch
    {
        TableType.Text => new TableColumn(Name, Array.ConvertAll(rows, r => texts[r])),
        TableType.Date => new TableColumn(Name, Array.ConvertAll(rows, r => dates[r])),
        _ => new TableColumn(Name, Type, Array.ConvertAll(rows, r => numbers[r])),
    };

    private TableType Required(int row)
        => (uint)row < (uint)Count ? Type : throw new ArgumentOutOfRangeException(nameof(row), row,
            $"Column '{Name}' has the rows 0 to {Count - 1}, got {row}.");

    private InvalidOperationException NoValue(int row, TableType wanted)
        => new($"Column '{Name}' has {(IsMissing(row) ? "no value" : CellValue.Name(Type))} in row {row}; expected {CellValue.Name(wanted)}.");
}
