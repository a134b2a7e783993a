namespace DeepLearning;

/// <summary>How each kind of layer is written. A kind that is not named here cannot be: its code is not known.</summary>
internal static class SourceLayers
{
    /// <summary>The step of a layer in its place.</summary>
    /// <param name="slot">The layer.</param>
    /// <param name="input">The shape of a sample that it gets.</param>
    /// <exception cref="NotSupportedException">The layer has no place here.</exception>
    public static SourceStep Of(LayerSlot slot, Shape input) => slot.Layer switch
    {
        Dense dense => OfDense(slot, dense),
        Normalization normalization => OfNormalization(slot, normalization),
        Dropout => SourceStep.Nothing("only training drops values"),
        Flatten or Reshape => SourceStep.Nothing("the same values"),
        Softmax => SourceStep.Whole(SoftmaxSource.Softmax, "Softmax", SourceNumbers.Literal(input[-1])),
        LogSoftmax => SourceStep.Whole(SoftmaxSource.LogSoftmax, "LogSoftmax", SourceNumbers.Literal(input[-1])),
        Relu => SourceStep.Each(PiecewiseSource.Relu, "Relu"),
        LeakyRelu leaky => SourceStep.Each(PiecewiseSource.LeakyRelu, "LeakyRelu", SourceNumbers.Literal((float)leaky.NegativeSlope)),
        HardSigmoid => SourceStep.Each(PiecewiseSource.HardSigmoid, "HardSigmoid"),
        HardSwish => SourceStep.Each(PiecewiseSource.HardSwish, "HardSwish"),
        Softsign => SourceStep.Each(PiecewiseSource.Softsign, "Softsign"),
        Exponential => SourceStep.Each(ExponentialSource.Exp, "Exp"),
        Elu elu => SourceStep.Each(ExponentialSource.Elu, "Elu", SourceNumbers.Literal((float)elu.Alpha)),
        Selu => SourceStep.Each(ExponentialSource.Selu, "Selu"),
        Sigmoid => SourceStep.Each(SigmoidSource.Sigmoid, "Sigmoid"),
        Silu => SourceStep.Each(SigmoidSource.Silu, "Silu"),
        Tanh => SourceStep.Each(TanhSource.Tanh, "Tanh"),
        Gelu { Approximate: true } => SourceStep.Each(TanhSource.ApproximateGelu, "ApproximateGelu"),
        Gelu => SourceStep.Each(GeluSource.Gelu, "Gelu"),
        Softplus => SourceStep.Each(LogarithmSource.Softplus, "Softplus"),
        Mish => SourceStep.Each(LogarithmSource.Mish, "Mish"),
        _ => throw new NotSupportedException($"{slot} cannot be written as C#: its code is its own. Layers of the library can."),
    };

    private static SourceStep OfDense(LayerSlot slot, Dense dense)
    {
        SourceValues[] values = [.. slot.Parameters.Select(p => SourceValues.Of(p.Parameter))];
        string bias = dense.UseBias ? values[1].Name : "[]";
        string[] arguments = [values[0].Name, bias, SourceNumbers.Literal(dense.Units)];
        SourceStep step = dense.Units < DenseSource.VectorSize
            ? SourceStep.Into(DenseSource.DenseScalar, "DenseScalar", arguments)
            : SourceStep.Into(DenseSource.Dense, "Dense", arguments);
        return step.With(values);
    }

    private static SourceStep OfNormalization(LayerSlot slot, Normalization normalization)
    {
        var offset = SourceValues.Of($"{slot.Name}.offset", normalization.Offset);
        var scale = SourceValues.Of($"{slot.Name}.scale", normalization.Scale);
        return SourceStep.Whole(DenseSource.Normalize, "Normalize", offset.Name, scale.Name).With(offset, scale);
    }
}
