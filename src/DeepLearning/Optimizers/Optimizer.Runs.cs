using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>
/// A step processes runs: adjacent parameters in the flat buffer with the same options. If all have the same options, there is one run, the whole buffer, and
/// the step is one pass.
/// </content>
public abstract partial class Optimizer
{
    private readonly List<Run> runs = [];
    private ParameterSet? runsOf;
    private int runsVersion;

    /// <summary>The current run; null between steps.</summary>
    private Run? current;

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

    /// <summary>Updates the runs if an option has changed since they were computed.</summary>
    /// <exception cref="InvalidOperationException">A name is excluded from decay that no parameter has, or no parameter is trainable.</exception>
    private void FindRuns(ParameterSet parameters)
    {
        if (runsOf == parameters && runsVersion == parameters.OptionsVersion) return;
        if (UnknownExclusion(parameters) is { } unknown) throw new InvalidOperationException(unknown);
        if (parameters.Count > 0 && !parameters.Any(p => p.Trainable))
            throw new InvalidOperationException($"No parameter is trainable, so nothing would be learned: set {nameof(Parameter.Trainable)} of at least one.");
        runs.Clear();
        foreach (Parameter parameter in parameters)
        {
            Run next = RunOf(parameter);
            if (runs.Count > 0 && runs[^1].IsLike(next)) runs[^1] = runs[^1].With(next);
            else runs.Add(next);
        }

        (runsOf, runsVersion) = (parameters, parameters.OptionsVersion);
    }

    private Run RunOf(Parameter parameter)
    {
        bool decays = WeightDecay > 0 && parameter.Decays && !ExcludeFromWeightDecay.Any(excluded => Ends(parameter.Name, excluded));
        return new Run(parameter.Offset, FlatBuffer.Align(parameter.Value.Count), parameter.Trainable, decays, parameter.RateScale);
    }

    /// <summary>Decay and rule, for one run.</summary>
    private void Move(Run run, double rate, Span<float> weights, ReadOnlySpan<float> gradients)
    {
        (current, rateOfRun) = (run, (float)(rate * run.RateScale));
        try
        {
            Span<float> w = weights.Slice(run.Start, run.Length);
            if (!(Rate > 0f)) w = CopyOf(w, run.Start, weights.Length);
            if (run.Decays) Elementwise.Map(new Scale(1f - Rate * (float)WeightDecay), w, w);
            Update(w, gradients.Slice(run.Start, run.Length), Steps + 1);
        }
        finally
        {
            (current, rateOfRun) = (null, null);
        }
    }

    private void RequireRates(double rate)
    {
        foreach (Run run in runs)
        {
            if (!run.Trainable || float.IsFinite((float)(rate * run.RateScale))) continue;
            throw new InvalidOperationException(FormattableString.Invariant(
                $"No step was made: the learning rate {rate} times the {nameof(Parameter.RateScale)} {run.RateScale} is no finite float32."));
        }
    }

    /// <summary>Weights that a rule may move without any moving: at rate 0 only its state goes on.</summary>
    private Span<float> CopyOf(ReadOnlySpan<float> w, int start, int length)
    {
        unmoved ??= new FlatBuffer(length);
        Span<float> copy = unmoved.AsSpan().Slice(start, w.Length);
        Blocks.Copy(w, copy);
        return copy;
    }

    private static void Constrain(ParameterSet parameters, double rate)
    {
        // By index: enumerating the set allocates.
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter parameter = parameters[i];
            if (parameter.Options.Constraint is { } constraint && parameter.Trainable && (float)(rate * parameter.RateScale) > 0f)
                constraint.Apply(parameter.Value);
        }
    }

    /// <summary>Adjacent parameters with the same options.</summary>
    private readonly struct Run(int start, int length, bool trainable, bool decays, double rateScale)
    {
        /// <summary>Where they begin in the flat buffer.</summary>
        public int Start => start;

        /// <summary>How many values they have, with padding.</summary>
        public int Length => length;

        public bool Trainable => trainable;

        public bool Decays => decays;

        public double RateScale => rateScale;

        /// <summary>For frozen ones nothing else matters.</summary>
        public bool IsLike(Run other)
            => trainable == other.Trainable && (!trainable || (decays == other.Decays && rateScale == other.RateScale));

        public Run With(Run next) => new(start, length + next.Length, trainable, decays, rateScale);
    }
}
