using System.Globalization;
using Microsoft.Extensions.Logging;

namespace DeepLearning;

/// <summary>
/// Writes training to an <see cref="ILogger"/>: its begin, each epoch with its figures, and its end as <see cref="LogLevel.Information"/>; each hundredth
/// step as <see cref="LogLevel.Debug"/>. <c>Epoch</c>, <c>Epochs</c>, <c>Step</c>, <c>Seconds</c> and <c>LearningRate</c> are structured values, and
/// <c>Figures</c> is text.
/// </summary>
/// <remarks>A cancelled run is a <see cref="LogLevel.Warning"/>, one that fails an <see cref="LogLevel.Error"/> with its exception.</remarks>
/// <example><c>new TrainingLogger(loggerFactory.CreateLogger("training"))</c></example>
public sealed class TrainingLogger : Callback
{
    private readonly ILogger logger;
    private long runBegin, epochBegin;

    /// <summary>Writes to a logger.</summary>
    /// <param name="logger">The logger.</param>
    public TrainingLogger(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        this.logger = logger;
    }

    /// <summary>Every how many steps one is written, at the level Debug; 100 by default. Steps count within an epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int EverySteps
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(EverySteps), value, $"{nameof(EverySteps)} must be ≥ 1, got {value}.");
    } = 100;

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Clock { get; init => field = value ?? throw new ArgumentNullException(nameof(Clock)); } = TimeProvider.System;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        runBegin = epochBegin = Clock.GetTimestamp();
        if (!logger.IsEnabled(LogLevel.Information)) return;
        TrainingLog.Begins(logger, context.Epochs, context.Model.Parameters.Sum(p => (long)p.Value.Count), context.Optimizer.GetType().Name);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => epochBegin = Clock.GetTimestamp();

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        if ((context.Batch + 1) % EverySteps != 0 || !logger.IsEnabled(LogLevel.Debug)) return;
        // While an epoch runs, validation figures are those of the last epoch.
        IEnumerable<string> figures = logs.Where(f => !f.Key.StartsWith("val_", StringComparison.Ordinal)).Select(f
            => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:0.0000}"));
        TrainingLog.Step(logger, context.Epoch + 1, context.Epochs, context.Batch + 1, string.Join(", ", figures));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        if (!logger.IsEnabled(LogLevel.Information)) return;
        double seconds = Clock.GetElapsedTime(epochBegin).TotalSeconds;
        TrainingLog.Epoch(logger, context.Epoch + 1, context.Epochs, logs.ToString(), seconds, (float)context.Optimizer.LearningRate);
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        TrainingLog.Ends(logger, Clock.GetElapsedTime(runBegin).TotalSeconds, context.Epoch + 1, context.Epochs);
    }

    /// <inheritdoc/>
    public override void OnException(TrainingContext context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (exception is OperationCanceledException) TrainingLog.Canceled(logger, context.Epoch + 1, context.Epochs);
        else TrainingLog.Failed(logger, exception, context.Epoch + 1, context.Epochs);
    }
}
