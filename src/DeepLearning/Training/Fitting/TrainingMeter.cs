using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DeepLearning;

/// <summary>
/// What a run tells the meter <c>DeepLearning</c>, which OpenTelemetry and <c>dotnet-counters</c> read. While nobody listens, a step reads a few flags and
/// allocates nothing.
/// </summary>
internal static class TrainingMeter
{
    private static readonly Meter Source = new(TrainingTrace.Name);

    private static readonly Counter<long> Steps = Source.CreateCounter<long>("deeplearning.training.steps", "{step}", "Training steps.");

    private static readonly Counter<long> Samples = Source.CreateCounter<long>("deeplearning.training.samples", "{sample}", "Samples trained on.");

    private static readonly Counter<long> Epochs = Source.CreateCounter<long>("deeplearning.training.epochs", "{epoch}", "Completed epochs.");

    private static readonly Histogram<double> StepDuration = Source.CreateHistogram<double>("deeplearning.training.step.duration", "s", "The time of a step.");

    private static readonly Gauge<double> Throughput = Source.CreateGauge<double>(
        "deeplearning.training.throughput", "{sample}/s", "Samples per second of an epoch's steps.");

    private static readonly Gauge<double> Loss = Source.CreateGauge<double>("deeplearning.training.loss", description: "The mean loss of the epoch so far.");

    private static readonly Gauge<double> LearningRate = Source.CreateGauge<double>(
        "deeplearning.training.learning_rate", description: "The learning rate after a step.");

    private static readonly Gauge<double> Figure = Source.CreateGauge<double>(
        "deeplearning.training.figure", description: "A figure of the last epoch; the tag name is loss, val_loss, accuracy, …");

    /// <summary>When a step begins; 0 if nobody wants to know.</summary>
    public static long BeginStep() => StepDuration.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Tells of a step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="samples">Those of the step.</param>
    /// <param name="begin">What <see cref="BeginStep"/> gave.</param>
    public static void EndStep(FitRun run, int samples, long begin)
    {
        if (begin != 0) StepDuration.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        if (Steps.Enabled) Steps.Add(1);
        if (Samples.Enabled) Samples.Add(samples);
        if (Loss.Enabled) Loss.Record(run.Logs.Values[0]);
        if (LearningRate.Enabled) LearningRate.Record(run.Optimizer.LearningRate);
    }

    /// <summary>Tells of the steps of an epoch.</summary>
    /// <param name="samples">Those of this process's steps.</param>
    /// <param name="begin">When they began.</param>
    public static void EndSteps(long samples, long begin)
    {
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        if (samples > 0 && seconds > 0) Throughput.Record(samples / seconds);
    }

    /// <summary>Tells of a whole epoch.</summary>
    public static void EndEpoch(FitRun run)
    {
        if (Epochs.Enabled) Epochs.Add(1);
        if (!Figure.Enabled) return;
        for (int i = 0; i < run.Logs.Count; i++) Figure.Record(run.Logs.Values[i], new KeyValuePair<string, object?>("name", run.Logs.Names[i]));
    }
}
