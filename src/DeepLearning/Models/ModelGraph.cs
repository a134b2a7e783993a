namespace DeepLearning;

/// <summary>
/// The structure of a model: inputs, and calls of layers in topological order. Values are numbered: the inputs first, then the output of each slot.
/// </summary>
internal sealed class ModelGraph
{
    private readonly bool[] areIndices;

    public ModelGraph(ModelInput[] inputs, LayerSlot[] slots, int[] outputs)
    {
        (Inputs, Slots, OutputValues) = (inputs, slots, outputs);
        Outputs = Array.ConvertAll(outputs, v => new ModelOutput(NameOf(v), ShapeOf(v)));
        foreach (LayerSlot slot in slots) MostSources = Math.Max(MostSources, slot.Sources.Length);
        All = PlanFor(outputs);
        areIndices = new bool[ValueCount];
        for (int value = 0; value < areIndices.Length; value++) areIndices[value] = MakesIndices(value);
        IndexTakers = new LayerSlot?[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i].IsInteger) IndexTakers[i] = TakerOf(i);
    }

    public ModelInput[] Inputs { get; }

    public LayerSlot[] Slots { get; }

    public ModelOutput[] Outputs { get; }

    /// <summary>The value of each output.</summary>
    public int[] OutputValues { get; }

    /// <summary>The largest number of values that a layer takes.</summary>
    public int MostSources { get; }

    public int ValueCount => Inputs.Length + Slots.Length;

    /// <summary>The slots that the outputs need.</summary>
    public int[] All { get; }

    /// <summary>
    /// For each input of indices, the layer that takes the fewest of them, so that one out of range is found before anything is computed; else null.
    /// </summary>
    public LayerSlot?[] IndexTakers { get; }

    /// <summary>Whether the layers form a chain, without branches: a position then says more than a name.</summary>
    public bool IsChain => Slots[0].InChain;

    /// <summary>Whether there is one input and one output.</summary>
    public bool IsSingle => Inputs.Length == 1 && OutputValues.Length == 1;

    /// <summary>The slot that computes a value; null if it is an input.</summary>
    public LayerSlot? MakerOf(int value) => value < Inputs.Length ? null : Slots[value - Inputs.Length];

    /// <summary>The value that a slot computes.</summary>
    public int ValueOf(int slot) => Inputs.Length + slot;

    /// <summary>The shape of one sample of a value.</summary>
    public Shape ShapeOf(int value) => MakerOf(value)?.Output ?? Inputs[value].Shape;

    public string NameOf(int value) => MakerOf(value)?.Name ?? Inputs[value].Name;

    /// <summary>The slots that must be computed for these values, in order.</summary>
    public int[] PlanFor(ReadOnlySpan<int> values)
    {
        var needed = new bool[ValueCount];
        foreach (int value in values) needed[value] = true;
        int count = 0;
        for (int s = Slots.Length - 1; s >= 0; s--)
        {
            if (!needed[ValueOf(s)]) continue;
            count++;
            foreach (int source in Slots[s].Sources) needed[source] = true;
        }

        var plan = new int[count];
        for (int s = Slots.Length - 1; count > 0; s--)
            if (needed[ValueOf(s)]) plan[--count] = s;
        return plan;
    }

    /// <summary>Whether a value is known to be indices; of a custom layer it is not known.</summary>
    public bool IsInteger(int value) => areIndices[value];

    private bool MakesIndices(int value)
    {
        if (MakerOf(value) is not { } slot) return Inputs[value].IsInteger;
        IndexUse use = slot.Layer.IndexUse;
        return use.HasFlag(IndexUse.Makes) || (use.HasFlag(IndexUse.Keeps) && Array.TrueForAll(slot.Sources, source => areIndices[source]));
    }

    private LayerSlot? TakerOf(int input)
    {
        LayerSlot? taker = null;
        var reaches = new bool[ValueCount];
        reaches[input] = true;
        for (int s = 0; s < Slots.Length; s++)
        {
            LayerSlot slot = Slots[s];
            if (!Array.Exists(slot.Sources, source => reaches[source])) continue;
            reaches[ValueOf(s)] = slot.Layer.IndexUse == IndexUse.Keeps;
            if (slot.Layer.IndexCount is { } count && count < (taker?.Layer.IndexCount ?? int.MaxValue)) taker = slot;
        }

        return taker;
    }

    /// <summary>The same structure with other values.</summary>
    public ModelGraph In(ModelValues values) => new(Inputs, Array.ConvertAll(Slots, s => s.In(values)), OutputValues);
}
