namespace DeepLearning;

/// <summary>Finds the tensor for each parameter, and says everything that does not fit before anything changes.</summary>
internal sealed class WeightMatching
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly IReadOnlyDictionary<string, Tensor> tensors;
    private readonly WeightOptions options;
    private readonly Dictionary<Parameter, string> sources = [];
    private readonly List<string> mismatches = [];

    public WeightMatching(IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, Tensor> tensors, WeightOptions options)
    {
        this.parameters = parameters;
        this.tensors = tensors;
        this.options = options;
    }

    /// <summary>The values of each parameter, in the parameter's layout.</summary>
    /// <param name="file">For messages.</param>
    /// <exception cref="ArgumentException">The options name a parameter that the model lacks.</exception>
    /// <exception cref="ModelFormatException">Something does not fit; the message lists all of it.</exception>
    public IReadOnlyList<(Parameter Parameter, Tensor Values)> Match(string file)
    {
        MatchNames();
        bool isTold = MatchLayers();
        var values = new List<(Parameter, Tensor)>();
        foreach (Parameter parameter in parameters)
        {
            if (!sources.TryGetValue(parameter, out string? source)) continue;
            Tensor tensor = tensors[source], turned = Turned(source);
            if (turned.Shape == parameter.Shape) values.Add((parameter, turned));
            else mismatches.Add($"{source} has shape {tensor.Shape}{(turned == tensor ? "" : $", transposed {turned.Shape}")}, expected {parameter}");
        }

        if (isTold)
        {
            mismatches.AddRange(parameters.Where(p => !sources.ContainsKey(p)).Select(p => $"{p} is missing"));
            if (!options.AllowUnused) mismatches.AddRange(Unused().Select(name => $"{name} {tensors[name].Shape} has no place in the model"));
        }

        return mismatches.Count == 0 ? values : throw new ModelFormatException(WeightMismatches.Message(file, mismatches));
    }

    private void MatchNames()
    {
        foreach ((string name, string source) in options.Names)
        {
            Parameter parameter = parameters.FirstOrDefault(p => p.Name == name)
                ?? throw new ArgumentException(
                    $"The model has no parameter {name}; it has {string.Join(", ", parameters.Select(p => p.Name))}.", nameof(options));
            if (tensors.ContainsKey(source)) sources.Add(parameter, source);
            else mismatches.Add($"{source}, given for {parameter}, is missing");
        }

        foreach (Parameter parameter in parameters)
            if (!options.Names.ContainsKey(parameter.Name) && tensors.ContainsKey(parameter.Name)) sources.Add(parameter, parameter.Name);
    }

    /// <returns>Whether what is left without a place is told one by one.</returns>
    private bool MatchLayers()
    {
        IEnumerable<Parameter> left = parameters.Where(p => !sources.ContainsKey(p) && !options.Names.ContainsKey(p.Name));
        List<WeightGroup> open = WeightGroup.Of(left.Select(p => (p.Name, p.Shape)));
        List<WeightGroup> offered = WeightGroup.Of(Unused().Select(name => (name, Turned(name).Shape)));
        if (open.Count == 0 || offered.Count == 0) return true;
        if (WeightGroup.Pair(open, offered) is not { } pairs)
        {
            mismatches.Add(
                $"the layers {string.Join(", ", open)} cannot be told apart among {string.Join(", ", offered)}; "
                + $"give {nameof(WeightOptions)}.{nameof(WeightOptions.Names)}");
            return false;
        }

        foreach ((WeightGroup layer, WeightGroup source) in pairs)
            foreach (Parameter parameter in parameters.Where(p => layer.Owns(p.Name)))
                if (source.Find(WeightGroup.RoleOf(parameter.Name)) is { } name) sources.TryAdd(parameter, name);
        return true;
    }

    private IEnumerable<string> Unused()
    {
        HashSet<string> used = [.. sources.Values];
        return tensors.Keys.Where(name => !used.Contains(name)).Order(StringComparer.Ordinal);
    }

    private Tensor Turned(string name)
    {
        Tensor tensor = tensors[name];
        bool transpose = options.Transpose ?? (name == "weight" || name.EndsWith(".weight", StringComparison.Ordinal));
        return transpose && tensor.Rank == 2 ? tensor.Transpose() : tensor;
    }
}
