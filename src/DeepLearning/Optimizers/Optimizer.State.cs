using DeepLearning.Kernels;

namespace DeepLearning;

public abstract partial class Optimizer
{
    /// <summary>The number of state buffers of the rule from its first step on; null if unknown, for a custom optimizer.</summary>
    private protected virtual int? StateBuffers => null;

    /// <summary>
    /// Writes the hyperparameters of the rule under their names: a run resumes from a checkpoint only with the same ones. The learning rate is not among them;
    /// it is state. Override it in a custom optimizer that has hyperparameters; its <see cref="State"/> buffers are saved automatically.
    /// </summary>
    /// <param name="settings">Stores them.</param>
    protected virtual void DescribeSettings(Settings settings) { }

    /// <summary>Everything that must be the same for the state to be usable.</summary>
    internal Settings Describe()
    {
        Settings settings = new Settings().Set(nameof(WeightDecay), (float)WeightDecay)
            .Set(nameof(ExcludeFromWeightDecay), string.Join(", ", ExcludeFromWeightDecay.Distinct().Order(StringComparer.Ordinal)));
        if (ClipNorm is { } norm) settings.Set(nameof(ClipNorm), (float)norm);
        if (GlobalClipNorm is { } global) settings.Set(nameof(GlobalClipNorm), (float)global);
        if (ClipValue is { } limit) settings.Set(nameof(ClipValue), (float)limit);
        settings.Set(nameof(GradientAccumulationSteps), GradientAccumulationSteps).Set(nameof(UseEma), UseEma).Set(nameof(EmaMomentum), (float)EmaMomentum);
        if (Lookahead is { } lookahead)
            settings.Set(nameof(Lookahead), lookahead.SyncPeriod).Set($"{nameof(Lookahead)}.{nameof(lookahead.SlowStepSize)}", (float)lookahead.SlowStepSize);
        if (SharpnessRho is { } rho) settings.Set(nameof(SharpnessRho), (float)rho);
        Schedule?.Describe(settings);
        DescribeSettings(settings);
        return settings;
    }

    /// <summary>Writes the state. If an average is kept, the model file has it as its weights, and the trained weights are state.</summary>
    internal void SaveState(StateWriter to)
    {
        to.Write("steps", Steps);
        rate.SaveState(to);
        to.Write("buffers", state.Count);
        for (int i = 0; i < state.Count; i++) to.Write($"buffer.{i}", state[i]);
        if (Lookahead is not null && Steps > 0) to.Write("lookahead", slow.Way ?? new FlatBuffer(owner!.Flat.Length));
        accumulation.SaveState(to);
        if (Steps > 0 || accumulation.Count > 0) to.Write("trainable", string.Concat(owner!.Select(p => p.Trainable ? '1' : '0')));
        to.Write("averages", RunningAverage is not null);
        if (RunningAverage is not null) to.Write("trained", owner!.Flat);
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action, which cannot fail, applies it after the weights of the file.</summary>
    /// <exception cref="InvalidOperationException">The optimizer belongs to other parameters.</exception>
    /// <exception cref="ModelFormatException">Something is missing, or this optimizer cannot have it with these parameters.</exception>
    internal Action PrepareState(ParameterSet parameters, StateReader from)
    {
        RequireOwner(parameters);
        long steps = from.ReadInt64("steps", 0, StateReader.LargestCount);
        int inProgress = from.ReadInt32("accumulated", 0, GradientAccumulationSteps - 1);
        Action rates = rate.PrepareState(from);
        string? trainable = steps > 0 || inProgress > 0 ? ReadTrainable(parameters, from) : null;
        List<FlatBuffer> buffers = ReadBuffers(parameters, from, steps);
        bool follows = Lookahead is not null && steps > 0;
        if (!follows && from.Contains("lookahead")) throw from.Wrong("lookahead", $"none, since {nameof(Lookahead)} is not set or there was no step,");
        FlatBuffer? way = follows ? BufferOf(parameters.ReadWeights(from, "lookahead")) : null;
        bool hasAverage = from.ReadBoolean("averages");
        // An array that exists although a number says otherwise would be lost state.
        if (from.Contains("gradients") != inProgress > 0) throw from.Wrong("accumulated", "as many as there are gradients of");
        if (from.Contains("trained") != hasAverage) throw from.Wrong("averages", "whether there are trained weights beside an average");
        if (hasAverage && !UseEma) throw from.Wrong("averages", $"false, since {nameof(UseEma)} is off");
        FlatBuffer? gradients = inProgress > 0 ? BufferOf(parameters.ReadWeights(from, "gradients")) : null;
        FlatBuffer? trained = hasAverage ? BufferOf(parameters.ReadWeights(from, "trained")) : null;
        FlatBuffer? mean = hasAverage ? new FlatBuffer(parameters.Flat.Length) : null;
        return () =>
        {
            state.Clear();
            state.AddRange(buffers);
            slow.Restore(way);
            accumulation.Restore(gradients, inProgress);
            (Steps, owner) = (steps, steps > 0 || inProgress > 0 ? parameters : null);
            rates();
            for (int i = 0; i < trainable?.Length; i++) parameters[i].Trainable = trainable[i] == '1';
            average.Restore(mean);
            if (mean is null) return;
            Blocks.Copy(parameters.Flat.AsSpan(), mean.AsSpan());
            Blocks.Copy(trained!.AsSpan(), parameters.Flat.AsSpan());
        };
    }

    /// <summary>The state of the rule. A built-in rule has a known number of buffers, all finite; a custom one may have any.</summary>
    private List<FlatBuffer> ReadBuffers(ParameterSet parameters, StateReader from, long steps)
    {
        int? wanted = steps == 0 ? 0 : StateBuffers;
        int count = from.ReadInt32("buffers", 0, int.MaxValue), given = from.Names.Count(n => n.StartsWith("buffer.", StringComparison.Ordinal));
        if (count != (wanted ?? given)) throw from.Wrong("buffers", $"{wanted ?? given} (of {GetType().Name} after {steps} steps)");
        var buffers = new List<FlatBuffer>();
        while (buffers.Count < count)
        {
            string name = $"buffer.{buffers.Count}";
            buffers.Add(BufferOf(StateBuffers is null ? from.ReadArray(name, [parameters.Flat.Length]) : parameters.ReadBuffer(from, name)));
        }

        return buffers;
    }

    /// <summary>A digit for each parameter: 1 if it is trainable.</summary>
    private static string ReadTrainable(ParameterSet parameters, StateReader from)
    {
        string digits = from.ReadString("trainable");
        return digits.Length == parameters.Count && digits.All(d => d is '0' or '1') && digits.Contains('1', StringComparison.Ordinal)
            ? digits
            : throw from.Wrong("trainable", $"{parameters.Count} digits, 1 where a parameter is trainable and 0 elsewhere");
    }

    private static FlatBuffer BufferOf(float[] values)
    {
        var buffer = new FlatBuffer(values.Length);
        Blocks.Copy(values, buffer.AsSpan());
        return buffer;
    }

    private void RequireOwner(ParameterSet parameters)
    {
        if (owner is null || owner == parameters) return;
        throw new InvalidOperationException(
            $"This {GetType().Name} already trains another model; its state belongs to that model's parameters. Create a new one.");
    }
}
