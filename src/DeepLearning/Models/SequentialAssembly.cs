namespace DeepLearning;

/// <summary>Turns descriptions of layers into a model: shapes checked from front to back, names given, parameters laid out and initialised.</summary>
internal static class SequentialAssembly
{
    public static (LayerSlot[] Slots, ParameterSet Parameters) Assemble(Shape input, IReadOnlyList<Layer> layers, ulong seed)
    {
        var builders = new LayerBuilder[layers.Count];
        var outputs = new Shape[layers.Count];
        string[] names = Names(layers);
        List<(string Name, Shape Shape)> all = Declare(input, layers, names, builders, outputs);
        var optioned = new List<(string Name, Shape Shape, ParameterOptions? Options)>(all.Count);
        foreach (LayerBuilder builder in builders)
            foreach ((_, _, _, ParameterOptions? options) in builder.Parameters) optioned.Add((all[optioned.Count].Name, all[optioned.Count].Shape, options));
        var parameters = new ParameterSet(optioned);
        var slots = new LayerSlot[layers.Count];
        int next = 0;
        for (int i = 0; i < layers.Count; i++)
        {
            IReadOnlyList<(string Name, Shape Shape, Initializer Initializer, ParameterOptions? Options)> declared = builders[i].Parameters;
            var own = new LayerParameter[declared.Count];
            for (int p = 0; p < own.Length; p++, next++)
            {
                own[p] = new LayerParameter(declared[p].Name, parameters[next]);
                declared[p].Initializer.Fill(parameters[next].Value.AsSpan(), declared[p].Shape, new RandomStream(seed, RandomStreams.OfParameter(next)));
            }

            slots[i] = new LayerSlot(i + 1, names[i], layers[i], outputs[i], own);
        }

        return (slots, parameters);
    }

    /// <summary>The parameters that a model of these layers has, without taking memory for them.</summary>
    /// <exception cref="ShapeMismatchException">A layer cannot take what the one before produces.</exception>
    public static IReadOnlyList<(string Name, Shape Shape)> Declare(Shape input, IReadOnlyList<Layer> layers)
        => Declare(input, layers, Names(layers), new LayerBuilder[layers.Count], new Shape[layers.Count]);

    private static List<(string Name, Shape Shape)> Declare(Shape input, IReadOnlyList<Layer> layers, string[] names, LayerBuilder[] builders, Shape[] outputs)
    {
        // Loops, not queries: each generic method over tuples is compiled anew when a process starts.
        var all = new List<(string Name, Shape Shape)>();
        Shape shape = input;
        for (int i = 0; i < layers.Count; i++)
        {
            builders[i] = new LayerBuilder();
            shape = outputs[i] = Build(layers, i, shape, builders[i]);
            for (int p = 0; p < builders[i].Parameters.Count; p++) all.Add(($"{names[i]}.{builders[i].Parameters[p].Name}", builders[i].Parameters[p].Shape));
        }

        return all;
    }

    private static Shape Build(IReadOnlyList<Layer> layers, int i, Shape input, LayerBuilder builder)
    {
        try
        {
            return layers[i].Build(input, builder);
        }
        catch (ShapeMismatchException mismatch)
        {
            string before = i == 0 ? "the input is" : $"layer {i} ({layers[i - 1]}) produces";
            throw new ShapeMismatchException($"layer {i + 1} ({layers[i]}): {mismatch.Message}; {before} {input.WithBatch()}");
        }
    }

    /// <summary>dense, dropout, dense_1, …: the kind in snake case, numbered from the second on.</summary>
    private static string[] Names(IReadOnlyList<Layer> layers)
    {
        var seen = new Dictionary<string, int>();
        var names = new string[layers.Count];
        for (int i = 0; i < names.Length; i++)
        {
            string kind = SnakeCase.Of(layers[i].Kind);
            int before = seen.GetValueOrDefault(kind);
            seen[kind] = before + 1;
            names[i] = before == 0 ? kind : $"{kind}_{before}";
        }

        return names;
    }
}
