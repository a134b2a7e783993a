using System.Globalization;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Updates parameters from their gradients. The order of a step, as in Keras: average accumulated gradients → clip → weight decay → update → slow weights →
/// constraints → moving average of the weights → count. An optimizer belongs to the parameters of its first update: its state has their layout. <c>Fit</c>
/// starts without accumulated gradients and without a moving average; the rule's own state carries over from run to run.
/// </summary>
public abstract partial class Optimizer
{
    internal const string OneWayOfClipping = $"Set one of {nameof(ClipNorm)}, {nameof(GlobalClipNorm)} and {nameof(ClipValue)}, not several.";

    /// <summary>For rules that square gradients: 2⁶³. The square is at most a quarter of what float32 holds, and so is a mean of squares.</summary>
    private protected const float LargestToSquare = 9_223_372_036_854_775_808f;

    private readonly StepRate rate;
    private readonly GradientAccumulation accumulation = new();
    private readonly GradientClipping clipping = new();
    private readonly WeightAverage average = new();
    private readonly SlowWeights slow = new();
    private ParameterSet? owner;

    /// <summary>An optimizer with this learning rate.</summary>
    /// <param name="learningRate">Step size, ≥ 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    protected Optimizer(double learningRate) => rate = new StepRate(Setting.NotNegative(learningRate, nameof(LearningRate)));

