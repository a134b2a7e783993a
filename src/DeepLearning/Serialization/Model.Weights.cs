namespace DeepLearning;

/// <content>Weights from other libraries, and comparisons with their results.</content>
public abstract partial class Model
{
    private const double ComparisonTolerance = 1e-5;

    /// <summary>
    /// Loads the weights of a safetensors file, including PyTorch's: names are matched, and the weights of its Linear are transposed, as
    /// <see cref="WeightOptions"/> describes. Everything is checked first.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How names and layouts are matched.</param>
    /// <exception cref="ArgumentException">The options name a parameter that the model lacks, or null for one.</exception>
    /// <exception cref="ModelFormatException">
    /// The file cannot be read, or does not fit: every mismatch is listed (only the first ten tensors without a place), and nothing was changed.
    /// </exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The model is being trained by another thread.</exception>
    public void LoadWeights(string path, WeightOptions? options = null)
    {
        // From a checkpoint, only the weights.
        SafetensorsContent content = Safetensors.Read(path);
        Func<string, bool> isWeight = CheckpointFile.WeightsOf(content);
        LoadWeights(content.Tensors.Where(t => isWeight(t.Key)).ToDictionary(), options, path);
    }

    /// <summary>Loads weights by name, as <see cref="LoadWeights(string, WeightOptions)"/> does.</summary>
    /// <param name="weights">The tensors by name, for example from <see cref="Safetensors"/> or <see cref="NumPy"/>.</param>
    /// <param name="options">How names and layouts are matched.</param>
    /// <exception cref="ArgumentException">A tensor is null, or the options name a parameter that the model lacks, or null for one.</exception>
    /// <exception cref="ModelFormatException">
    /// Something does not fit: every mismatch is listed (only the first ten tensors without a place), and nothing was changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model is being trained by another thread.</exception>
    public void LoadWeights(IReadOnlyDictionary<string, Tensor> weights, WeightOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach ((string name, Tensor tensor) in weights)
            if (tensor is null) throw new ArgumentException($"The tensor {name} is null.", nameof(weights));
        LoadWeights(weights, options, "The dictionary");
    }

    /// <summary>Compares the output of each layer with activations from another source, such as PyTorch's forward hooks.</summary>
    /// <param name="activations">[batch, …output] by layer name (<c>dense</c>, <c>relu</c>, <c>dense_1</c>); layers without an entry are skipped.</param>
    /// <param name="inputs">[batch, …input].</param>
    /// <param name="tolerance">Allowed |got − expected|, relative to |expected| where that is above 1; 1e-5 by default.</param>
    /// <returns>The differences; the first one shows where the mistake is.</returns>
    /// <exception cref="ArgumentException">There is no layer of a name.</exception>
    /// <exception cref="ShapeMismatchException">A shape is wrong.</exception>
    public ModelComparison CompareWith(IReadOnlyDictionary<string, Tensor> activations, Tensor inputs, double tolerance = ComparisonTolerance)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(activations);
        foreach (string name in activations.Keys) SlotOf(name, nameof(activations));
        var layers = new List<LayerDifference>();
        foreach ((LayerSlot slot, Tensor output) in Computed(inputs))
            if (activations.TryGetValue(slot.Name, out Tensor? expected)) layers.Add(ModelComparison.Compare(slot, output, expected, tolerance));
        return new ModelComparison(layers);
    }

    /// <summary>Compares the output of each layer with that of the layer at the same position in another model.</summary>
    /// <param name="other">A model with as many layers.</param>
    /// <param name="inputs">[batch, …input].</param>
    /// <param name="tolerance">Allowed |got − expected|, relative to |expected| where that is above 1; 1e-5 by default.</param>
    /// <returns>The differences; the first one shows where the mistake is.</returns>
    /// <exception cref="ArgumentException">The other model has a different number of layers.</exception>
    /// <exception cref="ShapeMismatchException">A shape is wrong.</exception>
    public ModelComparison CompareWith(Model other, Tensor inputs, double tolerance = ComparisonTolerance)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(other);
        if (other.Slots.Length != Slots.Length)
            throw new ArgumentException($"A model with {Slots.Length} layers cannot be compared with one with {other.Slots.Length}.", nameof(other));
        return new ModelComparison(
            [.. Computed(inputs).Zip(other.Computed(inputs), (mine, theirs) => ModelComparison.Compare(mine.Slot, mine.Output, theirs.Output, tolerance))]);
    }

    private void LoadWeights(IReadOnlyDictionary<string, Tensor> weights, WeightOptions? options, string source)
    {
        IReadOnlyList<(Parameter Parameter, Tensor Values)> matched = new WeightMatching(Graph.Slots, weights, options ?? new WeightOptions()).Match(source);
        // Copies: the tensors may be this model's own.
        Tensor[] copies = [.. matched.Select(m => m.Values.Clone())];
        using ExclusiveUse.Hold hold = Exclusive.EnterWithin();
        for (int i = 0; i < copies.Length; i++) matched[i].Parameter.Assign(copies[i]);
    }

    private IEnumerable<(LayerSlot Slot, Tensor Output)> Computed(Tensor x)
    {
        RequireInputCount(1);
        RequireInput(x.Shape);
        var pass = new ForwardPass(Graph);
        pass[0] = x;
        foreach (int s in Graph.All)
        {
            pass.Run([s], null, training: false, Seed, step: 0);
            yield return (Graph.Slots[s], pass[Graph.ValueOf(s)]);
        }
    }
}
