using System.Globalization;

namespace DeepLearning.Tracking;

/// <summary>
/// Writes runs to MLflow's file store, which <c>mlflow ui --backend-store-uri mlruns</c> shows: the figures of each epoch and the learning rate as metrics by
/// epoch, the numbers of the run as parameters, and the model's summary as an artifact.
/// </summary>
/// <remarks>
/// From version 3.13 on, MLflow reads the store with the environment variable <c>MLFLOW_ALLOW_FILE_STORE=true</c>, or copies it into a database with
/// <c>mlflow migrate-filestore</c>. A run is FINISHED after <c>Fit</c>, FAILED after an exception, KILLED after a cancellation, and RUNNING while it trains,
/// or if its process was killed. A run that resumes from a checkpoint continues its run here, without the values after the checkpoint.
/// </remarks>
/// <example><c>new MLflow("mlruns", "digits") { Parameters = { ["dropout"] = "0.2" } }</c></example>
public sealed class MLflow : Callback
{
    private const string RateMetric = "learning_rate";

    /// <summary>PyYAML breaks longer names in other files into lines.</summary>
    private const int LongestName = 64;

    private MLflowStore? store;
    private MLflowRun? run;
    private string name = "";
    private long start;
    private int epochs;
    private bool begun;

    /// <summary>Writes below a folder.</summary>
    /// <param name="directory">The file store; created if missing. <c>mlruns</c> by default, which is MLflow's own.</param>
    /// <param name="experiment">The experiment that the run belongs to; created if missing. <c>Default</c> by default.</param>
    /// <param name="runName">The name of the run; by default the date and the time.</param>
    /// <exception cref="ArgumentException">A name is empty, longer than 64 characters, or has line breaks.</exception>
    public MLflow(string directory = "mlruns", string experiment = "Default", string? runName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        (Directory, Experiment) = (directory, Name(experiment, nameof(experiment)));
        if (runName is not null) RunName = Name(runName, nameof(runName));
    }

    /// <summary>The file store; <c>mlruns</c> by default.</summary>
    public string Directory
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(Directory));
            field = value;
        }
    }

    /// <summary>The experiment that the run belongs to; <c>Default</c> by default.</summary>
    /// <exception cref="ArgumentException">It is empty, longer than 64 characters, or has line breaks.</exception>
    public string Experiment { get; init => field = Name(value, nameof(Experiment)); }

    /// <summary>The name of the run; null, the default, for the date and the time.</summary>
    /// <exception cref="ArgumentException">It is empty, longer than 64 characters, or has line breaks.</exception>
    public string? RunName { get; init => field = value is null ? null : Name(value, nameof(RunName)); }

    /// <summary>
    /// More parameters of the run, beside <c>epochs</c>, <c>optimizer</c>, <c>learning_rate</c> and <c>model_parameters</c>, which they may replace.
    /// </summary>
    public IDictionary<string, string> Parameters { get; } = new Dictionary<string, string>();

    /// <summary>Tags of the run; none by default.</summary>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>();

    /// <summary>Dates the values; the system's clock by default.</summary>
    public TimeProvider Clock { get; init => field = value ?? throw new ArgumentNullException(nameof(Clock)); } = TimeProvider.System;

    /// <summary>The identity of the run, known after its first epoch has begun; null before.</summary>
    public string? RunId => begun ? run?.Id : null;

    /// <summary>The folder whose files MLflow shows as artifacts of the run, for the model or a diagram; null before the first epoch.</summary>
    public string? ArtifactFolder => begun ? run?.Artifacts : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A figure, a parameter or a tag has a name that MLflow refuses.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (string figure in context.Names) MLflowName.Require(figure, "metric");
        foreach (string parameter in Parameters.Keys) MLflowName.Require(parameter, "parameter");
        foreach (string tag in Tags.Keys) MLflowName.Require(tag, "tag");
        if (context.Names.Contains(RateMetric)) throw new ArgumentException($"MLflow has a metric {RateMetric} of its own: give this run's another name.");
        (store, run, epochs, begun) = (new MLflowStore(Directory, Clock), null, 0, false);
        (start, name) = (store.Now, RunName ?? Clock.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => Begin(context);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(TrainingContext context) => Begin(context);

    /// <inheritdoc/>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        Begin(context);
        long now = store!.Now;
        foreach ((string figure, float value) in logs) run!.AppendMetric(figure, now, value, context.Epoch);
        run!.AppendMetric(RateMetric, now, (float)context.Optimizer.LearningRate, context.Epoch);
        epochs++;
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context, Logs logs) => End(MLflowRun.Finished);

    /// <inheritdoc/>
    public override void OnException(TrainingContext context, Exception exception)
        => End(exception is OperationCanceledException ? MLflowRun.Killed : MLflowRun.Failed);

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write("experiment", run?.Experiment ?? "");
        state.Write("run", run?.Id ?? "");
        state.Write("name", name);
        state.Write("start", start);
        state.Write("epochs", epochs);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (string experiment, string id) = (Path.GetFileName(state.ReadString("experiment")), Path.GetFileName(state.ReadString("run")));
        (string before, long began, long done) = (state.ReadString("name"), state.ReadInt64("start"), state.ReadInt64("epochs"));
        MLflowRun? continued = id.Length == 0 ? null : store!.Run(experiment, id);
        (run, name, start, epochs, begun) = (continued is { IsThere: true } ? continued : null, before, began, (int)done, false);
    }

    /// <summary>Only the first hook after <see cref="LoadState"/> knows whether the run resumes.</summary>
    private void Begin(TrainingContext context)
    {
        if (begun) return;
        ArgumentNullException.ThrowIfNull(context);
        bool resumes = run is not null;
        run ??= store!.Run(store.Experiment(Experiment), Guid.NewGuid().ToString("N"));
        run.Describe(name, MLflowRun.Running, start, end: null);
        if (resumes) run.KeepMetrics(epochs);
        else WriteSettings(context);
        begun = true;
    }

    private void WriteSettings(TrainingContext context)
    {
        var all = new Dictionary<string, string>
        {
            ["epochs"] = context.Epochs.ToString(CultureInfo.InvariantCulture),
            ["optimizer"] = context.Optimizer.GetType().Name,
            [RateMetric] = ((float)context.Optimizer.LearningRate).ToString("R", CultureInfo.InvariantCulture),
            ["model_parameters"] = context.Model.Parameters.Sum(p => (long)p.Value.Count).ToString(CultureInfo.InvariantCulture),
        };
        foreach ((string parameter, string value) in Parameters) all[parameter] = value;
        foreach ((string parameter, string value) in all) run!.WriteParameter(parameter, value);
        run!.WriteTag("mlflow.runName", name);
        run.WriteTag("mlflow.source.name", AppDomain.CurrentDomain.FriendlyName);
        run.WriteTag("mlflow.source.type", "LOCAL");
        run.WriteTag("mlflow.user", Environment.UserName);
        foreach ((string tag, string value) in Tags) run.WriteTag(tag, value);
        MLflowStore.Write(Path.Combine(run.Artifacts, "model_summary.txt"), context.Model.Summary().ToString()!);
    }

    /// <summary>A finished run that is only looked at again stays as it is.</summary>
    private void End(int status)
    {
        if (begun) run!.Describe(name, status, start, store!.Now);
    }

    private static string Name(string name, string what)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, what);
        return name.Length <= LongestName && !name.Any(char.IsControl)
            ? name
            : throw new ArgumentException($"A name of up to {LongestName} characters on one line was expected, got '{name}'.", what);
    }
}
