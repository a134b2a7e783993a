using System.Diagnostics;
using Npgsql;

namespace DeepLearning.Data.Tests.Rows;

/// <summary>Rows of a real PostgreSQL server; skipped where it is not installed.</summary>
public sealed class PostgresTests(PostgresTable table) : IClassFixture<PostgresTable>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void A_run_whose_database_went_away_in_mid_epoch_is_resumed_to_the_same_bits()
    {
        PostgresServer server = Server();
        FitOptions options = new(epochs: 2, batchSize: 1000);
        Sequential whole = Model();
        whole.Fit(Source(), options);

        FitOptions saved = options with { Checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 10 } };
        RowSourceException gone = FluentActions.Invoking(() => Model().Fit(Source(), saved with { Callbacks = [new Crash(server, afterBatches: 30)] }))
            .Should().Throw<RowSourceException>().Which;
        gone.Row.Should().BeInRange(30_000, PostgresTable.RowCount - 1);
        gone.InnerException.Should().BeAssignableTo<NpgsqlException>();
        server.Start();
        Sequential resumed = Model();
        History history = resumed.Fit(Source(), saved);

        history.ResumedFrom.Should().NotBeNull();
        resumed.Parameters.SelectMany(p => p.Value.ToArray()).Should().Equal(whole.Parameters.SelectMany(p => p.Value.ToArray()));
    }

    [SkippableFact]
    public void An_epoch_that_is_left_early_does_not_fetch_the_rest_and_a_cancelled_one_ends()
    {
        PostgresServer server = Server();
        // A billion rows would take minutes to fetch.
        SampleSource endless = RowSource.FromDatabase(
            () => new NpgsqlCommand("SELECT i::float8 AS a, i::float8 AS y FROM (SELECT generate_series(1, 1000000000) AS i) AS n",
                new NpgsqlConnection(server.Address)),
            new RowColumns("y", "a"));
        var watch = Stopwatch.StartNew();
        endless.Samples().Take(5).Count().Should().Be(5);
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(50);
        endless.Invoking(s => s.Epoch(new EpochPosition { Cancellation = stop.Token }).Count()).Should().Throw<OperationCanceledException>();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30));
    }

    [SkippableFact]
    public void A_server_that_is_not_there_is_named()
    {
        PostgresServer server = Server();
        server.Crash();
        Source().Invoking(s => s.Samples().Count()).Should().Throw<RowSourceException>().WithMessage("the query failed at row 0 of epoch 0*");
        server.Start();
    }

    private static Sequential Model() => Sequential.Input(2).Dense(4).Relu().Dense(2).Softmax().Build(seed: 3)
        .Compile(new Adam(), new SparseCategoricalCrossEntropy());

    private SampleSource Source() => RowSource.FromDatabase(
        () => new NpgsqlCommand("SELECT a, b, kind FROM rows ORDER BY id", new NpgsqlConnection(Server().Address)),
        new RowColumns("kind", "a", "b") { ClassNames = ["low", "high"] });

    private PostgresServer Server()
    {
        Skip.If(table.Server is null, "PostgreSQL's initdb is not installed.");
        return table.Server!;
    }

    private sealed class Crash(PostgresServer server, int afterBatches) : Callback
    {
        private int batches;

        public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
        {
            if (++batches == afterBatches) server.Crash();
        }
    }
}
