namespace DeepLearning;

/// <summary>Finds the tensor for each parameter, and reports everything that does not fit before anything changes.</summary>
internal sealed class WeightMatching
{
    private readonly IReadOnlyList<Parameter> parameters;

    /// <summary>The layers' parameters in foreign files, by the parameter's name.</summary>
    private readonly Dictionary<string, ForeignParameter> foreign = [];

    private readonly IReadOnlyDictionary<string, Tensor> tensors;
    private readonly WeightOptions options;
    private readonly Dictionary<Parameter, string> sources = [];
    private readonly HashSet<string> refused = [];
    private readonly List<string> mismatches = [];

    public WeightMatching(IReadOnlyList<LayerSlot> layers, IReadOnlyDictionary<string, Tensor> tensors, WeightOptions options)
    {
        var all = new List<Parameter>();
        foreach (LayerSlot slot in layers.Where(s => s.Call == 0))
            foreach (LayerParameter own in slot.Parameters.Concat(slot.State))
            {
                all.Add(own.Parameter);
                if (LayerKind.ForeignOf(slot.Layer, own.LocalName) is { } there) foreign.Add(own.Parameter.Name, there);
            }

        parameters = all;
        HashSet<string> foreignOnly = [.. layers.SelectMany(s => LayerKinds.BuiltIn.Of(s.Layer)?.ForeignOnly ?? [])];
        this.tensors = foreignOnly.Count == 0 ? tensors : tensors.Where(t => !foreignOnly.Any(name => IsNamed(t.Key, name))).ToDictionary();
        this.options = options;
    }

    /// <summary>The values of each parameter, in the parameter's layout.</summary>
    /// <param name="file">For messages.</param>
    /// <exception cref="ArgumentException">The options name a parameter that the model lacks.</exception>
    /// <exception cref="ModelFormatException">Something does not fit; the message lists all of it.</exception>
    public IReadOnlyList<(Parameter Parameter, Tensor Values)> Match(string file)
    {
        MatchNames();
        MatchBesideNames();
        bool isTold = MatchLayers();
        var values = new List<(Parameter, Tensor)>();
        foreach (Parameter parameter in parameters)
            if (sources.TryGetValue(parameter, out string? source) && ValuesOf(parameter, source) is { } found) values.Add((parameter, found));

        if (isTold)
        {
            mismatches.AddRange(parameters.Where(p => !sources.ContainsKey(p) && !refused.Contains(p.Name)).Select(p => $"{p} is missing"));
            if (!options.AllowUnused)
                mismatches.AddRange(WeightMismatches.Some<string>([.. Unused().Select(name => $"{name} {tensors[name].Shape} has no place in the model")]));
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
            if (source is null) throw new ArgumentException($"{nameof(WeightOptions)}.{nameof(WeightOptions.Names)} has null for {name}.", nameof(options));
            if (tensors.ContainsKey(source)) sources.Add(parameter, source);
            else Refuse(name, $"{source}, given for {parameter}, is missing");
        }
    }

    /// <summary>A layer with entries for some parameters takes the others from the same place: never one layer's kernel and another's bias.</summary>
    private void MatchBesideNames()
    {
        if (options.Names.Count == 0) return;
        Dictionary<string, Parameter> byName = parameters.ToDictionary(p => p.Name);
        Dictionary<string, WeightGroup> offered = WeightGroup.Of(Unused().Select(name => (name, tensors[name].Shape))).ToDictionary(g => g.Prefix);
        foreach (WeightGroup layer in WeightGroup.Of(parameters.Select(p => (p.Name, p.Shape))))
        {
            string[] given = [.. layer.Members.Values.Select(m => m.Name).Where(options.Names.ContainsKey)];
            string[] places = [.. given.Select(name => WeightGroup.PrefixOf(options.Names[name])).Distinct()];
            WeightGroup? place = places.Length == 1 ? offered.GetValueOrDefault(places[0]) : null;
            foreach ((string role, (string name, _)) in given.Length == 0 ? [] : layer.Members.Where(m => !options.Names.ContainsKey(m.Value.Name)))
            {
                if (Find(place, role, name) is { } source) sources.Add(byName[name], source);
                else
                {
                    Refuse(name, $"{byName[name]} needs an entry in {nameof(WeightOptions)}.{nameof(WeightOptions.Names)} too, since beside "
                        + $"{string.Join(", ", given.Select(n => options.Names[n]))}, given for {string.Join(", ", given)}, there is nothing for it");
                }
            }
        }
    }

    private void Refuse(string parameter, string why)
    {
        refused.Add(parameter);
        mismatches.Add(why);
    }

