using System.Diagnostics;

namespace DeepLearning;

/// <summary>
/// The spans of the source <c>DeepLearning</c>, which OpenTelemetry reads: <c>fit</c> with an <c>epoch</c> and a <c>validate</c> in each, and <c>evaluate</c>.
/// While nobody listens there is none.
/// </summary>
internal static class TrainingTrace
{
    public const string Name = "DeepLearning";

    private static readonly ActivitySource Source = new(Name);

    public static Activity? Fit(FitRun run) => Source.StartActivity("fit")?
        .SetTag("deeplearning.epochs", run.Options.Epochs).SetTag("deeplearning.batch_size", run.Options.BatchSize)
        .SetTag("deeplearning.parameters", run.Model.Parameters.Sum(p => (long)p.Value.Count)).SetTag("deeplearning.optimizer", run.Optimizer.GetType().Name);

    public static Activity? Epoch(FitRun run) => Source.StartActivity("epoch")?.SetTag("deeplearning.epoch", run.Epoch);

    public static Activity? Validate() => Source.StartActivity("validate");

    public static Activity? Evaluate() => Source.StartActivity("evaluate");

    /// <summary>Adds figures, as <c>deeplearning.val_loss</c>.</summary>
    public static void Add(Activity? span, Logs logs)
    {
        if (span is null) return;
        foreach ((string name, float value) in logs) span.SetTag($"deeplearning.{name}", (double)value);
    }

    /// <summary>Marks a span as failed; false, so that an exception filter passes the exception on.</summary>
    public static bool Fails(Activity? span, Exception failure)
    {
        span?.SetStatus(ActivityStatusCode.Error, failure.Message).SetTag("error.type", failure.GetType().FullName);
        return false;
    }
}
