namespace DeepLearning;

/// <summary>
/// A call of a layer in a model: its inputs, its output, and its parameters and state. <see cref="Model.Calls"/> lists them, for writers of other formats.
/// </summary>
public sealed class LayerCall
{
    internal LayerCall(ModelGraph graph, LayerSlot slot)
    {
        (Name, LayerName, Layer, OutputShape) = (slot.Name, slot.LayerName, slot.Layer, slot.Output);
        Sources = Array.ConvertAll(slot.Sources, graph.NameOf);
        InputShapes = Array.ConvertAll(slot.Sources, graph.ShapeOf);
        Parameters = Array.ConvertAll(slot.Parameters, p => p.Parameter);
        State = Array.ConvertAll(slot.State, s => s.Parameter);
    }

    /// <summary>The name of its output, one of <see cref="Model.LayerNames"/>: <c>dense</c>, or <c>dense#2</c> for the second call of a shared layer.</summary>
    public string Name { get; }

    /// <summary>The name of the layer, which prefixes the names of its parameters; the same for all calls of a shared layer.</summary>
    public string LayerName { get; }

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>Its inputs, in order: names of the model's inputs or of earlier calls.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The shape of one sample of each source, without the batch.</summary>
    public IReadOnlyList<Shape> InputShapes { get; }

    /// <summary>The shape of one sample of the output, without the batch.</summary>
    public Shape OutputShape { get; }

    /// <summary>The layer's parameters: <c>dense.kernel</c>, <c>dense.bias</c>.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The layer's state, as declared with <see cref="LayerBuilder.AddState"/>: <c>batch_normalization.moving_mean</c>.</summary>
    public IReadOnlyList<Parameter> State { get; }

    /// <summary>As a line of code: <c>add = Add()(input, dense)</c>.</summary>
    public override string ToString() => $"{Name} = {Layer}({string.Join(", ", Sources)})";
}
