namespace DeepLearning;

/// <summary>
/// The methods that a chain of layers and a node of a graph share: each appends a layer. A <see cref="SequentialBuilder"/> grows in place; a <see cref="Node"/>
/// returns a new node, and more layers may be appended to the old one.
/// </summary>
/// <typeparam name="TSelf">The chain or the node.</typeparam>
public abstract partial class LayerChain<TSelf> where TSelf : LayerChain<TSelf>
{
    private protected LayerChain() { }

    /// <summary>Appends any layer, including a custom one.</summary>
    /// <param name="layer">The layer. The same object may be appended several times: each time it gets its own parameters.</param>
    public TSelf Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Then(node => new Node(new LayerUse(layer), [node]));
    }

    /// <summary>
    /// Appends all layers of a model, with copies of its weights made when the new model is built: a trained model becomes part of another. Training one does
    /// not change the other. If the model is appended twice, the two calls share their parameters.
    /// </summary>
    /// <param name="model">A model with one input and one output.</param>
    /// <exception cref="ArgumentException">The model has several inputs or outputs; see <see cref="Model.Apply(IReadOnlyList{Node})"/>.</exception>
    public TSelf Add(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Then(model.Apply);
    }

    /// <summary>Names the layer appended last, or the input if there is no layer yet: <c>.Dense(10).Named("digit")</c>. The names of its parameters begin with
    /// it.</summary>
    /// <param name="name">Letters, digits, _, -, . and /; unique in the model.</param>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    /// <exception cref="InvalidOperationException">The layer already has a name.</exception>
    public TSelf Named(string name)
    {
        NodeNames.Require(name);
        return Then(node => node.WithName(name));
    }

    /// <summary>Appends x + block(x): the input is added to the output of the block. He et al. 2015.</summary>
    /// <param name="block">Appends the layers of the block; their output must have the shape of the input, or of the shortcut's output.</param>
    /// <param name="shortcut">Computes what is added to the block's output; by default the input itself.</param>
    /// <example><c>.Residual(b => b.Dense(64).Relu().Dense(64))</c></example>
    public TSelf Residual(Func<Node, Node> block, Func<Node, Node>? shortcut = null)
    {
        ArgumentNullException.ThrowIfNull(block);
        return Then(node => Node.Add(shortcut is null ? node : Branch(shortcut, node), Branch(block, node)));
    }

    /// <summary>Appends parallel branches, whose outputs are concatenated along the last dimension.</summary>
    /// <param name="branches">Each appends its layers to the input; two or more.</param>
    /// <example><c>.Parallel(a => a.Dense(16), b => b.Dense(16).Tanh())</c></example>
    /// <exception cref="ArgumentException">Fewer than two branches.</exception>
    public TSelf Parallel(params IReadOnlyList<Func<Node, Node>> branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        foreach (Func<Node, Node> branch in branches) ArgumentNullException.ThrowIfNull(branch, nameof(branches));
        if (branches.Count < 2) throw new ArgumentException($"Parallel needs two or more branches, got {branches.Count}.", nameof(branches));
        return Then(node => Node.Concatenate([.. branches.Select(branch => Branch(branch, node))]));
    }

    /// <summary>
    /// Appends a fully connected layer, y = x·W + b, and the activation, if one is given, as the layer after it: <c>.Dense(64, activation: new Relu())</c> is
    /// <c>.Dense(64).Relu()</c>. <see cref="Named"/> then names the activation.
    /// </summary>
    /// <param name="units">Number of outputs, ≥ 1.</param>
    /// <param name="kernelInitializer">Initial values of the kernel W [inputs, units]; <see cref="GlorotUniform"/> by default.</param>
    /// <param name="useBias">Whether a bias is added; true by default.</param>
    /// <param name="activation">The layer after it; none by default.</param>
    public TSelf Dense(int units, Initializer? kernelInitializer = null, bool useBias = true, Activation? activation = null)
    {
        TSelf dense = Add(new Dense(units, kernelInitializer, useBias));
        return activation is null ? dense : dense.Add(activation);
    }

    /// <summary>Appends a table with a learned vector for each index.</summary>
    /// <param name="inputDim">How many indices there are, from 0 on; ≥ 1.</param>
    /// <param name="outputDim">The length of a vector, ≥ 1.</param>
    public TSelf Embedding(int inputDim, int outputDim) => Add(new Embedding(inputDim, outputDim));

    /// <summary>Appends a batch normalization: of the batch in training, of moving averages in inference.</summary>
    /// <param name="momentum">The share of the moving averages that a step keeps, in [0, 1); 0.99 by default.</param>
    /// <param name="epsilon">ε, added to the variance, > 0; 1e-3 by default.</param>
    public TSelf BatchNormalization(double momentum = 0.99, double epsilon = 1e-3) => Add(new BatchNormalization(momentum, epsilon));

    /// <summary>Appends a normalization of each position's features.</summary>
    /// <param name="epsilon">ε, added to the variance, > 0; 1e-3 by default.</param>
    /// <param name="axis">The first of the dimensions that share a mean, counted from the end; −1, the last alone, by default.</param>
    public TSelf LayerNormalization(double epsilon = 1e-3, int axis = -1) => Add(new LayerNormalization(epsilon, axis));

    /// <summary>Appends a normalization of each position's features by the root of their mean square.</summary>
    /// <param name="epsilon">ε, added to the mean of squares, > 0; 1e-6 by default.</param>
    public TSelf RmsNormalization(double epsilon = 1e-6) => Add(new RmsNormalization(epsilon));

    /// <summary>Appends a normalization of each sample's groups of features.</summary>
    /// <param name="groups">Groups, ≥ 1, by which the features divide; 32 by default.</param>
    /// <param name="epsilon">ε, added to the variance, > 0; 1e-3 by default.</param>
    public TSelf GroupNormalization(int groups = 32, double epsilon = 1e-3) => Add(new GroupNormalization(groups, epsilon));

    /// <summary>Appends inverted dropout.</summary>
    /// <param name="rate">The fraction dropped in training, in [0, 1).</param>
    public TSelf Dropout(double rate) => Add(new Dropout(rate));

    /// <summary>Appends noise from N(0, σ²), added in training.</summary>
    /// <param name="standardDeviation">σ, ≥ 0.</param>
    public TSelf GaussianNoise(double standardDeviation) => Add(new GaussianNoise(standardDeviation));

    /// <summary>Appends noise from N(1, rate / (1 − rate)), by which values are multiplied in training.</summary>
    /// <param name="rate">The rate of the dropout that it stands for, in [0, 1).</param>
    public TSelf GaussianDropout(double rate) => Add(new GaussianDropout(rate));

    /// <summary>Appends dropout that keeps the mean and the variance of what SELU gives.</summary>
    /// <param name="rate">The fraction dropped in training, in [0, 1).</param>
    public TSelf AlphaDropout(double rate) => Add(new AlphaDropout(rate));

    /// <summary>Appends a layer that drops whole samples in training, at the end of a residual block.</summary>
    /// <param name="rate">The fraction of samples dropped, in [0, 1).</param>
    public TSelf StochasticDepth(double rate) => Add(new StochasticDepth(rate));

    /// <summary>Appends a penalty on the values here, l1·Σ|x| + l2·Σx² a sample, which is added to the loss.</summary>
    /// <param name="l1">The factor before Σ|x|, ≥ 0; 0 by default.</param>
    /// <param name="l2">The factor before Σx², ≥ 0; 0 by default.</param>
    public TSelf ActivityRegularization(double l1 = 0, double l2 = 0) => Add(new ActivityRegularization(l1, l2));

    /// <summary>Appends a function of tensors.</summary>
    /// <param name="name">Its name in summaries, and for files.</param>
    /// <param name="function">Of a batch, [batch, …input], to [batch, …output].</param>
    /// <param name="outputShape">The shape of a sample of the result for that of a sample of the input; the same shape by default.</param>
    public TSelf Lambda(string name, Func<Tensor, Tensor> function, Func<Shape, Shape>? outputShape = null) => Add(new Lambda(name, function, outputShape));

    /// <summary>Appends x·scale + offset.</summary>
    /// <param name="scale">What is multiplied by, finite.</param>
    /// <param name="offset">What is added then, finite; 0 by default.</param>
    public TSelf Rescaling(double scale, double offset = 0) => Add(new Rescaling(scale, offset));

    /// <summary>Appends the bin of each value, an index.</summary>
    /// <param name="boundaries">At least one, ascending.</param>
    public TSelf Discretization(params ReadOnlySpan<double> boundaries) => Add(new Discretization(boundaries));

    /// <summary>Appends indices as zeros and ones, or as counts.</summary>
    /// <param name="numTokens">How many indices there are, from 0 on; ≥ 1.</param>
    /// <param name="mode">What is made of them; <see cref="CategoryMode.MultiHot"/> by default.</param>
    public TSelf CategoryEncoding(int numTokens, CategoryMode mode = CategoryMode.MultiHot) => Add(new CategoryEncoding(numTokens, mode));

    /// <summary>Appends the hashing of integers to indices.</summary>
    /// <param name="numBins">Bins, ≥ 1.</param>
    /// <param name="salt">Another number gives other bins; 0 by default.</param>
    public TSelf Hashing(int numBins, int salt = 0) => Add(new Hashing(numBins, salt));

    /// <summary>Appends a layer that flattens each sample to a vector.</summary>
    public TSelf Flatten() => Add(new Flatten());

    /// <summary>Appends a layer that reshapes each sample.</summary>
    /// <param name="target">The dimensions without the batch; one may be −1.</param>
    public TSelf Reshape(params ReadOnlySpan<int> target) => Add(new Reshape(target));

    /// <summary>Appends (x − offset) / scale for each column, with the values of a fitted scaler, so that the model takes raw values.</summary>
    /// <param name="offset">For example the means of a <c>StandardScaler</c>.</param>
    /// <param name="scale">For example its standard deviations.</param>
    public TSelf Normalize(ReadOnlySpan<double> offset, ReadOnlySpan<double> scale) => Add(new Normalization(offset, scale));

    /// <summary>Appends the transformation of a fitted scaler, so that the model takes raw values.</summary>
    /// <param name="scaler">Fitted to the training rows.</param>
    public TSelf Normalize(StandardScaler scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        return Normalize(scaler.Means, scaler.StandardDeviations);
    }

    /// <inheritdoc cref="Normalize(StandardScaler)"/>
    public TSelf Normalize(MinMaxScaler scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        return Normalize(scaler.Minima, scaler.Ranges);
    }

    /// <summary>Appends x where x > 0, else α·x, with a learned slope α.</summary>
    /// <param name="sharedAcross">Whether all values share one α; false by default: each value of a sample has its own.</param>
    public TSelf PRelu(bool sharedAcross = false) => Add(new PRelu(sharedAcross));

    /// <summary>Continues from the last node.</summary>
    private protected abstract TSelf Then(Func<Node, Node> step);

    private protected static Node Branch(Func<Node, Node> branch, Node from)
        => branch(from) ?? throw new InvalidOperationException("A branch returned no node: return the node of its last layer.");
}
