using System.Globalization;

namespace DeepLearning;

/// <summary>
/// A learned vector for each index: row x of the table [inputDim, outputDim]. Indices [batch, …] give [batch, …, outputDim]. The model begins with
/// <c>Sequential.Indices</c> or <c>Model.Indices</c>, and data comes from <see cref="Tensor.FromIndices(ReadOnlySpan{int})"/>; an index outside the table is
/// refused with its sample. The gradient of a row is the sum over its places, in their order. Keras: <c>layers.Embedding</c> with its defaults, without
/// <c>mask_zero</c>; PyTorch's <c>Embedding</c> draws the vectors from N(0, 1).
/// </summary>
public sealed class Embedding : Layer
{
    /// <summary>A table of vectors.</summary>
    /// <param name="inputDim">How many indices there are, from 0 on; ≥ 1.</param>
    /// <param name="outputDim">The length of a vector, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Either is below 1.</exception>
    public Embedding(int inputDim, int outputDim)
    {
        if (inputDim < 1) throw new ArgumentOutOfRangeException(nameof(inputDim), inputDim, $"Embedding needs at least 1 index, got {inputDim}.");
        if (outputDim < 1)
            throw new ArgumentOutOfRangeException(nameof(outputDim), outputDim, $"Embedding needs vectors of at least 1 value, got {outputDim}.");
        (InputDim, OutputDim) = (inputDim, outputDim);
    }

    /// <summary>How many indices there are, from 0 on.</summary>
    public int InputDim { get; }

    /// <summary>The length of a vector.</summary>
    public int OutputDim { get; }

    /// <summary>First values of the table [inputDim, outputDim]; uniform in ±0.05 by default.</summary>
    public Initializer EmbeddingsInitializer { get; init; } = new RandomUniform();

    /// <summary>The regularizer of the table; none by default.</summary>
    public Regularizer? EmbeddingsRegularizer { get; init; }

    /// <summary>The constraint on the table, applied after each update; none by default.</summary>
    public Constraint? EmbeddingsConstraint { get; init; }

    internal override IndexUse IndexUse => IndexUse.Takes;

    internal override int? IndexCount => InputDim;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new ParameterOptions { Regularizer = EmbeddingsRegularizer, Constraint = EmbeddingsConstraint };
        builder.AddParameter("embeddings", [InputDim, OutputDim], EmbeddingsInitializer, options);
        return [.. input, OutputDim];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x has float32 values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table; the message says which and where.</exception>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        return context["embeddings"].Gather(0, x);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Embedding({InputDim}, {OutputDim})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Embedding>(
        "Embedding",
        static (e, s) => s.Set("input_dim", e.InputDim).Set("output_dim", e.OutputDim)
            .Set("embeddings_initializer", e.EmbeddingsInitializer is RandomUniform { Minimum: -0.05, Maximum: 0.05 } ? null : e.EmbeddingsInitializer)
            .Set("embeddings_regularizer", e.EmbeddingsRegularizer).Set("embeddings_constraint", e.EmbeddingsConstraint),
        static s => new(s.GetInt32("input_dim"), s.GetInt32("output_dim"))
        {
            EmbeddingsInitializer = s.GetInitializer("embeddings_initializer") ?? new RandomUniform(),
            EmbeddingsRegularizer = s.GetRegularizer("embeddings_regularizer"),
            EmbeddingsConstraint = s.GetConstraint("embeddings_constraint"),
        }) with
    {
        Foreign = [new("embeddings", "weight", Rank: 2, Turn: null)],
    };
}
