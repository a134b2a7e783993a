using System.Data.Common;

namespace DeepLearning.Data;

/// <summary>Samples from rows of values: of a database, or of anything that gives rows. They are read one at a time, anew in each epoch.</summary>
public static class RowSource
{
    /// <summary>Rows of values, of which columns are chosen by name.</summary>
    /// <param name="names">The name of each column.</param>
    /// <param name="rows">Gives the rows of an epoch, each with a value per column: numbers, Booleans, or the name of a class; null and <see cref="DBNull"/>
    /// are missing. A row may be overwritten by the next.</param>
    /// <param name="columns">The inputs and the target.</param>
    /// <param name="name">Names the source in messages and in a checkpoint: a run resumes only with a source of the same name.</param>
    /// <returns>Samples with inputs [features], and a label or a value [1] as target. What is wrong in a row is a <see cref="DataFormatException"/> when it is
    /// read.</returns>
    /// <exception cref="DataFormatException">A column does not exist.</exception>
    public static SampleSource Of(
        IReadOnlyList<string> names, Func<EpochPosition, IEnumerable<IReadOnlyList<object?>>> rows, RowColumns columns, string name = "rows")
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentException.ThrowIfNullOrEmpty(name);
        int[] places = columns.PlacesIn(names, name);
        return SampleSource.Of(position => Samples(rows(position), names.Count, places, columns, name), name).Named(columns.Inputs, columns.ClassNames);
    }

    /// <summary>
    /// The rows of a query, which runs anew in each epoch. An <c>ORDER BY</c> on a unique column gives them in the same order each time: without it, a run
    /// that is resumed in the middle of an epoch may get some rows twice and others never.
    /// </summary>
    /// <example><c>RowSource.FromDatabase(() => new SqliteCommand("SELECT …", new SqliteConnection(file)), new RowColumns("price", "area",
    /// "rooms"))</c></example>
    /// <param name="command">Makes a command with its connection, each time a new one. A connection that is closed is opened, and disposed with the epoch; an
    /// open one stays the caller's. The command is disposed.</param>
    /// <param name="columns">The inputs and the target.</param>
    /// <param name="name">Names the source in messages and in a checkpoint.</param>
    /// <returns>
    /// Samples with inputs [features], and a label or a value [1] as target. While they are read, a database that fails is a
    /// <see cref="RowSourceException"/>, and a column that does not exist or a value that cannot be used a <see cref="DataFormatException"/>.
    /// </returns>
    public static SampleSource FromDatabase(Func<DbCommand> command, RowColumns columns, string name = "the query")
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var query = new DatabaseRows(command, columns, name);
        return SampleSource.Of(query.Epoch, name).Named(columns.Inputs, columns.ClassNames);
    }

    private static IEnumerable<Sample> Samples(IEnumerable<IReadOnlyList<object?>> rows, int width, int[] places, RowColumns columns, string name)
    {
        var conversion = new RowConversion(columns, name);
        var values = new object?[places.Length];
        long number = 0;
        foreach (IReadOnlyList<object?> row in rows)
        {
            if (row.Count != width) throw new DataFormatException($"{name}, row {number} (from 0): expected {width} values, got {row.Count}.");
            for (int i = 0; i < places.Length; i++) values[i] = row[places[i]];
            if (conversion.Convert(values, number++) is { } sample) yield return sample;
        }
    }
}
