using DeepLearning.Kernels;

namespace DeepLearning;

public abstract partial class Optimizer
{
    private double? startRate;

    /// <summary>The rate that the optimizer was given, before anything changed it during training.</summary>
    internal double StartRate => startRate ?? LearningRate;

    /// <summary>The state buffers that the rule has from its first step on; null where that is not known, of a custom optimizer.</summary>
    private protected virtual int? StateBuffers => null;

    /// <summary>From now on changes of the rate are part of the training.</summary>
    internal void BeginRun() => startRate ??= LearningRate;

    /// <summary>Goes on with another rate, as if it had been given this one.</summary>
    internal void RestartAt(double rate) => (LearningRate, startRate) = (rate, rate);

    /// <summary>
    /// Writes the hyperparameters of the rule under their names: a checkpoint goes on only with the same ones. The learning rate is not among them, it is
    /// state. Override it in an optimizer of your own that has hyperparameters; its <see cref="State"/> buffers are saved without further ado.
    /// </summary>
    /// <param name="settings">Takes them.</param>
    protected virtual void DescribeSettings(StateWriter settings) { }

    /// <summary>Writes everything that must be the same for the state to keep its meaning.</summary>
    internal void Describe(StateWriter run)
    {
        run.Write("Optimizer", GetType().Name);
        StateWriter settings = run.Part("Optimizer");
        settings.Write(nameof(WeightDecay), (float)WeightDecay);
        settings.Write(nameof(ExcludeFromWeightDecay), string.Join(", ", ExcludeFromWeightDecay.Distinct().Order(StringComparer.Ordinal)));
        if (ClipNorm is { } norm) settings.Write(nameof(ClipNorm), (float)norm);
        if (GlobalClipNorm is { } global) settings.Write(nameof(GlobalClipNorm), (float)global);
        if (ClipValue is { } limit) settings.Write(nameof(ClipValue), (float)limit);
        settings.Write(nameof(GradientAccumulationSteps), GradientAccumulationSteps);
        settings.Write(nameof(UseEma), UseEma);
        settings.Write(nameof(EmaMomentum), (float)EmaMomentum);
        DescribeSettings(settings);
    }

    /// <summary>Writes the state. Where an average runs, the model's file has it for the weights, and the trained weights are state.</summary>
    internal void SaveState(StateWriter to)
    {
        to.Write("steps", Steps);
        to.Write("learningRate", LearningRate);
        to.Write("startRate", StartRate);
        to.Write("buffers", state.Count);
        for (int i = 0; i < state.Count; i++) to.Write($"buffer.{i}", state[i]);
        to.Write("accumulated", accumulated);
        if (accumulated > 0) to.Write("gradients", scratch!);
        to.Write("averages", averages);
        if (averages) to.Write("trained", owner!.Flat);
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action, which cannot fail, puts it in place after the weights of the file.</summary>
    /// <exception cref="InvalidOperationException">The optimizer belongs to other parameters.</exception>
    /// <exception cref="ModelFormatException">Something is missing, or none that this optimizer can have with these parameters.</exception>
    internal Action PrepareState(ParameterSet parameters, StateReader from)
    {
        RequireOwner(parameters);
        long steps = from.ReadInt64("steps", 0, StateReader.LargestCount);
        int inProgress = from.ReadInt32("accumulated", 0, GradientAccumulationSteps - 1);
        (double rate, double start) = (ReadRate(from, "learningRate"), ReadRate(from, "startRate"));
        List<FlatBuffer> buffers = ReadBuffers(parameters, from, steps);
        bool hasAverage = from.ReadBoolean("averages");
        // An array that is there although a number says that there is none would be state that is lost.
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
            (scratch, accumulated, owner) = (gradients, inProgress, steps > 0 || inProgress > 0 ? parameters : null);
            (Steps, LearningRate, startRate) = (steps, rate, start);
            (average, averages) = (mean, mean is not null);
            if (mean is null) return;
            Blocks.Copy(parameters.Flat.AsSpan(), mean.AsSpan());
            Blocks.Copy(trained!.AsSpan(), parameters.Flat.AsSpan());
        };
    }

    /// <summary>The state of the rule. That of a rule of this library is known in number, and finite; another's may be what it likes.</summary>
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

    private static double ReadRate(StateReader from, string name)
    {
        double rate = from.ReadDouble(name);
        return rate >= 0 && float.IsFinite((float)rate) ? rate : throw from.Wrong(name, "a finite rate ≥ 0");
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
            $"This {GetType().Name} already trains another model; its state belongs to that model's parameters. Make a new one.");
    }
}
