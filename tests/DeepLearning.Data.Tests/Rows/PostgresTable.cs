using Npgsql;

namespace DeepLearning.Data.Tests.Rows;

/// <summary>A server with a table of rows, for all tests of a class; no server where PostgreSQL is not installed.</summary>
public sealed class PostgresTable : IDisposable
{
    /// <summary>More than all buffers between server and reader hold.</summary>
    public const int RowCount = 200_000;

    /// <summary>Starts the server and fills the table.</summary>
    public PostgresTable()
    {
        if (Server is null) return;
        using var connection = new NpgsqlConnection(Server.Address);
        connection.Open();
        using var command = new NpgsqlCommand(
            $"""
            CREATE TABLE rows AS SELECT i AS id, (i % 97) / 97.0::float8 AS a, (i % 13)::numeric AS b, CASE WHEN (i % 97) > 50 THEN 'high' ELSE 'low'
                END AS kind
            FROM generate_series(1, {RowCount}) AS i;
            CREATE UNIQUE INDEX ON rows (id);
            """, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The server.</summary>
    public PostgresServer? Server { get; } = PostgresServer.TryStart();

    /// <inheritdoc/>
    public void Dispose() => Server?.Dispose();
}
