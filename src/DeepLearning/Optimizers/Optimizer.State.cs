using DeepLearning.Kernels;

namespace DeepLearning;

public abstract partial class Optimizer
{
    private float? startRate;

    /// <summary>The rate that the optimizer was given, before anything changed it during training.</summary>
    internal float StartRate => startRate ?? LearningRate;

    /// <summary>From now on changes of the rate are part of the training.</summary>
    internal void BeginRun() => startRate ??= LearningRate;

    /// <summary>Goes on with another rate, as if it had been given this one.</summary>
    internal void RestartAt(float rate) => (LearningRate, startRate) = (rate, rate);

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
        if (ClipNorm is { } norm) settings.Write(nameof(ClipNorm), (float)norm);
        if (GlobalClipNorm is { } global) settings.Write(nameof(GlobalClipNorm), (float)global);
        if (ClipValue is { } limit) settings.Write(nameof(ClipValue), (float)limit);
        settings.Write(nameof(GradientAccumulationSteps), GradientAccumulationSteps);
        settings.Write(nameof(UseEma), UseEma);
        settings.Write(nameof(EmaMomentum), (float)EmaMomentum);
        DescribeSettings(settings);
    }

    internal void SaveState(StateWriter to)
    {
        to.Write("steps", Steps);
        to.Write("learningRate", LearningRate);
        to.Write("startRate", StartRate);
        to.Write("buffers", state.Count);
        for (int i = 0; i < state.Count; i++) to.Write($"buffer.{i}", state[i]);
        to.Write("accumulated", accumulated);
        if (accumulated > 0) to.Write("gradients", scratch!);
        to.Write("averages", average is not null);
        if (average is not null) to.Write("average", average);
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action, which cannot fail, puts it in place.</summary>
    /// <exception cref="InvalidOperationException">The optimizer belongs to other parameters.</exception>
    internal Action PrepareState(ParameterSet parameters, StateReader from)
    {
        RequireOwner(parameters);
        int length = parameters.Flat.Length, inProgress = (int)from.ReadInt64("accumulated");
        long steps = from.ReadInt64("steps");
        (float rate, float start) = (from.ReadSingle("learningRate"), from.ReadSingle("startRate"));
        var buffers = new List<FlatBuffer>();
        for (long count = from.ReadInt64("buffers"); buffers.Count < count;) buffers.Add(Read($"buffer.{buffers.Count}"));
        FlatBuffer? gradients = inProgress > 0 ? Read("gradients") : null, mean = from.ReadBoolean("averages") ? Read("average") : null;
        return () =>
        {
            state.Clear();
            state.AddRange(buffers);
            (scratch, accumulated, average, owner) = (gradients, inProgress, mean, steps > 0 || inProgress > 0 ? parameters : null);
            (Steps, LearningRate, startRate) = (steps, rate, start);
        };

        FlatBuffer Read(string name)
        {
            var buffer = new FlatBuffer(length);
            from.ReadArray(name, length).CopyTo(buffer.AsSpan());
            return buffer;
        }
    }

    private void RequireOwner(ParameterSet parameters)
    {
        if (owner is null || owner == parameters) return;
        throw new InvalidOperationException(
            $"This {GetType().Name} already trains another model; its state belongs to that model's parameters. Make a new one.");
    }
}
