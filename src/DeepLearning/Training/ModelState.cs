using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>A model in a checkpoint: its values under their own names, and the counters that random numbers depend on.</summary>
internal static class ModelState
{
    /// <summary>Writes the values; if the optimizer keeps an average of the weights, the average takes their place.</summary>
    public static void Save(Model model, StateWriter to, FlatBuffer? average)
    {
        Write(model.Parameters, average ?? model.Parameters.Flat, to);
        Write(model.Values.State, model.Values.State.Flat, to);
        StateWriter counters = to.Part(StateWriter.BesideWeights).Part("model");
        counters.Write("stepsTrained", unchecked((long)model.StepsTrained));
        counters.Write("forwardPasses", model.ForwardPasses);
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the returned action, which cannot fail, applies it.</summary>
    /// <exception cref="ModelFormatException">Something is missing, has another shape, or cannot occur in a model in training.</exception>
    public static Action Prepare(Model model, StateReader from)
    {
        Parameter[] all = [.. model.Values.All];
        float[][] values = Array.ConvertAll(all, p => p.Value.Count == 0 ? [] : from.ReadArray(p.Name, p.Shape));
        for (int i = 0; i < values.Length; i++)
            if (!Reductions.AllFinite(values[i])) throw from.Wrong(all[i].Name, "finite values");
        StateReader counters = from.Part(StateWriter.BesideWeights).Part("model");
        long steps = counters.ReadInt64("stepsTrained", 0, StateReader.LargestCount);
        long passes = counters.ReadInt64("forwardPasses", -1, StateReader.LargestCount);
        return () =>
        {
            for (int i = 0; i < values.Length; i++) values[i].CopyTo(all[i].Value.AsSpan());
            (model.StepsTrained, model.ForwardPasses) = ((ulong)steps, passes);
        };
    }

    private static void Write(ParameterSet values, FlatBuffer flat, StateWriter to)
    {
        foreach (Parameter parameter in values)
        {
            int start = flat.Offset + parameter.Offset, count = parameter.Value.Count;
            if (count > 0) to.Write(parameter.Name, parameter.Shape, new ReadOnlyMemory<float>(flat.Array, start, count));
        }
    }
}
