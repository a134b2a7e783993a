namespace DeepLearning;

/// <summary>Computes the values of a model's graph in topological order, in memory that each pass reuses. Not thread-safe.</summary>
internal sealed class ForwardPass(ModelGraph graph)
{
    private readonly Tensor[] values = new Tensor[graph.ValueCount], taken = new Tensor[graph.MostSources];

    /// <summary>A value by its number: an input, which the caller sets, or the output of a slot in this pass.</summary>
    public ref Tensor this[int value] => ref values[value];

    /// <summary>Sets the inputs, so that everything computed from them takes its memory from the tape.</summary>
    public void Take(IReadOnlyList<Tensor> inputs, Tape tape)
    {
        // By index: enumerating an interface allocates.
        for (int i = 0; i < inputs.Count; i++) values[i] = tape.Constant(inputs[i]);
    }

    /// <summary>Computes the values of these slots.</summary>
    /// <param name="plan">The slots, in an order of <see cref="ModelGraph.PlanFor"/>.</param>
    /// <param name="tape">The tape that records the parameters, or null.</param>
    /// <param name="training">Whether this is training.</param>
    /// <param name="seed">The model's seed.</param>
    /// <param name="step">The step that random layers derive their numbers from.</param>
    /// <param name="stochastic">Whether random layers draw numbers outside training too; false by default.</param>
    public void Run(ReadOnlySpan<int> plan, Tape? tape, bool training, ulong seed, ulong step, bool stochastic = false)
    {
        foreach (int s in plan) Compute(graph.Slots[s], graph.ValueOf(s), tape, training, seed, step, stochastic);
    }

    private void Compute(LayerSlot slot, int value, Tape? tape, bool training, ulong seed, ulong step, bool stochastic)
    {
        var context = new LayerContext(slot.Parameters, slot.State, tape, training, RandomStreams.OfLayer(seed, slot.Key, slot.Call, step), stochastic);
        Tensor first = values[slot.Sources[0]];
        int rows = first.Shape.Dimensions[0];
        if (slot.Sources.Length == 1)
        {
            values[value] = slot.Layer.Forward(first, context);
        }
        else
        {
            for (int i = 0; i < slot.Sources.Length; i++) taken[i] = values[slot.Sources[i]];
            values[value] = slot.Layer.Forward(taken.AsSpan(0, slot.Sources.Length), context);
        }

        if (values[value] is null) throw new InvalidOperationException($"{slot} returned null from Forward.");
        slot.RequireOutput(values[value].Shape, rows);
    }
}
