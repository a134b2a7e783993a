using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>Weight decay, and what is spared of it.</content>
public abstract partial class Optimizer
{
    /// <summary>Where neighbours that decay begin in the flat buffer, and how many values they have; null where all decay, and before the first step.</summary>
    private List<(int Start, int Length)>? decaying;

    /// <summary>Says which excluded name no parameter has; null if there is none.</summary>
    internal string? UnknownExclusion(ParameterSet parameters)
        => ExcludeFromWeightDecay.FirstOrDefault(excluded => !parameters.Any(p => Ends(p.Name, excluded))) is { } unknown
            ? $"{nameof(ExcludeFromWeightDecay)} names '{unknown}', but no parameter has this name or ends in '.{unknown}'. "
                + $"There are {string.Join(", ", parameters.Select(p => p.Name))}."
            : null;

    private static IReadOnlyList<string> RequireNames(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names, nameof(ExcludeFromWeightDecay));
        foreach (string name in names) ArgumentException.ThrowIfNullOrEmpty(name, nameof(ExcludeFromWeightDecay));
        return [.. names];
    }

    private static bool Ends(string name, string excluded) => name == excluded || name.EndsWith("." + excluded, StringComparison.Ordinal);

    private void RequireExclusions(ParameterSet parameters)
    {
        if (ExcludeFromWeightDecay.Count == 0 || decaying is not null) return;
        if (UnknownExclusion(parameters) is { } unknown) throw new InvalidOperationException(unknown);
        var runs = new List<(int Start, int Length)>();
        foreach (Parameter parameter in parameters)
        {
            if (ExcludeFromWeightDecay.Any(excluded => Ends(parameter.Name, excluded))) continue;
            int length = FlatBuffer.Align(parameter.Value.Count);
            if (runs.Count > 0 && runs[^1] is var (start, before) && start + before == parameter.Offset) runs[^1] = (start, before + length);
            else runs.Add((parameter.Offset, length));
        }

        decaying = runs;
    }

    private void Decay(Span<float> w)
    {
        if (WeightDecay == 0) return;
        var shrink = new Scale(1f - Rate * (float)WeightDecay);
        if (decaying is null) Elementwise.Map(shrink, w, w);
        else
            foreach ((int start, int length) in decaying) Elementwise.Map(shrink, w.Slice(start, length), w.Slice(start, length));
    }
}
