namespace DeepLearning;

/// <summary>
/// A value in a graph of layers: an input, or the output of a layer applied to other nodes. Nodes are descriptions; <see cref="ModelBuilder.Build"/> turns them
/// into a model, checks every shape and creates the parameters of each layer.
/// </summary>
/// <example>
/// <code>
/// Node pixels = Model.Input(28, 28), age = Model.Input(1);
/// Node h = pixels.Flatten().Dense(64).Relu();
/// Node y = Node.Concatenate(h, age.Dense(8).Relu()).Dense(10).Softmax();
/// Model model = Model.Of([pixels, age], [y]).Build(seed: 42);
/// </code>
/// </example>
public sealed class Node : LayerChain<Node>
{
    private readonly Node[] sources;

    /// <summary>An input of samples of this shape.</summary>
    /// <param name="input">The shape.</param>
    /// <param name="nameBefore">Its name in another model, kept if it is free.</param>
    /// <param name="isInteger">Whether it takes indices.</param>
    internal Node(Shape input, string nameBefore = "input", bool isInteger = false) => (Input, NameBefore, IsInteger, sources) = (input, nameBefore, isInteger, []);

    /// <summary>A call of a layer.</summary>
    internal Node(LayerUse use, Node[] sources) => (Use, NameBefore, this.sources) = (use, "", sources);

    /// <summary>The shape of a sample, if this is an input.</summary>
    internal Shape Input { get; }

    /// <summary>Whether this is an input of indices.</summary>
    internal bool IsInteger { get; }

    /// <summary>The layer that computes the value; null if this is an input.</summary>
    internal LayerUse? Use { get; }

    /// <summary>The name that the user gave an input.</summary>
    internal string? InputName { get; private set; }

    /// <summary>The default name of an input, to which a number is added.</summary>
    internal string NameBefore { get; }

    /// <summary>What the layer takes, in order.</summary>
    internal ReadOnlySpan<Node> Sources => sources;

    /// <summary>Applies a layer to several nodes, for custom merge layers like <see cref="Add(Node[])"/> and <see cref="Concatenate"/>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="nodes">The inputs of the layer, in order; at least one.</param>
    public static Node Merge(Layer layer, params IReadOnlyList<Node> nodes)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(nodes);
        if (nodes.Count == 0) throw new ArgumentException($"{layer} needs at least one node.", nameof(nodes));
        foreach (Node node in nodes) ArgumentNullException.ThrowIfNull(node, nameof(nodes));
        return new Node(new LayerUse(layer), [.. nodes]);
    }

    /// <summary>Concatenates several nodes along their last dimension. Keras: <c>layers.concatenate</c>.</summary>
    /// <param name="nodes">Two or more, whose shapes are equal except for the last dimension.</param>
    public static Node Concatenate(params Node[] nodes) => Merge(new Concatenate(), nodes);

    /// <summary>The sum of several nodes. Keras: <c>layers.add</c>.</summary>
    /// <param name="nodes">Two or more of the same shape.</param>
    public static Node Add(params Node[] nodes) => Merge(new Add(), nodes);

    /// <summary>The product, value by value, of several nodes. Keras: <c>layers.multiply</c>.</summary>
    /// <param name="nodes">Two or more of the same shape.</param>
    public static Node Multiply(params Node[] nodes) => Merge(new Multiply(), nodes);

    /// <summary>The mean of several nodes. Keras: <c>layers.average</c>.</summary>
    /// <param name="nodes">Two or more of the same shape.</param>
    public static Node Average(params Node[] nodes) => Merge(new Average(), nodes);

    /// <summary>The largest, value by value, of several nodes. Keras: <c>layers.maximum</c>.</summary>
    /// <param name="nodes">Two or more of the same shape.</param>
    public static Node Maximum(params Node[] nodes) => Merge(new Maximum(), nodes);

    /// <summary>The smallest, value by value, of several nodes. Keras: <c>layers.minimum</c>.</summary>
    /// <param name="nodes">Two or more of the same shape.</param>
    public static Node Minimum(params Node[] nodes) => Merge(new Minimum(), nodes);

    /// <summary>The scalar products of two nodes along one dimension of each. Keras: <c>layers.dot</c>.</summary>
    /// <param name="left">The first, [batch, …].</param>
    /// <param name="right">The second, [batch, …].</param>
    /// <param name="axis">The dimension, counted from the end; −1, the last, by default.</param>
    /// <param name="normalize">Whether vectors are divided by their lengths first, which gives cosines; false by default.</param>
    public static Node Dot(Node left, Node right, int axis = -1, bool normalize = false) => Merge(new Dot(axis, normalize: normalize), left, right);

    /// <summary>The first node less the second. Keras: <c>layers.subtract</c>.</summary>
    /// <param name="left">What is subtracted from.</param>
    /// <param name="right">What is subtracted, of the same shape.</param>
    public static Node Subtract(Node left, Node right) => Merge(new Subtract(), left, right);

    /// <summary>The first node less the second, of the same shape.</summary>
    public static Node operator -(Node left, Node right) => Subtract(left, right);

    /// <summary>The product, value by value, of two nodes of the same shape.</summary>
    public static Node operator *(Node left, Node right) => Multiply(left, right);

    /// <summary>The sum of two nodes of the same shape.</summary>
    public static Node operator +(Node left, Node right) => Add(left, right);

    /// <summary>
    /// A part of a graph that shares its parameters wherever it is applied: <c>Func&lt;Node, Node&gt; tower = Node.Share(x => x.Dense(32).Relu())</c>, then
    /// <c>tower(left)</c> and <c>tower(right)</c>. (A block that is not shared creates new layers each time it is applied.)
    /// </summary>
    /// <param name="block">Appends the layers.</param>
    public static Func<Node, Node> Share(Func<Node, Node> block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var place = new Node(Shape.Scalar);
        Node result = block(place);
        ArgumentNullException.ThrowIfNull(result, nameof(block));
        return x =>
        {
            ArgumentNullException.ThrowIfNull(x);
            return NodeOrder.Replace([result], [place], [x])[0];
        };
    }

    /// <summary>The layer, or the input.</summary>
    public override string ToString() => Use is null ? $"{(IsInteger ? "Indices" : "Input")}({string.Join(", ", Input)})" : Use.Layer.ToString();

    internal Node WithName(string name)
    {
        if ((Use is null ? InputName : Use.Name) is { } before)
            throw new InvalidOperationException($"{this} already has the name '{before}'; it cannot be named '{name}' too.");
        if (Use is null) InputName = name;
        else Use.Name = name;
        return this;
    }

    private protected override Node Then(Func<Node, Node> step)
        => Branch(step, this);
}
