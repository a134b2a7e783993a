using System.Data;
using System.Data.Common;

namespace DeepLearning.Data;

/// <summary>The rows of a query as samples.</summary>
internal sealed class DatabaseRows(Func<DbCommand> create, RowColumns columns, string name)
{
    public IEnumerable<Sample> Epoch(EpochPosition position)
    {
        long row = 0;
        using DbCommand command = create() ?? throw new InvalidOperationException($"The function that makes the command of {name} returned null.");
        DbConnection connection = command.Connection
            ?? throw new InvalidOperationException($"The command of {name} has no connection: create it with connection.CreateCommand().");
        bool isOurs = connection.State == ConnectionState.Closed;
        try
        {
            using DbDataReader reader = Guarded(() =>
            {
                if (isOurs) connection.Open();
                return command.ExecuteReader();
            });
            using CancellationTokenRegistration cancelling = position.Cancellation.Register(command.Cancel);
            int[] places = columns.PlacesIn([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], name);
            var conversion = new RowConversion(columns, name);
            var values = new object?[places.Length];
            bool goesOn = true;
            Func<bool> next = () => Read(reader, places, values);
            try
            {
                while (goesOn = Guarded(next))
                    if (conversion.Convert(values, row++) is { } sample) yield return sample;
            }
            finally
            {
                // Some drivers fetch all remaining rows when a reader is closed early; a cancelled command has none.
                if (goesOn) command.Cancel();
            }
        }
        finally
        {
            if (isOurs) connection.Dispose();
        }

        T Guarded<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (Exception) when (position.Cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(position.Cancellation);
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                throw new RowSourceException(name, row, position.Epoch, e);
            }
        }
    }
    private static bool Read(DbDataReader reader, int[] places, object?[] values)
    {
        if (!reader.Read()) return false;
        for (int i = 0; i < places.Length; i++) values[i] = reader.GetValue(places[i]);
        return true;
    }
}
