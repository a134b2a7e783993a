namespace DeepLearning;

/// <content>The values of a model, and which of them are trained.</content>
public abstract partial class Model
{
    /// <summary>Copies of all values by name: the weights, and the state that layers keep alongside them.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    public IReadOnlyDictionary<string, Tensor> GetWeights()
        => Snapshot().Values.All.ToDictionary(p => p.Name, p => p.Value.Clone());

    /// <summary>Sets values by name, as <see cref="GetWeights"/> returns them. For files from other libraries see <c>LoadWeights</c>. A callback may call it between steps.</summary>
    /// <param name="weights">One tensor for each name, of its shape.</param>
    /// <exception cref="ArgumentException">A value is missing, unknown or of another shape. The message lists every mismatch; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The model is being trained by another thread.</exception>
    public void SetWeights(IReadOnlyDictionary<string, Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Parameter[] all = [.. Values.All];
        List<string> wrong =
        [
            .. all.Where(p => weights.GetValueOrDefault(p.Name) is null).Select(p => $"{p} is missing"),
            .. all.Where(p => weights.GetValueOrDefault(p.Name) is { } tensor && tensor.Shape != p.Shape)
                .Select(p => $"{p.Name} has shape {weights[p.Name].Shape}, expected {p.Shape}"),
            .. all.Where(p => weights.GetValueOrDefault(p.Name) is { IsInteger: true }).Select(p => $"{p.Name} has indices, expected float32 values"),
            .. weights.Keys.Except(all.Select(p => p.Name)).Select(name => $"{name} has no place in the model"),
        ];
        if (wrong.Count > 0) throw new ArgumentException($"The weights do not fit the model, and nothing was changed: {string.Join("; ", wrong)}.", nameof(weights));
        // Copies: the tensors may be this model's own.
        Tensor[] values = Array.ConvertAll(all, p => weights[p.Name].Clone());
        using ExclusiveUse.Hold hold = Exclusive.EnterWithin();
        for (int i = 0; i < all.Length; i++) all[i].Assign(values[i]);
    }

    /// <summary>
    /// Keeps layers from being trained: their parameters do not change until <see cref="Unfreeze(IReadOnlyList{string})"/>. Files, copies and models built from
    /// this one keep it. Keras: <c>layer.trainable = False</c>. Layer state is still updated, unless the layer checks <see cref="LayerContext.Frozen"/>, as
    /// normalizations should. A resumed run takes from the checkpoint what is frozen, and warns if that differs from the start of the run.
    /// </summary>
    /// <param name="layers">Some of <see cref="LayerNames"/>, at least one.</param>
    /// <exception cref="ArgumentException">There is no such layer, or none is named; the message lists the existing ones. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model. A callback may call it.</exception>
    public void Freeze(params IReadOnlyList<string> layers) => SetTrainable(Named(layers), _ => false);

    /// <summary>Keeps all layers from being trained.</summary>
    /// <inheritdoc cref="Freeze(IReadOnlyList{string})"/>
    public void Freeze() => SetTrainable(Graph.Slots, _ => false);

    /// <summary>Trains layers that were frozen.</summary>
    /// <param name="layers">Some of <see cref="LayerNames"/>, at least one: all of their parameters are trained.</param>
    /// <inheritdoc cref="Freeze(IReadOnlyList{string})" path="/exception"/>
    public void Unfreeze(params IReadOnlyList<string> layers) => SetTrainable(Named(layers), _ => true);

    /// <summary>Undoes <see cref="Freeze()"/>: every parameter is trained that its layer declares as trainable.</summary>
    /// <inheritdoc cref="Freeze(IReadOnlyList{string})" path="/exception"/>
    public void Unfreeze() => SetTrainable(Graph.Slots, own => own.DeclaredTrainable);

    /// <summary>
    /// Updates the layers' state to what a forward pass on this tape staged; <c>optimizer.Update</c> with the tape's gradients does so automatically. For
    /// custom
    /// loops that move the parameters without an optimizer, or have nothing to train.
    /// </summary>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <exception cref="ArgumentException">A new value is not finite; nothing was changed.</exception>
    public void CommitState(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (tape.StagedStates.NotFinite(Values.State) is { } state)
            throw new ArgumentException($"The state was not updated: the new {state.Name} is not finite.", nameof(tape));
        tape.StagedStates.Commit(Values.State);
    }

    private LayerSlot[] Named(IReadOnlyList<string> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        // An empty list is more likely a filter that found nothing than a request for all.
        return layers.Count > 0
            ? [.. layers.Select(layer => SlotOf(layer, nameof(layers)))]
            : throw new ArgumentException($"No layer is named; the model has {string.Join(", ", LayerNames)}. For all of them, omit the argument.", nameof(layers));
    }

    private void SetTrainable(LayerSlot[] slots, Func<LayerParameter, bool> trainable)
    {
        ThrowIfTraining();
        foreach (LayerSlot slot in slots)
            foreach (LayerParameter own in slot.Parameters) own.Parameter.Trainable = trainable(own);
    }
}
