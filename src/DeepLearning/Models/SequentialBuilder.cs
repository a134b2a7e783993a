namespace DeepLearning;

/// <summary>
/// Composes a <see cref="Sequential"/> model, layer after layer; begins with <see cref="Sequential.Input"/>. Building twice gives two models with
/// parameters of their own.
/// </summary>
public sealed partial class SequentialBuilder
{
    private readonly Shape input;
    private readonly List<Layer> layers = [];

    internal SequentialBuilder(Shape input) => this.input = input;

    /// <summary>Appends any layer, a custom one too.</summary>
    /// <param name="layer">The layer.</param>
    public SequentialBuilder Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        layers.Add(layer);
        return this;
    }

    /// <summary>Appends a fully connected layer: y = x·W + b.</summary>
    /// <param name="units">Number of outputs, ≥ 1.</param>
    /// <param name="kernelInitializer">First values of the kernel W [inputs, units]; <see cref="GlorotUniform"/> by default.</param>
    /// <param name="useBias">Whether a bias is added; true by default.</param>
    public SequentialBuilder Dense(int units, Initializer? kernelInitializer = null, bool useBias = true)
        => Add(new Dense(units, kernelInitializer, useBias));

    /// <summary>Appends inverted dropout.</summary>
    /// <param name="rate">Share dropped in training, in [0, 1).</param>
    public SequentialBuilder Dropout(double rate) => Add(new Dropout(rate));

    /// <summary>Appends a layer that makes each sample a vector.</summary>
    public SequentialBuilder Flatten() => Add(new Flatten());

    /// <summary>Appends a layer that gives each sample another shape.</summary>
    /// <param name="target">The dimensions without the batch; one may be −1.</param>
    public SequentialBuilder Reshape(params ReadOnlySpan<int> target) => Add(new Reshape(target));

    /// <summary>Appends (x − offset) / scale for each column: the numbers of a fitted scaler, so that the model takes raw values.</summary>
    /// <param name="offset">For example the means of a <c>StandardScaler</c>.</param>
    /// <param name="scale">For example its standard deviations.</param>
    public SequentialBuilder Normalize(ReadOnlySpan<double> offset, ReadOnlySpan<double> scale) => Add(new Normalization(offset, scale));

    /// <summary>Appends what the scaler does, so that the model takes raw values.</summary>
    /// <param name="scaler">Fitted to the training rows.</param>
    public SequentialBuilder Normalize(StandardScaler scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        return Normalize(scaler.Means, scaler.StandardDeviations);
    }

    /// <inheritdoc cref="Normalize(StandardScaler)"/>
    public SequentialBuilder Normalize(MinMaxScaler scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        return Normalize(scaler.Minima, scaler.Ranges);
    }

    /// <summary>Checks every layer against the shape it gets, and makes the model with its first parameters.</summary>
    /// <param name="seed">Decides first parameters, dropout and shuffling: the same seed gives the same bits on every run.</param>
    /// <exception cref="ShapeMismatchException">A layer cannot take what the one before produces; the message names both.</exception>
    /// <exception cref="InvalidOperationException">There is no layer.</exception>
    public Sequential Build(Seed seed = default)
    {
        if (layers.Count == 0) throw new InvalidOperationException("A model needs at least one layer.");
        return new Sequential(input, layers, seed.Value);
    }
}
