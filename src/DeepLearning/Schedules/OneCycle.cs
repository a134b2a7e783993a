using System.Globalization;

namespace DeepLearning;

/// <summary>
/// One rise and one long fall: from max/divFactor to max over the first <c>percentStart</c> of the steps, then down to max/divFactor/finalDivFactor, along half
/// a cosine each, or in straight lines. The peak is at n = percentStart·totalSteps − 1, the end at totalSteps − 1. Smith and Topin 2017. PyTorch:
/// <c>OneCycleLR</c>, its defaults, without a momentum cycle or three phases; it throws after the end, where this rate stays constant. Not in Keras.
/// </summary>
/// <example><c>new Sgd(new OneCycle(0.1, totalSteps: 20 * 469), momentum: 0.9)</c>: 20 epochs of 469 batches.</example>
public sealed class OneCycle : Schedule
{
    /// <summary>One rise and one fall over a whole training run.</summary>
    /// <param name="maxLearningRate">The highest rate, ≥ 0.</param>
    /// <param name="totalSteps">Steps of the training, ≥ 2.</param>
    /// <param name="percentStart">The fraction of the steps in which the rate rises, in [0, 1); 0.3 by default.</param>
    /// <param name="divFactor">The highest rate divided by that of step 0, > 0; 25 by default.</param>
    /// <param name="finalDivFactor">The rate of step 0 divided by the last, > 0; 1e4 by default.</param>
    /// <param name="linear">Whether rise and fall are straight lines; false by default: half a cosine.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public OneCycle(
        double maxLearningRate, long totalSteps, double percentStart = 0.3, double divFactor = 25, double finalDivFactor = 1e4, bool linear = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 2);
        MaxLearningRate = Setting.NotNegative(maxLearningRate, nameof(maxLearningRate));
        (TotalSteps, PercentStart, Linear) = (totalSteps, Setting.Share(percentStart, nameof(percentStart)), linear);
        (DivFactor, FinalDivFactor) = (Setting.Positive(divFactor, nameof(divFactor)), Setting.Positive(finalDivFactor, nameof(finalDivFactor)));
    }

    /// <summary>The highest rate.</summary>
    public double MaxLearningRate { get; }

    /// <summary>Steps of the training.</summary>
    public long TotalSteps { get; }

    /// <summary>The fraction of the steps in which the rate rises; 0.3 by default.</summary>
    public double PercentStart { get; }

    /// <summary>The highest rate divided by that of step 0; 25 by default.</summary>
    public double DivFactor { get; }

    /// <summary>The rate of step 0 divided by the last; 1e4 by default.</summary>
    public double FinalDivFactor { get; }

    /// <summary>Whether rise and fall are straight lines; false by default: half a cosine.</summary>
    public bool Linear { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double peak = PercentStart * TotalSteps - 1, first = MaxLearningRate / DivFactor, last = first / FinalDivFactor;
        return step < peak
            ? Between(first, MaxLearningRate, step / peak)
            : Between(MaxLearningRate, last, Math.Min(1, (step - Math.Max(0, peak)) / (TotalSteps - 1 - Math.Max(0, peak))));
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(
            CultureInfo.InvariantCulture,
            $"OneCycle({MaxLearningRate}, {TotalSteps}, percentStart: {PercentStart}, divFactor: {DivFactor}, finalDivFactor: {FinalDivFactor}"
            + $"{(Linear ? ", linear: true" : "")})");

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(MaxLearningRate), MaxLearningRate);
        settings.Set(nameof(TotalSteps), TotalSteps);
        settings.Set(nameof(PercentStart), PercentStart);
        settings.Set(nameof(DivFactor), DivFactor);
        settings.Set(nameof(FinalDivFactor), FinalDivFactor);
        settings.Set(nameof(Linear), Linear);
    }

    private double Between(double from, double to, double done)
        => Linear ? from + (to - from) * done : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * done));
}
