using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Sets the learning rate before each epoch, as a function of the epoch. Keras: <c>callbacks.LearningRateScheduler</c> (PyTorch: <c>LambdaLR</c>, whose
/// function returns a factor). For a rate per step, give the optimizer a <c>Schedule</c>.
/// </summary>
/// <example><c>new LearningRateScheduler((epoch, rate) => epoch &lt; 10 ? rate : rate * 0.9)</c></example>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, double, double> schedule;

    /// <summary>Sets the rate of each epoch.</summary>
    /// <param name="schedule">The rate of an epoch, counted from 0; finite and ≥ 0.</param>
    public LearningRateScheduler(Func<int, double> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        this.schedule = (epoch, _) => schedule(epoch);
    }

    /// <summary>Changes the rate of each epoch.</summary>
    /// <param name="schedule">The rate of an epoch, counted from 0, given the epoch and the rate so far; finite and ≥ 0.</param>
    public LearningRateScheduler(Func<int, double, double> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        this.schedule = schedule;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer's rate follows a schedule.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Optimizer.Schedule is { } given)
        {
            throw new InvalidOperationException(
                $"{nameof(LearningRateScheduler)} sets the learning rate, but that of {context.Optimizer.GetType().Name} follows {given}. "
                + "Give the optimizer a number.");
        }
    }

    /// <inheritdoc/>
    /// <remarks>A run that resumes mid-epoch uses the checkpoint's rate, which is that epoch's.</remarks>
    /// <exception cref="InvalidOperationException">The function's rate is negative or not finite.</exception>
    public override void OnEpochBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        double rate = schedule(context.Epoch, context.Optimizer.LearningRate);
        if (!(rate >= 0 && float.IsFinite((float)rate)))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{nameof(LearningRateScheduler)} gives a learning rate of {rate} in epoch {context.Epoch}: it must be finite and ≥ 0."));
        }

        context.Optimizer.LearningRate = rate;
    }
}
