namespace DeepLearning;

/// <summary>
/// A call of a layer in a model: what it takes, what it makes, and the values that it computes with. <see cref="Model.Calls"/> lists them, for writers of other
/// formats.
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

    /// <summary>The name of what it makes, one of <see cref="Model.LayerNames"/>: <c>dense</c>, and of the second call of a shared layer <c>dense#2</c>.</summary>
    public string Name { get; }

    /// <summary>The name of the layer, with which the names of its parameters begin; the same for all calls of a shared layer.</summary>
    public string LayerName { get; }

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>What it takes, in order, each by the name of an input of the model or of an earlier call.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The shape of one sample of each source, without the batch.</summary>
    public IReadOnlyList<Shape> InputShapes { get; }

    /// <summary>The shape of one sample of what it makes, without the batch.</summary>
    public Shape OutputShape { get; }

    /// <summary>The layer's parameters: <c>dense.kernel</c>, <c>dense.bias</c>.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What the layer keeps beside its parameters, as <see cref="LayerBuilder.AddState"/> declared it: <c>batch_normalization.moving_mean</c>.</summary>
    public IReadOnlyList<Parameter> State { get; }

    /// <summary>As a line of code: <c>add = Add()(input, dense)</c>.</summary>
    public override string ToString() => $"{Name} = {Layer}({string.Join(", ", Sources)})";
}
