namespace DeepLearning;

/// <summary>
/// A table does not fit its encoding: a column is missing or holds another type, a value is missing, unseen or out of range; or no table can hold a value: a
/// number that is not finite, a list. The message names column and row, what was expected and what came.
/// </summary>
public sealed class TableMismatchException : ArgumentException
{
    /// <summary>An exception about a column.</summary>
    /// <param name="message">The sentence for the reader: place, expected, got.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="row">The row in the table, from 0; null if it is about the whole column.</param>
    public TableMismatchException(string message, string column, int? row = null) : base(message) => (Column, Row) = (column, row);

    /// <summary>The name of the column.</summary>
    public string Column { get; }

    /// <summary>The row in the table, from 0; null if the exception is about the whole column.</summary>
    public int? Row { get; }
}
