namespace DeepLearning.SourceExport;

/// <summary>How each kind of layer is written. A kind not listed here cannot be written: its code is not known.</summary>
internal static class SourceLayers
{
    /// <summary>The step of a layer at its position.</summary>
    /// <exception cref="NotSupportedException">The layer is not in this list.</exception>
    public static SourceStep Of(PlacedLayer place) => place.Layer switch
    {
        Dense dense => DenseSource.Step(place, dense),
        Normalization normalization => NormalizationSource.Step(place, normalization),
        Dropout or AlphaDropout or GaussianDropout or GaussianNoise or StochasticDepth or ActivityRegularization
            => SourceStep.Nothing("only training changes values"),
        Flatten or Reshape => SourceStep.Nothing("the same values"),
        Softmax { Axis: -1 } => SourceStep.Whole(SoftmaxSource.Softmax, "Softmax", SourceNumbers.Literal(place.Input[-1])),
        LogSoftmax { Axis: -1 } => SourceStep.Whole(SoftmaxSource.LogSoftmax, "LogSoftmax", SourceNumbers.Literal(place.Input[-1])),
        // −0 changes no value, while 0 changes −0.
        Rescaling rescaling => SourceStep.Each(
            PiecewiseSource.Rescale, "Rescale", SourceNumbers.Literal((float)rescaling.Scale),
            SourceNumbers.Literal((float)rescaling.Offset == 0f ? -0f : (float)rescaling.Offset)),
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
        _ => throw new NotSupportedException(
            $"{place} cannot be written as C#: this kind of layer has no source form. Serve the model with Predictor, or write it with ExportOnnx."),
    };
}
