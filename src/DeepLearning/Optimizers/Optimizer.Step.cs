using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>A step: what a rule is given, and what happens before and after it.</content>
public abstract partial class Optimizer
{
    private readonly List<FlatBuffer> state = [];
    private readonly List<FlatBuffer> scratch = [];
    private readonly ParameterRuns runs = new();
    private FlatBuffer? unmoved;

    /// <summary>The run being updated, and its rate as float32; null between steps.</summary>
    private (ParameterRun Run, float Rate)? current;

    /// <summary>
    /// Whether the rule is given one whole <see cref="Parameter"/> at a time, since it needs a parameter's shape or norm; false by default.
    /// </summary>
    protected virtual bool ByParameter => false;

    /// <summary>
    /// The rate for the formula of a rule, as float32: that of the step, times the <see cref="Parameter.RateScale"/> of the parameters that the rule is given.
    /// </summary>
    protected float Rate => current?.Rate ?? (float)rate.At(Steps);

    /// <summary>The parameter that the rule is given, if <see cref="ByParameter"/>: its values are the first ones of w, the rest is padding.</summary>
    /// <exception cref="InvalidOperationException">The rule is given several at once, or there is no step in progress.</exception>
    protected Parameter Parameter
        => current?.Run.Parameter ?? throw new InvalidOperationException(
            $"{nameof(Parameter)} belongs in {nameof(Update)} of a rule whose {nameof(ByParameter)} is true: it is given one parameter at a time.");

    /// <summary>Whether any parameter may decay.</summary>
    private protected virtual bool MayDecay => WeightDecay > 0;

    /// <summary>The decay applied before the rule to the parameters it is given; 0 for a rule that applies it itself.</summary>
    private protected virtual double DecayBefore => WeightDecay;

    /// <summary>Whether the parameters that the rule is given decay.</summary>
    private protected bool Decays => current?.Run.Decays ?? false;

    /// <summary>
    /// One step of the rule, over parameters with the same options: over all at once, or, if their options differ, once for each run of adjacent parameters
    /// with equal options, each with its <see cref="Rate"/> and its part of <see cref="State"/>; or over one parameter at a time, if
    /// <see cref="ByParameter"/>.
    /// </summary>
    /// <param name="w">The weights, to be changed in place; parameters one after another with padding between them, a multiple of 16 long. The padding is 0 at
    /// each call, regardless of what the rule leaves there.</param>
    /// <param name="g">Their gradients, in the same layout.</param>
    /// <param name="t">The number of this step, from 1.</param>
    protected abstract void Update(Span<float> w, ReadOnlySpan<float> g, long t);

    /// <summary>A state buffer in the layout of the weights; during an update, the part that belongs to the current run.</summary>
    /// <param name="index">0 for the first buffer, and so on.</param>
    /// <param name="initial">Its initial values.</param>
    protected Span<float> State(int index, float initial = 0f)
    {
        if (owner is null) throw new InvalidOperationException($"{nameof(State)} belongs in {nameof(Update)}: before a step there is nothing to keep a state of.");
        while (state.Count <= index)
        {
            var buffer = new FlatBuffer(owner.Flat.Length);
            if (initial != 0f && state.Count == index) Blocks.Fill(buffer.AsSpan(), initial);
            state.Add(buffer);
        }

        Span<float> all = state[index].AsSpan();
        return current is { } now ? all.Slice(now.Run.Start, now.Run.Length) : all;
    }

    /// <summary>Scratch memory for a rule, with arbitrary contents: not kept between calls.</summary>
    private protected Span<float> Scratch(int index, int length)
    {
        while (scratch.Count <= index) scratch.Add(new FlatBuffer(0));
        if (scratch[index].Length < length) scratch[index] = new FlatBuffer(FlatBuffer.Align(length));
        return scratch[index].AsSpan()[..length];
    }

    /// <summary>A step with these gradients, or with the accumulated ones if they are empty.</summary>
    private void Make(ParameterSet parameters, Span<float> gradients)
    {
        if (Steps > 0) Step(parameters, gradients);
        else FirstStep(parameters, gradients);
    }

