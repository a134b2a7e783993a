using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>The moving average of the weights: a ← w at the first update after a restart, then a += (1 − momentum)·(w − a).</content>
public abstract partial class Optimizer
{
    private FlatBuffer? average;
    private bool averages;

    /// <summary>The moving average, if <see cref="UseEma"/> keeps one and there was an update since it was restarted.</summary>
    internal FlatBuffer? RunningAverage => averages ? average : null;

    /// <summary>
    /// Replaces the weights by the moving average, if <see cref="UseEma"/> keeps one; the average then starts over. <c>Fit</c> does so at its end; a custom
    /// loop calls it when it is done.
    /// </summary>
    public void ApplyAverage()
    {
        if (RunningAverage is { } running)
        {
            KeepFrozen(owner!, running.AsSpan());
            Blocks.Copy(running.AsSpan(), owner!.Flat.AsSpan());
        }

        averages = false;
    }

    /// <summary>The next update restarts the average from the current weights.</summary>
    internal void RestartAverage() => averages = false;

    /// <summary>Clears what must not carry over to the next run: accumulated gradients, and the average of the weights.</summary>
    internal void Restart() => (accumulated, averages) = (0, false);

    private void Average(ParameterSet parameters)
    {
        ReadOnlySpan<float> w = parameters.Flat.AsSpan();
        average ??= new FlatBuffer(w.Length);
        if (averages) Elementwise.Map(new Mix(1f - (float)EmaMomentum), average.AsSpan(), w, average.AsSpan());
        else Blocks.Copy(w, average.AsSpan());
        KeepFrozen(parameters, average.AsSpan());
        averages = true;
    }

    /// <summary>The average of a parameter that is not trained is its value, so applying the average does not change it.</summary>
    private static void KeepFrozen(ParameterSet parameters, Span<float> average)
    {
        // By index: enumerating the set allocates.
        for (int i = 0; i < parameters.Count; i++)
            if (!parameters[i].Trainable) Blocks.Copy(parameters[i].Value.AsReadOnlySpan(), average.Slice(parameters[i].Offset, parameters[i].Value.Count));
    }

    /// <summary>In this form an average that equals the weight keeps its bits.</summary>
    private readonly struct Mix(float share) : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> average, Vector512<float> w) => average + (w - average) * share;
    }
}
