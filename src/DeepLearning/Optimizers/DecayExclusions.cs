namespace DeepLearning;

/// <summary>The names, or endings of names, of <see cref="Optimizer.ExcludeFromWeightDecay"/>.</summary>
internal readonly struct DecayExclusions(IReadOnlyList<string> names)
{
    /// <summary>A copy of the names, which must not be empty.</summary>
    public static IReadOnlyList<string> Require(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names, nameof(Optimizer.ExcludeFromWeightDecay));
        foreach (string name in names) ArgumentException.ThrowIfNullOrEmpty(name, nameof(Optimizer.ExcludeFromWeightDecay));
        return [.. names];
    }

    public bool Contains(Parameter parameter) => names.Any(excluded => Ends(parameter.Name, excluded));

    /// <summary>A message for a name that matches no parameter; null if all match.</summary>
    public string? UnknownIn(ParameterSet parameters)
        => names.FirstOrDefault(excluded => !parameters.Any(p => Ends(p.Name, excluded))) is { } unknown
            ? $"{nameof(Optimizer.ExcludeFromWeightDecay)} names '{unknown}', but no parameter has this name or ends in '.{unknown}'. "
                + $"There are {string.Join(", ", parameters.Select(p => p.Name))}."
            : null;

    private static bool Ends(string name, string excluded) => name == excluded || name.EndsWith("." + excluded, StringComparison.Ordinal);
}
