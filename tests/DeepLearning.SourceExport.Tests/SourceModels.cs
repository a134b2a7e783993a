using DeepLearning.Tests.Contracts;

namespace DeepLearning.SourceExport.Tests;

/// <summary>
/// The models whose source is compiled: every row of the layers' contract but those of <see cref="Without"/>, activations over many values at once, and whole
/// networks.
/// </summary>
internal static class SourceModels
{
    /// <summary>Values of a sample in <see cref="Wide"/>.</summary>
    public const int WideSize = 4096;

    private const string NoTable = "its statistics and scales would need tables of their own; no model has asked for it";

    private const string NoIndices = "the method of the file takes float32 values; no model has asked for indices";

    /// <summary>Layers that have no source form, each with the reason.</summary>
    public static IReadOnlyDictionary<Type, string> Without { get; } = new Dictionary<Type, string>
    {
        [typeof(BatchNormalization)] = NoTable,
        [typeof(GroupNormalization)] = NoTable,
        [typeof(LayerNormalization)] = NoTable,
        [typeof(RmsNormalization)] = NoTable,
        [typeof(CategoryEncoding)] = NoIndices,
        [typeof(Discretization)] = NoIndices,
        [typeof(Embedding)] = NoIndices,
        [typeof(Hashing)] = NoIndices,
        [typeof(Glu)] = "it halves a dimension, and its result has another shape; no model has asked for it",
        [typeof(Lambda)] = "its function is compiled code, which has no source at run time",
        [typeof(PRelu)] = "its slopes would need a table of their own; no model has asked for it",
    };

    public static IReadOnlyList<Sequential> Rows { get; } =
    [
        .. LayerContract.Rows.Where(r => !Without.ContainsKey(r.Layer.GetType()) && r.Layer is not (Softmax { Axis: not -1 } or LogSoftmax { Axis: not -1 }))
            .Select(r => Unsettled(r.ModelOf())),
    ];

    public static IReadOnlyList<Sequential> Wide { get; } =
        [.. LayerContract.Rows.Where(r => r.Layer is Activation && r.Input.Rank == 1).Select(r => Sequential.Input(WideSize).Add(r.Layer).Build())];

    public static IReadOnlyList<Sequential> Networks { get; } = [.. AllNetworks().Select(Unsettled)];

    public static IReadOnlyList<GeneratedModel> CompiledRows => Compiled.Value[..Rows.Count];

    public static IReadOnlyList<GeneratedModel> CompiledWide => Compiled.Value[Rows.Count..^Networks.Count];

    public static IReadOnlyList<GeneratedModel> CompiledNetworks => Compiled.Value[^Networks.Count..];

    private static Lazy<GeneratedModel[]> Compiled { get; } = new(() => GeneratedModel.Compile([.. Rows, .. Wide, .. Networks]));

    /// <summary>Repeatable normal numbers.</summary>
    public static float[] Numbers(int count, ulong seed, float scale) => (Tensor.RandomNormal([count], seed) * scale).ToArray();

    private static IEnumerable<Sequential> AllNetworks()
    {
        yield return Sequential.Input(28, 28).Flatten().Dense(128).Relu().Dropout(0.2f).Dense(10).Softmax().Build(seed: 1);
        yield return Sequential.Input(2).Dense(4).Tanh().Dense(1).Sigmoid().Build(seed: 2);
        yield return Sequential.Input(9).Normalize(Numbers(9, 3), [.. Numbers(9, 4).Select(v => Math.Abs(v) + 0.5)]).Dense(33).Gelu().Dense(40).Mish()
            .Dense(70).Silu().Dense(7).LogSoftmax().Build(seed: 3);
        yield return Sequential.Input(3, 5).Dense(11).Elu().Reshape(11, 3).Dense(8).Selu().Flatten().Dense(6).Softplus().Reshape(2, 3).Softmax().Build(seed: 4);
        // Tables of doubles that are no literals.
        yield return Sequential.Input(1030).Normalize(Numbers(1030, 5), [.. Numbers(1030, 6).Select(v => Math.Abs(v) + 0.5)]).Dense(2).Build(seed: 8);
        // More scratch memory than goes on a stack.
        yield return Sequential.Input(3).Dense(5000).Relu().Dense(2).HardSwish().Dense(3).Build(seed: 5);
        yield return Sequential.Input(6).Sigmoid().Flatten().Dropout(0.5f).Build(seed: 6);
        yield return Sequential.Input(6).Dropout(0.5f).Build(seed: 7);
        for (int units = 1; units <= 72; units = units < 20 ? units + 1 : units + 13)
            yield return Sequential.Input(1 + (units % 5)).Dense(units).Add(new Dense(3) { UseBias = false }).Build(seed: (ulong)units);

        static double[] Numbers(int count, ulong seed) => [.. SourceModels.Numbers(count, seed, 2f).Select(v => v / 3.0)];
    }

    /// <summary>Parameters that are neither 0 nor 1, which would hide a missing one.</summary>
    private static Sequential Unsettled(Sequential model)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            float[] noise = Numbers(parameter.Value.Count, model.Seed, 0.1f);
            for (int i = 0; i < noise.Length; i++) parameter.Value.AsSpan()[i] += noise[i];
        }

        return model;
    }
}
