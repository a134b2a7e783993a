using System.Globalization;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Updates parameters from their gradients. The order of a step, as in Keras: average accumulated gradients → clip → weight decay → update → constraints →
/// moving average of the weights → count. An optimizer belongs to the parameters of its first update: its state has their layout. <c>Fit</c> begins without
/// accumulated gradients and without a moving average; the rule's own state carries over from run to run.
/// </summary>
public abstract partial class Optimizer
{
    internal const string OneWayOfClipping = $"Set one of {nameof(ClipNorm)}, {nameof(GlobalClipNorm)} and {nameof(ClipValue)}, not several.";

    private readonly List<FlatBuffer> state = [];
    private ParameterSet? owner;
    private FlatBuffer? unmoved;

    /// <summary>An optimizer with this learning rate.</summary>
    /// <param name="learningRate">Step size, ≥ 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    protected Optimizer(double learningRate) => constantRate = Setting.NotNegative(learningRate, nameof(LearningRate));

    /// <summary>An optimizer whose learning rate follows a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    protected Optimizer(Schedule learningRate)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        Schedule = learningRate;
    }

    /// <summary>
    /// Decoupled weight decay: w −= learningRate·decay·w before each update; 0 by default. It applies to all parameters except those whose
    /// <see cref="ParameterOptions.Decays"/> is false and those in <see cref="ExcludeFromWeightDecay"/>.
    /// </summary>
    public double WeightDecay { get; init => field = Setting.NotNegative(value); }

    /// <summary>
    /// Parameters that do not decay, by name, <c>dense_1.bias</c>, or by its ending, <c>bias</c> for the bias of every layer; none by default.
    /// Keras: <c>exclude_from_weight_decay(var_names=…)</c>, which takes any part of a name. An unknown name throws at <c>Compile</c>, and in the first update.
    /// </summary>
    /// <example><c>new AdamW { ExcludeFromWeightDecay = ["bias"] }</c></example>
    public IReadOnlyList<string> ExcludeFromWeightDecay { get; init => field = RequireNames(value); } = [];

    /// <summary>The gradient of each parameter is scaled down to at most this Euclidean norm; none by default.</summary>
    public double? ClipNorm { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>All gradients together are scaled down to at most this Euclidean norm; none by default.</summary>
    public double? GlobalClipNorm { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>Each value of a gradient is clipped to ± this; none by default.</summary>
    public double? ClipValue { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>
    /// Updates once every this many calls, with the average of their gradients; 1 by default. <c>Fit</c> makes the last update of an epoch with the average of
    /// what there is, so that nothing is left for the next epoch or run (Keras keeps accumulating into the next epoch); a custom loop calls
    /// <see cref="ApplyAccumulated"/>.
    /// </summary>
    public int GradientAccumulationSteps
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(GradientAccumulationSteps), value, $"{nameof(GradientAccumulationSteps)} must be ≥ 1, got {value}.");
    } = 1;

    /// <summary>
    /// Keeps a moving average of the weights, from the first update of each <c>Fit</c>; false by default. At the end of an epoch it temporarily replaces the
    /// weights: validation and callbacks after the epoch use it, such as the weights that <c>EarlyStopping</c> keeps and the files of <c>ModelCheckpoint</c>.
    /// Training then continues from the trained weights, and when <c>Fit</c> ends, the average replaces them. A callback that sets the weights after an
    /// epoch starts both over. After a cancellation or an exception the model has the trained weights. (Keras applies the average once, when <c>fit</c> ends,
    /// and continues from it in the next call.)
    /// </summary>
    public bool UseEma { get; init; }

    /// <summary>The decay rate of the moving average, in [0, 1); 0.99 by default.</summary>
    public double EmaMomentum { get; init => field = Setting.Share(value); } = 0.99;

    /// <summary>Updates made so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The kind, and the current rate or the schedule.</summary>
    public override string ToString() => $"{GetType().Name}({Schedule?.ToString() ?? Rate.ToString(CultureInfo.InvariantCulture)})";

    /// <summary>Whether more than one way of clipping is set, whose order is undefined.</summary>
    internal bool ClipsSeveralWays => (ClipNorm is null ? 0 : 1) + (GlobalClipNorm is null ? 0 : 1) + (ClipValue is null ? 0 : 1) > 1;

    /// <summary>
    /// The largest size of a gradient that the rule can take; every finite one by default. A rule that squares gradients returns 2⁶³, since from 2⁶⁴ on their
    /// squares are infinite in float32, and the weight would never move again or become NaN. Gradients that are clipped to less may have any size.
    /// </summary>
    protected virtual float LargestGradient => float.MaxValue;

    /// <summary>Makes one step: changes the parameters by their gradients.</summary>
    /// <param name="parameters">The parameters to train; the same set at every call.</param>
    /// <param name="gradients">Gradients from the tape that watched them.</param>
    /// <exception cref="ArgumentException">
    /// The tape watched none of the parameters, or a gradient is not finite or larger than <see cref="LargestGradient"/>; nothing was changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer already belongs to other parameters, clips in several ways, or excludes an unknown parameter from weight decay; no parameter is
    /// trainable; or the schedule gives a rate that is negative or not finite. Nothing was changed.
    /// </exception>
    public void Update(ParameterSet parameters, Gradients gradients)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradients);
        RequireOwner(parameters);
        if (!Takes(parameters, gradients))
        {
            throw new ArgumentException(
                $"No step was made: {FaultOf(parameters, gradients)}. Use a lower learning rate, scaled inputs, or {nameof(GlobalClipNorm)}.",
                nameof(gradients));
        }

        UpdateTaken(parameters, gradients);
    }

    /// <summary>
    /// One step of the rule, over parameters with the same options: over all at once, or, if their options differ, once for each run of adjacent parameters
    /// with equal options, each with its <see cref="Rate"/> and its part of <see cref="State"/>.
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
        return current is { } run ? all.Slice(run.Start, run.Length) : all;
    }

    /// <summary>The step of <see cref="Update(ParameterSet, Gradients)"/> with gradients that <see cref="Takes"/> has checked.</summary>
    internal void UpdateTaken(ParameterSet parameters, Gradients gradients)
    {
        RequireOwner(parameters);
        Make(parameters, gradients.Flat(parameters));
        if (parameters.States is { } states) gradients.Staged.Commit(states);
    }

    /// <summary>A step with these gradients, or with the accumulated ones if they are empty.</summary>
    private void Make(ParameterSet parameters, Span<float> gradients)
    {
        if (Steps > 0) Step(parameters, gradients);
        else FirstStep(parameters, gradients);
    }

    /// <summary>
    /// The step that allocates the state. If there is not enough memory, the optimizer is as new, bound to no model and without accumulated gradients, and the
    /// weights are unchanged.
    /// </summary>
    private void FirstStep(ParameterSet parameters, Span<float> gradients)
    {
        FindRuns(parameters);
        bool changesBefore = WeightDecay > 0 || UseEma || runs.Count > 1 || parameters.Any(p => p.Options.Constraint is not null);
        float[]? weights = changesBefore ? parameters.Flat.AsSpan().ToArray() : null;
        try
        {
            owner = parameters;
            Step(parameters, gradients);
        }
        catch
        {
            if (weights is not null) Blocks.Copy(weights, parameters.Flat.AsSpan());
            (owner, unmoved, scratch, average) = (null, null, null, null);
            state.Clear();
            Restart();
            throw;
        }
    }

    private void Step(ParameterSet parameters, Span<float> gradients)
    {
        FindRuns(parameters);
        double rate = NextRate();
        RequireRates(rate);
        ReadOnlySpan<float> g = Accumulate(gradients);
        if (g.IsEmpty) return;
        g = Clip(parameters, g);
        Span<float> w = parameters.Flat.AsSpan();
        foreach (Run run in runs)
            if (run.Trainable) Move(run, rate, w, g);
        ClearPadding(parameters, w);
        Constrain(parameters, rate);
        if (UseEma) Average(parameters);
        Steps++;
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
        }
    }
}