    /// <returns>Whether unmatched tensors are reported one by one.</returns>
    private bool MatchLayers()
    {
        Dictionary<string, Parameter> left =
            parameters.Where(p => !sources.ContainsKey(p) && !refused.Contains(p.Name)).ToDictionary(p => p.Name);
        List<WeightGroup> open = WeightGroup.Of(left.Values.Select(p => (p.Name, p.Shape)));
        List<WeightGroup> offered = WeightGroup.Of(Unused().Select(name => (name, tensors[name].Shape)));
        if (open.Count == 0 || offered.Count == 0) return true;
        if (WeightGroup.Pair(open, offered, Fits) is { } pairs)
        {
            foreach ((WeightGroup layer, WeightGroup source) in pairs)
                foreach ((string role, (string name, _)) in layer.Members)
                    if (Find(source, role, name) is { } found) sources.Add(left[name], found);
            return true;
        }

        string[] named = [.. open.Select(l => l.Prefix).Intersect(offered.Select(o => o.Prefix))];
        if (named.Length == 0)
        {
            mismatches.Add(
                $"the layers {Some(open)} cannot be told apart among {Some(offered)}; "
                + $"give {nameof(WeightOptions)}.{nameof(WeightOptions.Names)}");
            return false;
        }

        foreach (Parameter parameter in left.Values)
            if (tensors.ContainsKey(parameter.Name)) sources.Add(parameter, parameter.Name);
        mismatches.Add(
            $"only {Some(named)} of the layers {Some(open)} would go by name, which may be chance, and neither the shapes nor the "
            + $"numbers of {Some(offered)} decide; if layers have other names there, give "
            + $"{nameof(WeightOptions)}.{nameof(WeightOptions.Names)}");
        return true;
    }

    private IEnumerable<string> Unused()
    {
        HashSet<string> used = [.. sources.Values];
        return tensors.Keys.Where(name => !used.Contains(name)).Order(StringComparer.Ordinal);
    }

    private bool Fits(WeightGroup layer, WeightGroup source)
        => layer.Members.Count == source.Members.Count
            && layer.Members.All(m => Find(source, m.Key, m.Value.Name) is { } name && Layouts(m.Value.Name, name).Any(t => t.Shape == m.Value.Shape));

    /// <summary>The tensor of a layer's group for one of its parameters, or null.</summary>
    private string? Find(WeightGroup? source, string role, string parameter) => source?.Find(role, foreign.GetValueOrDefault(parameter)?.ForeignName);

    /// <summary>A tensor in the layouts it may have for the parameter: as it is, transposed, or either.</summary>
    private Tensor[] Layouts(string parameter, string source)
    {
        Tensor tensor = tensors[source];
        if (tensor.Rank == 2 && options.Transpose is { } transpose) return [transpose ? tensor.Transpose() : tensor];
        ForeignParameter there = foreign.GetValueOrDefault(parameter) ?? ForeignParameter.LinearWeight(parameter);
        // A layer that names its parameter as PyTorch does keeps it as PyTorch does.
        if (there.Turn is null || tensor.Rank != there.Rank || !IsNamed(source, there.ForeignName) || IsNamed(parameter, there.ForeignName)) return [tensor];
        Tensor turned = there.Turn(tensor);
        if (there.Rank != 2) return [turned];
        // With a bias beside it, it is a Linear's; without one it may be a Linear's without bias, or an embedding's, which has this library's layout.
        string beside = source[..^there.ForeignName.Length] + "bias";
        bool isLinear = tensors.TryGetValue(beside, out Tensor? bias) && bias.Rank == 1 && tensor.Shape.Dimensions.Contains(bias.Count);
        return isLinear ? [turned] : [tensor, turned];
    }

    private Tensor? ValuesOf(Parameter parameter, string source)
    {
        Tensor tensor = tensors[source];
        Tensor[] layouts = Layouts(parameter.Name, source), fitting = [.. layouts.Where(t => t.Shape == parameter.Shape)];
        if (fitting.Length == 1) return fitting[0];
        string option = $"{nameof(WeightOptions)}.{nameof(WeightOptions.Transpose)}";
        string transposed = layouts[^1] == tensor ? "" : $", transposed {layouts[^1].Shape}";
        string advice = tensor.Shape == parameter.Shape ? $"; if the file keeps [inputs, outputs], set {option} to false" : "";
        mismatches.Add(
            fitting.Length == 0
                ? $"{source} has shape {tensor.Shape}{transposed}, expected {parameter}{advice}"
                : $"{source} {tensor.Shape}, without a bias of its outputs beside it, fits {parameter} as it is, like an embedding's, and transposed, "
                    + $"like that of a Linear without bias: set {option}, which applies to all matrices, "
                    + "or transpose those that need it and pass LoadWeights the dictionary");
        return null;
    }

    /// <summary>Files flatten names in several ways: <c>fc1.weight</c>, <c>fc1_weight</c>, <c>encoder/0/weight</c>.</summary>
    private static bool IsNamed(string name, string end)
        => name.EndsWith(end, StringComparison.Ordinal) && (name.Length == end.Length || !char.IsLetterOrDigit(name[^(end.Length + 1)]));

    private static string Some<T>(IReadOnlyCollection<T> items) => string.Join(", ", WeightMismatches.Some(items));
}
