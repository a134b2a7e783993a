using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace DeepLearning.Data.Tests.Rows;

/// <summary>Rows of a database in a real SQLite file.</summary>
public sealed class SqliteTests : IDisposable
{
    private const int RowCount = 500;

    private readonly TemporaryFolder folder = new();
    private readonly string address;

    public SqliteTests()
    {
        address = $"Data Source={Path.Combine(folder.Path, "rows.db")};Pooling=False";
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE rows (id INTEGER PRIMARY KEY, a REAL, b INTEGER, y REAL, kind TEXT);
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {RowCount - 1})
            INSERT INTO rows SELECT i, (i % 17) / 17.0, i % 5, (i % 17) / 17.0 - (i % 5), CASE i % 2 WHEN 0 THEN 'even' ELSE 'odd' END FROM n;
            """;
        command.ExecuteNonQuery();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_query_runs_anew_in_each_epoch_and_trains_a_model()
    {
        int commands = 0;
        SampleSource source = RowSource.FromDatabase(() =>
        {
            commands++;
            return Command("SELECT y, b, a FROM rows ORDER BY id");
        }, new RowColumns("y", "a", "b"));
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1).Compile(new Adam(0.1), new MeanSquaredError());

        model.Fit(source.Shuffle(100).Prefetch(), new FitOptions(epochs: 4, batchSize: 50));

        commands.Should().Be(4);
        model.Evaluate(source).Loss.Should().BeLessThan(0.05f);
        source.FeatureNames.Should().Equal("a", "b");
        RowSource.FromDatabase(() => Command("SELECT kind, b FROM rows ORDER BY id LIMIT 3"), new RowColumns("kind", "b") { ClassNames = ["odd", "even"] })
            .Epoch(new EpochPosition()).Single().Targets.ToArray().Should().Equal(1, 0, 1);
    }

    [Fact]
    public void A_connection_that_was_closed_is_disposed_with_the_epoch_and_an_open_one_is_left()
    {
        using SqliteConnection open = Open();
        var closed = new SqliteConnection(address);
        SampleSource ours = RowSource.FromDatabase(() => Command("SELECT * FROM rows", closed), new RowColumns("y", "a"));
        SampleSource theirs = RowSource.FromDatabase(() => Command("SELECT * FROM rows", open), new RowColumns("y", "a"));
        ours.Samples().Take(3).Count().Should().Be(3);
        theirs.Samples().Take(3).Count().Should().Be(3);
        (closed.State, open.State).Should().Be((ConnectionState.Closed, ConnectionState.Open));
        theirs.Samples().Count().Should().Be(RowCount);
    }

    [Fact]
    public void A_column_that_is_gone_and_a_table_that_is_gone_are_named()
    {
        SampleSource source = RowSource.FromDatabase(() => Command("SELECT * FROM rows ORDER BY id"), new RowColumns("y", "a", "b"), "the houses");
        source.Samples().Should().HaveCount(RowCount);
        Execute("ALTER TABLE rows RENAME COLUMN b TO c");
        source.Invoking(s => s.Samples().Count()).Should().Throw<DataFormatException>()
            .WithMessage("the houses has no column named 'b'; it has id, a, c, y, kind.");
        Execute("ALTER TABLE rows RENAME COLUMN c TO b", "UPDATE rows SET a = 'unknown' WHERE id = 7");
        source.Invoking(s => s.Samples().Count()).Should().Throw<DataFormatException>()
            .WithMessage("the houses, row 7 (from 0), column 'a': expected a number, got 'unknown' of type String.");
        Execute("DROP TABLE rows");
        RowSourceException gone = source.Invoking(s => s.Samples(new EpochPosition { Epoch = 2 }).Count()).Should().Throw<RowSourceException>().Which;
        (gone.Row, gone.Epoch).Should().Be((0L, 2));
        gone.InnerException.Should().BeAssignableTo<DbException>();
        gone.Message.Should().StartWith("the houses failed at row 0 of epoch 2, both counted from 0: ");
    }

    [Fact]
    public void A_command_without_a_connection_is_refused()
    {
        FluentActions.Invoking(() => RowSource.FromDatabase(() => new SqliteCommand("SELECT 1"), new RowColumns("y", "a")).Samples().Count())
            .Should().Throw<InvalidOperationException>().WithMessage("*has no connection*");
        FluentActions.Invoking(() => RowSource.FromDatabase(() => null!, new RowColumns("y", "a")).Samples().Count())
            .Should().Throw<InvalidOperationException>().WithMessage("*returned null*");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(address);
        connection.Open();
        return connection;
    }

    private SqliteCommand Command(string text, SqliteConnection? connection = null)
    {
        SqliteCommand command = (connection ?? new SqliteConnection(address)).CreateCommand();
#pragma warning disable CA2100 // The texts are this file's own.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    private void Execute(params string[] statements)
    {
        using SqliteConnection connection = Open();
        foreach (string statement in statements)
        {
            using SqliteCommand command = Command(statement, connection);
            command.ExecuteNonQuery();
        }
    }
}
