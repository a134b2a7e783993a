using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>The moving average of the weights: a ← w at the first update after a restart, then a += (1 − momentum)·(w − a).</summary>
internal sealed class WeightAverage
{
    private FlatBuffer? average;
    private bool begun;

    /// <summary>The average, if there was an update since it was restarted.</summary>
    public FlatBuffer? Running => begun ? average : null;

    /// <summary>Adds the weights of an update to the average.</summary>
    public void Add(ParameterSet parameters, double momentum)
    {
        ReadOnlySpan<float> w = parameters.Flat.AsSpan();
        average ??= new FlatBuffer(w.Length);
        if (begun) Elementwise.Map(new Mix(1f - (float)momentum), average.AsSpan(), w, average.AsSpan());
        else Blocks.Copy(w, average.AsSpan());
        KeepFrozen(parameters, average.AsSpan());
        begun = true;
    }

    /// <summary>Replaces the weights by the average, if there is one; it then starts over.</summary>
    public void Apply(ParameterSet? parameters)
    {
        if (Running is { } running)
        {
            KeepFrozen(parameters!, running.AsSpan());
            Blocks.Copy(running.AsSpan(), parameters!.Flat.AsSpan());
        }

        Restart();
    }

    /// <summary>The next update restarts the average with its weights.</summary>
    public void Restart() => begun = false;

    /// <summary>Restarts, and releases the memory.</summary>
    public void Release() => Restore(null);

    public void Restore(FlatBuffer? running) => (average, begun) = (running, running is not null);

    /// <summary>The average of a parameter that is not trained is its value, so applying the average does not change it.</summary>
    private static void KeepFrozen(ParameterSet parameters, Span<float> average)
    {
        // By index: enumerating the set allocates.
        for (int i = 0; i < parameters.Count; i++)
            if (!parameters[i].Trainable) Blocks.Copy(parameters[i].Value.AsReadOnlySpan(), average.Slice(parameters[i].Offset, parameters[i].Value.Count));
    }

    /// <summary>In this form an average equal to the weight keeps its bits.</summary>
    private readonly struct Mix(float share) : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> average, Vector512<float> w) => average + (w - average) * share;
    }
}
