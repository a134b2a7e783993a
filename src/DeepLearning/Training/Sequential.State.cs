using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Sequential
{
    /// <summary>Writes the weights under their own names, and beside them the counters that random numbers depend on.</summary>
    internal void SaveState(StateWriter to)
    {
        foreach (Parameter parameter in Parameters)
        {
            int start = Parameters.Flat.Offset + parameter.Offset, count = parameter.Value.Count;
            if (count > 0) to.Write(parameter.Name, parameter.Shape, new ReadOnlyMemory<float>(Parameters.Flat.Array, start, count));
        }

        StateWriter counters = to.Part(StateWriter.BesideWeights).Part("model");
        counters.Write("stepsTrained", unchecked((long)StepsTrained));
        counters.Write("forwardPasses", forwardPasses);
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action, which cannot fail, puts it in place.</summary>
    /// <exception cref="ModelFormatException">Something is missing, has another shape, or is none that a model in training can have.</exception>
    internal Action PrepareState(StateReader from)
    {
        float[][] weights = [.. Parameters.Select(p => p.Value.Count == 0 ? [] : from.ReadArray(p.Name, p.Shape))];
        for (int i = 0; i < weights.Length; i++)
            if (!Reductions.AllFinite(weights[i])) throw from.Wrong(Parameters[i].Name, "finite values");
        StateReader counters = from.Part(StateWriter.BesideWeights).Part("model");
        long steps = counters.ReadInt64("stepsTrained", 0, StateReader.LargestCount);
        long passes = counters.ReadInt64("forwardPasses", -1, StateReader.LargestCount);
        return () =>
        {
            for (int i = 0; i < weights.Length; i++) weights[i].CopyTo(Parameters[i].Value.AsSpan());
            (StepsTrained, forwardPasses) = ((ulong)steps, passes);
        };
    }
}
