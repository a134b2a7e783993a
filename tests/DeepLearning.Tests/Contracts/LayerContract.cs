namespace DeepLearning.Tests.Contracts;

/// <summary>Every public layer; <see cref="LayerContractTests"/> runs one suite over all rows.</summary>
public static class LayerContract
{
    public static IReadOnlyList<LayerRow> Rows { get; } =
    [
        new(new Dense(4), [3], [4], "kernel", "bias"),
        new(new Dense(17), [5, 3], [5, 17], "kernel", "bias"),
        new(new Dense(1) { UseBias = false }, [2], [1], "kernel"),
        new(new Dense(10) { KernelInitializer = new HeNormal(), BiasInitializer = Constant.Ones }, [7], [10], "kernel", "bias"),
        new(new Embedding(20, 4), [3], [3, 4], "embeddings") { Indices = 20 },
        new(new Embedding(5, 17) { EmbeddingsInitializer = new RandomNormal() }, [], [17], "embeddings") { Indices = 5 },
        new(new Dropout(0.4f), [9], [9]),
        new(new Dropout(0f), [3, 2], [3, 2]),
        new(new AlphaDropout(0.3), [9], [9]),
        new(new GaussianDropout(0.2), [2, 9], [2, 9]),
        new(new GaussianNoise(0.5), [17], [17]),
        new(new StochasticDepth(0.4), [2, 9], [2, 9]),
        new(new ActivityRegularization(0.1, 0.2), [2, 9], [2, 9]),
        new(new Rescaling(0.25, -1), [2, 9], [2, 9]),
        new(new Rescaling(-3), [17], [17]),
        new(new Lambda("cube", static x => x * x * x), [17], [17]) { Kinds = Lambdas },
        new(new Lambda("sum", static x => x.Sum(-1, keepDimension: true), static sample => [.. sample.Dimensions[..^1], 1]),
            [2, 9], [2, 1]) { Kinds = Lambdas },
        new(new Glu(), [6], [3]),
        new(new Glu(-2), [2, 4, 5], [2, 2, 5]),
        new(new Discretization(-0.5, 0, 0.75), [2, 9], [2, 9]) { HasGradient = false },
        new(new CategoryEncoding(5), [4], [5]) { Indices = 5, HasGradient = false },
        new(new CategoryEncoding(17, CategoryMode.Count), [2, 40], [2, 17]) { Indices = 17, HasGradient = false },
        new(new CategoryEncoding(5, CategoryMode.OneHot), [3], [3, 5]) { Indices = 5, HasGradient = false },
        new(new CategoryEncoding(5, CategoryMode.OneHot), [2, 1], [2, 5]) { Indices = 5, HasGradient = false },
        new(new Hashing(7, salt: 3), [3], [3]) { Indices = 1000, HasGradient = false },
        new(new Flatten(), [2, 3, 4], [24]),
        new(new Flatten(), [], [1]),
        new(new Reshape(3, -1), [2, 6], [3, 4]),
        new(new Normalization([1, -2, 0.5], [2, 0.25, -1]), [3], [3]),
        new(new Normalization([.. Enumerable.Range(0, 22).Select(i => i / 8.0)], [.. Enumerable.Range(0, 22).Select(i => 1 + (i % 3))]), [2, 11], [2, 11]),
        new(new BatchNormalization(), [17], [17], "gamma", "beta"),
        new(new BatchNormalization(0.9, 1e-5) { GammaInitializer = new RandomUniform(0.5, 2), BetaInitializer = new RandomNormal() }, [2, 5], [2, 5], "gamma", "beta"),
        new(new BatchNormalization(center: false, scale: false), [3], [3]),
        new(new LayerNormalization(), [17], [17], "gamma", "beta"),
        new(new LayerNormalization(1e-5, axis: -2) { GammaInitializer = new RandomUniform(0.5, 2), BetaInitializer = new RandomNormal() }, [2, 3, 5], [2, 3, 5], "gamma", "beta"),
        new(new LayerNormalization(center: false, scale: false), [2, 33], [2, 33]),
        new(new RmsNormalization { GammaInitializer = new RandomUniform(0.5, 2) }, [2, 17], [2, 17], "gamma"),
        new(new GroupNormalization(2) { GammaInitializer = new RandomUniform(0.5, 2), BetaInitializer = new RandomNormal() }, [3, 6], [3, 6], "gamma", "beta"),
        new(new GroupNormalization(3), [6], [6], "gamma", "beta"),
        // With slopes of zero, which it begins with, nothing below 0 would come out.
        new(new PRelu { AlphaInitializer = new Constant(0.25) }, [17], [17], "alpha"),
        new(new PRelu { AlphaInitializer = new RandomUniform(0.1, 0.5) }, [2, 1, 5], [2, 1, 5], "alpha"),
        new(new PRelu(sharedAcross: true), [2, 5], [2, 5], "alpha"),
        .. Activation(new Elu()),
        .. Activation(new Elu(0.5f)),
        .. Activation(new Exponential()),
        .. Activation(new Gelu()),
        .. Activation(new Gelu { Approximate = true }),
        .. Activation(new HardSigmoid()),
        .. Activation(new HardSwish()),
        .. Activation(new LeakyRelu()),
        .. Activation(new LogSoftmax()),
        .. Activation(new Mish()),
        .. Activation(new Relu()),
        .. Activation(new Selu()),
        .. Activation(new Sigmoid()),
        .. Activation(new Silu()),
        .. Activation(new Softmax()),
        .. Activation(new Softplus()),
        .. Activation(new Softsign()),
        .. Activation(new Tanh()),
        new(new Softmax(-2), [3, 5], [3, 5]),
        new(new LogSoftmax(-3), [2, 1, 5], [2, 1, 5]),
    ];

    /// <summary>How a file finds functions by their names.</summary>
    private static LayerKinds Lambdas => LayerKinds.BuiltIn.With("Lambda", static (Lambda l, Settings s) => s.Set("name", l.Name),
        static s => s.GetString("name") switch
    {
        "cube" => new Lambda("cube", static x => x * x * x),
        "sum" => new Lambda("sum", static x => x.Sum(-1, keepDimension: true), static sample => [.. sample.Dimensions[..^1], 1]),
        var other => throw new FormatException($"there is no function {other}"),
    });

    private static IEnumerable<LayerRow> Activation(Activation activation) => [new(activation, [17], [17]), new(activation, [2, 1, 5], [2, 1, 5])];
}
