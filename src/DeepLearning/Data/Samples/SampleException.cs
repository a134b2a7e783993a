namespace DeepLearning;

/// <summary>A function that a caller gave to a <see cref="SampleSource"/> failed; the message names the step and the sample, and the cause is inside.</summary>
public sealed class SampleException : Exception
{
    internal SampleException(string step, long sample, int epoch, Exception cause)
        : base($"{step} failed at sample {sample} of epoch {epoch}, both counted from 0: {cause.Message}", cause) => (Sample, Epoch) = (sample, epoch);

    /// <summary>The number of the sample among those that reached the step in its epoch, from 0.</summary>
    public long Sample { get; }

    /// <summary>The number of the epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>Calls a function, and says where it failed. That a reader gave up is no failure.</summary>
    internal static T Calling<T>(Func<T> function, string step, long sample, int epoch)
    {
        try
        {
            return function() ?? throw new InvalidOperationException("It returned null.");
        }
        catch (Exception e) when (e is not (OperationCanceledException or SampleException))
        {
            throw new SampleException(step, sample, epoch, e);
        }
    }
}
