using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// The runs of a parameter set: adjacent parameters in the flat buffer with the same options. If all have the same options, there is one run, the whole
/// buffer, and a step is one pass. For a rule that needs whole parameters each is a run of its own.
/// </summary>
internal sealed class ParameterRuns
{
    private readonly List<ParameterRun> runs = [];
    private ParameterSet? found;
    private int version;

    public int Count => runs.Count;

    public ParameterRun this[int index] => runs[index];

    /// <summary>Updates the runs if an option has changed since they were computed.</summary>
    /// <exception cref="InvalidOperationException">
    /// A name excluded from decay matches no parameter, no parameter is trainable, or a custom constraint was not loaded.
    /// </exception>
    public void Find(ParameterSet parameters, bool decay, DecayExclusions excluded, bool byParameter)
    {
        if (found == parameters && version == parameters.OptionsVersion) return;
        if (excluded.UnknownIn(parameters) is { } unknown) throw new InvalidOperationException(unknown);
        if (parameters.Count > 0 && !parameters.Any(p => p.Trainable))
            throw new InvalidOperationException($"No parameter is trainable, so nothing would be learned: set {nameof(Parameter.Trainable)} of at least one.");
        parameters.RequireConstraints();
        runs.Clear();
        foreach (Parameter parameter in parameters)
        {
            bool decays = decay && parameter.Decays && !excluded.Contains(parameter);
            int length = FlatBuffer.Align(parameter.Value.Count);
            var next = new ParameterRun(parameter.Offset, length, parameter.Trainable, decays, parameter.RateScale, byParameter ? parameter : null);
            if (!byParameter && runs.Count > 0 && runs[^1].IsLike(next)) runs[^1] = runs[^1].With(next);
            else runs.Add(next);
        }

        (found, version) = (parameters, parameters.OptionsVersion);
    }

    /// <exception cref="InvalidOperationException">The rate of a run would not be finite.</exception>
    public void RequireRates(double rate)
    {
        foreach (ParameterRun run in runs)
        {
            if (!run.Trainable || float.IsFinite((float)(rate * run.RateScale))) continue;
            throw new InvalidOperationException(FormattableString.Invariant(
                $"No step was made: the learning rate {rate} times the {nameof(Parameter.RateScale)} {run.RateScale} is not a finite float32."));
        }
    }

    // A struct: enumerating allocates nothing.
    public List<ParameterRun>.Enumerator GetEnumerator() => runs.GetEnumerator();
}

/// <summary>Adjacent parameters with the same options.</summary>
/// <param name="start">Where they begin in the flat buffer.</param>
/// <param name="length">How many values they have, with padding.</param>
/// <param name="trainable">Whether training changes them.</param>
/// <param name="decays">Whether weight decay applies.</param>
/// <param name="rateScale">The factor of the learning rate.</param>
/// <param name="parameter">The one parameter, for a rule that needs whole ones.</param>
internal readonly struct ParameterRun(int start, int length, bool trainable, bool decays, double rateScale, Parameter? parameter = null)
{
    /// <summary>Their offset in the flat buffer.</summary>
    public int Start => start;

    /// <summary>Their number of values, with padding.</summary>
    public int Length => length;

    public bool Trainable => trainable;

    public bool Decays => decays;

    public double RateScale => rateScale;

    public Parameter? Parameter => parameter;

    /// <summary>For frozen parameters nothing else matters.</summary>
    public bool IsLike(ParameterRun other)
        => trainable == other.Trainable && (!trainable || (decays == other.Decays && rateScale == other.RateScale));

    public ParameterRun With(ParameterRun next) => new(start, length + next.Length, trainable, decays, rateScale);
}