    /// <summary>An optimizer whose learning rate follows a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    protected Optimizer(Schedule learningRate)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        rate = new StepRate(learningRate);
    }

    /// <summary>
    /// The learning rate of the next step, ≥ 0: the given number or <see cref="Schedule"/>, times <see cref="RateFactor"/>. Setting it, also
    /// between steps, replaces the number and resets the factor to 1; a rate that follows a schedule is changed only by the factor. Used as float32, like
    /// every setting. At 0 the weights keep their bits, regardless of momentum; the rule's state, the moving average and <see cref="Steps"/> still advance.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a number that is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// Set although a schedule gives the rate, or read when the schedule's rate is negative or not finite.
    /// </exception>
    public double LearningRate
    {
        get => rate.At(Steps);
        set
        {
            Setting.NotNegative(value);
            if (Schedule is not null)
            {
                throw new InvalidOperationException(
                    $"The learning rate of this {GetType().Name} follows {Schedule} and cannot be set. Set {nameof(RateFactor)}, which multiplies it, or create "
                    + "the optimizer with a number.");
            }

            rate.Set(value);
        }
    }

    /// <summary>The schedule of the rate; null if it is a number.</summary>
    public Schedule? Schedule => rate.Schedule;

    /// <summary>
    /// Multiplies the learning rate, ≥ 0 and finite; 1 by default. Callbacks that lower the rate under a schedule multiply it. It is part of the state saved in
    /// checkpoints.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double RateFactor { get => rate.Factor; set => rate.Factor = Setting.NotNegative(value); }

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
    public IReadOnlyList<string> ExcludeFromWeightDecay { get; init => field = DecayExclusions.Require(value); } = [];

    /// <summary>The gradient of each parameter is scaled down to at most this Euclidean norm; none by default.</summary>
    public double? ClipNorm { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>All gradients together are scaled down to at most this Euclidean norm; none by default.</summary>
    public double? GlobalClipNorm { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>Each value of a gradient is clipped to ± this; none by default.</summary>
    public double? ClipValue { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>
    /// Updates once every this many calls, with the average of their gradients; 1 by default. <c>Fit</c> makes the last update of an epoch with the average
    /// accumulated so far, so that nothing is left for the next epoch or run (Keras keeps accumulating into the next epoch); a custom loop calls
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

    /// <summary>
    /// Slow weights, which the weights come back to again and again; none by default. They are part of the rule's state: saved in checkpoints, and carried over
    /// from run to run. Steps of rate 0 do not count for where they meet.
    /// </summary>
    public Lookahead? Lookahead { get; init; }

    /// <summary>
    /// ρ of sharpness-aware minimization: each step takes the gradients not at the weights but at w + ρ·g/‖g‖, the worst point nearby, g being the gradients of
    /// all parameters at the weights; none by default, 0.05 in the paper. A step computes everything twice. Foret et al. 2021, algorithm 1. For <c>Fit</c> and
    /// <c>TrainOnBatch</c>: in a custom loop, take the gradients there yourself. Loss and figures are those at the weights, as are updates of layer state;
    /// random layers draw the same numbers at both points. With accumulation, each batch has its own point.
    /// </summary>
    public double? SharpnessRho { get; init => field = value is { } rho ? Setting.Positive(rho) : null; }

    /// <summary>Updates made so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The kind, and the current rate or the schedule.</summary>
    public override string ToString() => $"{GetType().Name}({Schedule?.ToString() ?? Rate.ToString(CultureInfo.InvariantCulture)})";

    /// <summary>The moving average, if <see cref="UseEma"/> keeps one and there was an update since it was restarted.</summary>
    internal FlatBuffer? RunningAverage => average.Running;

    /// <summary>The rate that the optimizer was given, before training changed it; with a schedule, the factor.</summary>
    internal double StartRate => rate.Start;

    /// <summary>The name of <see cref="StartRate"/>, for messages.</summary>
    internal string StartRateName => rate.StartName;

    /// <summary>Whether more than one way of clipping is set, whose order is undefined.</summary>
    internal bool ClipsSeveralWays => ClipLimits.AreSeveral;

    private ClipLimits ClipLimits => new(ClipNorm, GlobalClipNorm, ClipValue);

    private DecayExclusions Excluded => new(ExcludeFromWeightDecay);

    private float LimitOfGradients => ClipLimits.Any <= LargestGradient ? float.MaxValue : LargestGradient;

    /// <summary>
    /// The largest magnitude of a gradient that the rule can take; any finite one by default. A rule that squares gradients returns 2⁶³, since from 2⁶⁴ on
    /// their
    /// squares are infinite in float32, and the weight would never move again or become NaN. Gradients that are clipped to less may be larger.
    /// </summary>
    protected virtual float LargestGradient => float.MaxValue;

    /// <summary>Makes one step: updates the parameters from their gradients.</summary>
    /// <param name="parameters">The parameters to train; the same set at every call.</param>
    /// <param name="gradients">Gradients from the tape that watched them.</param>
    /// <exception cref="ArgumentException">
    /// The tape watched none of the parameters, or a gradient is not finite or larger than <see cref="LargestGradient"/>; nothing was changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer already belongs to other parameters, clips in several ways, or excludes an unknown parameter from weight decay; no parameter is
    /// trainable; a custom constraint was not loaded with the model; <see cref="SharpnessRho"/> is set; or the schedule gives a rate that is negative or not
    /// finite. Nothing was changed.
    /// </exception>
    public void Update(ParameterSet parameters, Gradients gradients)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradients);
        if (SharpnessRho is not null)
        {
            throw new InvalidOperationException(
                $"{nameof(SharpnessRho)} needs the gradients at a second point, which only Fit and TrainOnBatch take. In a custom loop, move the weights to that "
                + $"point, take the gradients, move the weights back, and call {nameof(Update)} of an optimizer without it.");
        }

        RequireOwner(parameters);
        if (!Takes(parameters, gradients))
        {
            throw new ArgumentException(
                $"No step was made: {FaultOf(parameters, gradients)}. Use a lower learning rate, scaled inputs, or {nameof(GlobalClipNorm)}.",
                nameof(gradients));
        }

        UpdateTaken(parameters, gradients);
    }

    /// <summary>Makes an update with the average of the gradients accumulated since the last one; does nothing if there are none.</summary>
    public void ApplyAccumulated()
    {
        if (accumulation.Count > 0) Make(owner!, default);
    }

    /// <summary>
    /// Replaces the weights by the moving average, if <see cref="UseEma"/> keeps one; the average then starts over. <c>Fit</c> does so at its end; a custom
    /// loop calls it when it is done.
    /// </summary>
    public void ApplyAverage() => average.Apply(owner);

    /// <summary>Says which excluded name no parameter has; null if there is none.</summary>
    internal virtual string? UnknownExclusion(ParameterSet parameters) => Excluded.UnknownIn(parameters);

    /// <summary>From now on, changes of the rate are part of the training.</summary>
    internal void BeginRun() => rate.BeginRun();

    /// <summary>Continues with another rate, as if it had been given this one.</summary>
    internal void RestartAt(double given) => rate.RestartAt(given);

    /// <summary>The next update restarts the average from the current weights.</summary>
    internal void RestartAverage() => average.Restart();

    /// <summary>Clears what must not carry over to the next run: accumulated gradients, and the average of the weights.</summary>
    internal void Restart()
    {
        accumulation.Clear();
        average.Restart();
    }

    /// <summary>Whether the rule can take each of these gradients.</summary>
    internal bool Takes(ParameterSet parameters, Gradients gradients)
    {
        FindRuns(parameters);
        ReadOnlySpan<float> g = gradients.Flat(parameters);
        foreach (ParameterRun run in runs)
            if (run.Trainable && !Reductions.AllWithin(g.Slice(run.Start, run.Length), LimitOfGradients)) return false;
        return parameters.States is not { } states || gradients.Staged.NotFinite(states) is null;
    }

    /// <summary>A message for a gradient that the rule cannot take, or state that would not be finite; null if there is none.</summary>
    internal string? FaultOf(ParameterSet parameters, Gradients gradients)
    {
        float limit = LimitOfGradients;
        foreach (Parameter parameter in parameters)
        {
            ReadOnlySpan<float> g = gradients[parameter].AsReadOnlySpan();
            if (!parameter.Trainable || Reductions.AllWithin(g, limit)) continue;
            if (!Reductions.AllFinite(g)) return $"the gradient of {parameter.Name} is not finite";
            (float least, float largest) = Reductions.Extent(g);
            float most = MathF.Max(-least, largest);
            return string.Create(CultureInfo.InvariantCulture,
                $"the gradient of {parameter.Name} reaches {most:G3}, and {GetType().Name} takes {limit:G3} at most: beyond, squares overflow float32");
        }

        return parameters.States is { } states && gradients.Staged.NotFinite(states) is { } fault ? $"the new {fault.Name} is not finite" : null;
    }

    /// <summary>The step of <see cref="Update(ParameterSet, Gradients)"/> with gradients that <see cref="Takes"/> has checked.</summary>
    internal void UpdateTaken(ParameterSet parameters, Gradients gradients)
    {
        RequireOwner(parameters);
        Make(parameters, gradients.Flat(parameters));
        if (parameters.States is { } states) gradients.Staged.Commit(states);
    }
}
