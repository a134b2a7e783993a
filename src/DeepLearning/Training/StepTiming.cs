namespace DeepLearning;

/// <summary>What a training step took in one trial of <see cref="TrainingSpeed"/>.</summary>
/// <param name="BatchSize">Samples per step.</param>
/// <param name="ThreadCount">Threads of the library's arithmetic.</param>
/// <param name="StepTime">The median time of a step, gathering its batch included.</param>
public sealed record StepTiming(int BatchSize, int ThreadCount, TimeSpan StepTime)
{
    /// <summary>Samples per second of training.</summary>
    public double SamplesPerSecond => BatchSize / StepTime.TotalSeconds;
}
