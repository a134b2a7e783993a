using System.Globalization;

namespace DeepLearning.Tracking.Tests;

/// <summary>The layout is that of mlflow/store/tracking/file_store.py.</summary>
public sealed class MLflowTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Store => Path.Combine(folder.Path, "mlruns");

    [Fact]
    public void A_run_is_a_folder_with_its_metrics_parameters_tags_and_artifacts()
    {
        var mlflow = new MLflow(Store, "digits", "first")
        {
            Clock = new FixedClock(),
            Parameters = { ["dropout"] = "0.2", ["epochs"] = "four" },
            Tags = { ["team"] = "a" },
        };
        History history = TrackedRun.Fit(null, mlflow);
        string experiment = Directory.EnumerateDirectories(Store).Single(d => Path.GetFileName(d) != "0"), run = Path.Combine(experiment, mlflow.RunId!);
        Path.GetFileName(experiment).Should().MatchRegex("^[0-9]{18}$");
        mlflow.RunId.Should().MatchRegex("^[0-9a-f]{32}$");
        foreach (string name in history.Names)
        {
            IEnumerable<string> lines = history[name].Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"1893553445500 {v:R} {i}"));
            File.ReadAllLines(Path.Combine(run, "metrics", name)).Should().Equal(lines);
        }

        File.ReadAllLines(Path.Combine(run, "metrics", "learning_rate")).Should().HaveCount(4).And.OnlyContain(l => l.Contains(" 0.01 "));
        Texts("params").Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["dropout"] = "0.2", ["epochs"] = "four", ["optimizer"] = "Adam", ["learning_rate"] = "0.01", ["model_parameters"] = "21",
        });
        Texts("tags").Should().Contain("team", "a").And.Contain("mlflow.runName", "first").And.Contain("mlflow.source.type", "LOCAL");
        File.ReadAllText(Path.Combine(run, "artifacts", "model_summary.txt")).Should().Be(TrackedRun.Model().Summary().ToString());
        mlflow.ArtifactFolder.Should().Be(Path.Combine(run, "artifacts"));

        Dictionary<string, string> Texts(string part)
            => Directory.EnumerateFiles(Path.Combine(run, part)).ToDictionary(f => Path.GetFileName(f)!, File.ReadAllText);
    }

    [Fact]
    public void The_meta_files_have_the_keys_that_MLflow_writes()
    {
        var mlflow = new MLflow(Store, "the \"first\"", "a: 'b'") { Clock = new FixedClock() };
        TrackedRun.Fit(null, mlflow);
        string experiment = Directory.EnumerateDirectories(Store).Single(d => Path.GetFileName(d) != "0"), id = Path.GetFileName(experiment);
        string location = new Uri(Path.GetFullPath(Store)).AbsoluteUri;
        File.ReadAllText(Path.Combine(experiment, "meta.yaml")).Should().Be($"""
            artifact_location: "{location}/{id}"
            creation_time: 1893553445500
            experiment_id: "{id}"
            last_update_time: 1893553445500
            lifecycle_stage: "active"
            name: "the \"first\""

            """.ReplaceLineEndings("\n"));
        File.ReadAllText(Path.Combine(experiment, mlflow.RunId!, "meta.yaml")).Should().Be($"""
            artifact_uri: "{location}/{id}/{mlflow.RunId}/artifacts"
            deleted_time: null
            end_time: 1893553445500
            entry_point_name: ""
            experiment_id: "{id}"
            lifecycle_stage: "active"
            run_id: "{mlflow.RunId}"
            run_name: "a: 'b'"
            run_uuid: "{mlflow.RunId}"
            source_name: ""
            source_type: 4
            source_version: ""
            start_time: 1893553445500
            status: 3
            tags: []
            user_id: "{Environment.UserName}"

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Runs_of_one_experiment_are_beside_each_other_whoever_made_it()
    {
        MLflow first = new(Store, "digits"), second = new(Store, "digits"), plain = new(Store), python = new(Store, "it's mine");
        foreach (MLflow mlflow in new[] { first, second, plain }) TrackedRun.Fit(null, mlflow);
        Directory.EnumerateDirectories(Store).Should().HaveCount(2);
        Directory.GetParent(first.ArtifactFolder!)!.Parent!.FullName.Should().Be(Directory.GetParent(second.ArtifactFolder!)!.Parent!.FullName);
        first.RunId.Should().NotBe(second.RunId);
        plain.ArtifactFolder.Should().Be(Path.Combine(Store, "0", plain.RunId!, "artifacts"), "the experiment Default is number 0");

        // As PyYAML writes it.
        Directory.CreateDirectory(Path.Combine(Store, "77"));
        File.WriteAllText(Path.Combine(Store, "77", "meta.yaml"), "experiment_id: '77'\nlifecycle_stage: active\nname: 'it''s mine'\n");
        TrackedRun.Fit(null, python);
        python.ArtifactFolder.Should().StartWith(Path.Combine(Store, "77"));
    }

    [Fact]
    public void A_run_is_running_then_finished_failed_or_killed()
    {
        MLflow finished = new(Store), failed = new(Store), killed = new(Store);
        int? during = null;
        TrackedRun.Fit(null, finished, new LambdaCallback((_, _) => during = Status(finished)));
        (during, Status(finished)).Should().Be((1, 3));
        FluentActions.Invoking(() => TrackedRun.Fit(null, failed, new TrackedRun.Failing(7))).Should().Throw<TimeoutException>();
        Status(failed).Should().Be(4);
        FluentActions.Invoking(() => TrackedRun.Fit(null, killed, new LambdaCallback((_, _) => throw new OperationCanceledException())))
            .Should().Throw<OperationCanceledException>();
        Status(killed).Should().Be(5);

        static int Status(MLflow mlflow)
            => int.Parse(YamlText.Find(File.ReadAllText(Path.Combine(mlflow.ArtifactFolder!, "..", "meta.yaml")), "status")!, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_resumed_run_continues_its_run_with_each_epoch_once()
    {
        History whole = TrackedRun.Fit(null);
        string checkpoints = Path.Combine(folder.Path, "run");
        FluentActions.Invoking(() => TrackedRun.Fit(checkpoints, new MLflow(Store) { Clock = new FixedClock() }, new TrackedRun.Failing(10, afterEpoch: true)))
            .Should().Throw<TimeoutException>();
        string run = Directory.EnumerateDirectories(Path.Combine(Store, "0")).Single();
        File.ReadAllLines(Path.Combine(run, "metrics", "loss")).Should().HaveCount(2);
        var resumed = new MLflow(Store);
        TrackedRun.Fit(checkpoints, resumed, new TrackedRun.Failing(0));
        Directory.EnumerateDirectories(Path.Combine(Store, "0")).Should().Equal(run);
        resumed.RunId.Should().Be(Path.GetFileName(run));
        File.ReadAllLines(Path.Combine(run, "metrics", "loss")).Select(l => l.Split(' ')[1..])
            .Should().BeEquivalentTo(
                whole["loss"].Select((v, i) => new[] { v.ToString("R", CultureInfo.InvariantCulture), $"{i}" }), o => o.WithStrictOrdering());
        string meta = File.ReadAllText(Path.Combine(run, "meta.yaml"));
        (YamlText.Find(meta, "start_time"), YamlText.Find(meta, "status")).Should().Be(("1893553445500", "3"));
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("../x")]
    [InlineData("a//b")]
    [InlineData("/a")]
    public void A_name_that_MLflow_refuses_is_refused_before_training(string name)
    {
        FluentActions.Invoking(() => TrackedRun.Fit(null, new MLflow(Store) { Parameters = { [name] = "1" } }))
            .Should().Throw<ArgumentException>().WithMessage($"*'{name}'*");
        Directory.Exists(Store).Should().BeFalse();
        MLflowName.Require("top 5/accuracy-at_0.7", "metric");
    }

    [Fact]
    public void Names_that_no_line_of_a_meta_file_holds_are_refused()
    {
        FluentActions.Invoking(() => new MLflow(Store, "two\nlines")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new MLflow(Store, "a", new string('x', 65))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new MLflow(Store, " ")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new MLflow { Experiment = "" }).Should().Throw<ArgumentException>().WithParameterName("Experiment");
        FluentActions.Invoking(() => new MLflow { RunName = "two\nlines" }).Should().Throw<ArgumentException>().WithParameterName("RunName");
        FluentActions.Invoking(() => new MLflow { Directory = "" }).Should().Throw<ArgumentException>().WithParameterName("Directory");
        var set = new MLflow { Directory = Store, Experiment = "digits", RunName = "first" };
        (set.Directory, set.Experiment, set.RunName).Should().Be((Store, "digits", "first"));
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_Python_s()
    {
        MLflowRun run = new MLflowStore(Store, TimeProvider.System).Run("0", "r");
        foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-10f }) run.AppendMetric("m/n", 5, value, 0);
        File.ReadAllText(Path.Combine(Store, "0", "r", "metrics", "m", "n")).Should().Be("5 nan 0\n5 inf 0\n5 -inf 0\n5 1E-10 0\n");
    }

    public void Dispose() => folder.Dispose();
}