    /// <summary>
    /// The step that allocates the state. If there is not enough memory, the optimizer is like new, bound to no model and without accumulated gradients, and
    /// the weights are unchanged.
    /// </summary>
    private void FirstStep(ParameterSet parameters, Span<float> gradients)
    {
        FindRuns(parameters);
        if (UnknownExclusion(parameters) is { } unknown) throw new InvalidOperationException(unknown);
        bool changesBefore = MayDecay || UseEma || Lookahead is not null || runs.Count > 1 || parameters.Any(p => p.Options.Constraint is not null);
        float[]? weights = changesBefore ? parameters.Flat.AsSpan().ToArray() : null;
        try
        {
            owner = parameters;
            Step(parameters, gradients);
        }
        catch
        {
            if (weights is not null) Blocks.Copy(weights, parameters.Flat.AsSpan());
            (owner, unmoved) = (null, null);
            state.Clear();
            scratch.Clear();
            slow.Restore(null);
            accumulation.Release();
            clipping.Release();
            average.Release();
            throw;
        }
    }

    private void Step(ParameterSet parameters, Span<float> gradients)
    {
        FindRuns(parameters);
        double now = rate.At(Steps);
        runs.RequireRates(now);
        if (ClipsSeveralWays) throw new InvalidOperationException(OneWayOfClipping);
        ReadOnlySpan<float> g = accumulation.Add(gradients, GradientAccumulationSteps, runs);
        if (g.IsEmpty) return;
        g = clipping.Clip(g, ClipLimits, parameters, runs);
        Span<float> w = parameters.Flat.AsSpan();
        foreach (ParameterRun run in runs)
            if (run.Trainable) Move(run, now, w, g);
        ClearPadding(parameters, w);
        Constrain(parameters, now);
        if (UseEma) average.Add(parameters, EmaMomentum);
        Steps++;
    }

    private void FindRuns(ParameterSet parameters) => runs.Find(parameters, MayDecay, Excluded, ByParameter);

    /// <summary>Decay and rule, for one run.</summary>
    private void Move(ParameterRun run, double now, Span<float> weights, ReadOnlySpan<float> gradients)
    {
        current = (run, (float)(now * run.RateScale));
        try
        {
            Span<float> w = weights.Slice(run.Start, run.Length), copy = default;
            if (!(Rate > 0f) || Lookahead is not null) copy = CopyOf(w, run.Start, weights.Length);
            if (!(Rate > 0f)) w = copy;
            float decay = (float)DecayBefore;
            if (run.Decays && decay > 0f) Elementwise.Map(new ScaledBy(1f - Rate * decay), w, w);
            Update(w, gradients.Slice(run.Start, run.Length), Steps + 1);
            if (Lookahead is { } settings && Rate > 0f) slow.Follow(copy, w, run.Start, weights.Length, settings, Steps + 1);
        }
        finally
        {
            current = null;
        }
    }

    /// <summary>A copy of the weights: for a rule to move at rate 0, where only its state advances, and to measure how far it moved them.</summary>
    private Span<float> CopyOf(ReadOnlySpan<float> w, int start, int length)
    {
        unmoved ??= new FlatBuffer(length);
        Span<float> copy = unmoved.AsSpan().Slice(start, w.Length);
        Blocks.Copy(w, copy);
        return copy;
    }

    private static void Constrain(ParameterSet parameters, double now)
    {
        // By index: enumerating the set allocates.
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter parameter = parameters[i];
            if (parameter.Options.Constraint is { } constraint && parameter.Trainable && (float)(now * parameter.RateScale) > 0f)
                constraint.Apply(parameter.Value);
        }
    }

    /// <summary>A rule may compute 0/0 in the padding, which would then affect checks and norms over the whole buffer.</summary>
    private void ClearPadding(ParameterSet parameters, Span<float> w)
    {
        // By index: enumerating the set allocates.
        for (int i = 0; i < parameters.Count; i++)
        {
            int start = parameters[i].Offset + parameters[i].Value.Count, length = FlatBuffer.Align(parameters[i].Value.Count) - parameters[i].Value.Count;
            if (length == 0) continue;
            Blocks.Fill(w.Slice(start, length), 0f);
            foreach (FlatBuffer buffer in state) Blocks.Fill(buffer.AsSpan().Slice(start, length), 0f);
            if (slow.Way is { } way) Blocks.Fill(way.AsSpan().Slice(start, length), 0f);
        }
    }
}
