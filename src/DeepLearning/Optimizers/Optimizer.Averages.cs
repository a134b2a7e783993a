using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>The moving average of the weights: a ← w at the first update after a restart, then a += (1 − momentum)·(w − a).</content>
public abstract partial class Optimizer
{
    private FlatBuffer? average;
    private bool averages;

    /// <summary>The moving average, where <see cref="UseEma"/> keeps one and there was an update since it was restarted.</summary>
    internal FlatBuffer? RunningAverage => averages ? average : null;

    /// <summary>
    /// Puts the moving average in place of the weights, where <see cref="UseEma"/> keeps one; it then starts over. <c>Fit</c> does it at its end; a loop of
    /// your own calls it when it is done.
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

    /// <summary>The next update starts the average over, from the weights that are there.</summary>
    internal void RestartAverage() => averages = false;

    /// <summary>Forgets what one run must not leave to the next: gradients that have accumulated, and the average of its weights.</summary>
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

    /// <summary>The average of a parameter that is not trained is what it is, so that putting the average in place does not move it.</summary>
    private static void KeepFrozen(ParameterSet parameters, Span<float> average)
    {
        // By index: the set's enumerator is an object.
        for (int i = 0; i < parameters.Count; i++)
            if (!parameters[i].Trainable) Blocks.Copy(parameters[i].Value.AsReadOnlySpan(), average.Slice(parameters[i].Offset, parameters[i].Value.Count));
    }

    /// <summary>In this form an average that equals the weight keeps its bits.</summary>
    private readonly struct Mix(float share) : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> average, Vector512<float> w) => average + (w - average) * share;
    }
}
