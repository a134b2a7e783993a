using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Moves parameters against their gradients. The order of a step, as in Keras: average accumulated gradients → clip → weight decay → update →
/// moving average of the weights → count. An optimizer belongs to the parameters of its first update: its state has their layout.
/// </summary>
public abstract partial class Optimizer
{
    internal const string OneWayOfClipping = $"Set one of {nameof(ClipNorm)}, {nameof(GlobalClipNorm)} and {nameof(ClipValue)}, not several.";

    private readonly List<FlatBuffer> state = [];
    private ParameterSet? owner;
    private FlatBuffer? scratch, average;
    private int accumulated;

    /// <summary>An optimizer with this learning rate.</summary>
    /// <param name="learningRate">Step size, ≥ 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    protected Optimizer(double learningRate) => LearningRate = (float)Setting.NotNegative(learningRate, nameof(LearningRate));

    /// <summary>Step size, ≥ 0; may be changed between steps. 0 leaves the weights as they are.</summary>
    public float LearningRate { get; set => field = (float)Setting.NotNegative(value); }

    /// <summary>Decoupled weight decay: w −= learningRate·decay·w before each update; 0 by default.</summary>
    public double WeightDecay { get; init => field = Setting.NotNegative(value); }

    /// <summary>The gradient of each parameter is scaled down to at most this Euclidean norm; none by default.</summary>
    public double? ClipNorm { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>All gradients together are scaled down to at most this Euclidean norm; none by default.</summary>
    public double? GlobalClipNorm { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>Each value of a gradient is clipped to ± this; none by default.</summary>
    public double? ClipValue { get; init => field = value is { } limit ? Setting.Positive(limit) : null; }

    /// <summary>Updates once in so many calls, with the average of their gradients; 1 by default.</summary>
    public int GradientAccumulationSteps
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(GradientAccumulationSteps), value, $"{nameof(GradientAccumulationSteps)} is ≥ 1, got {value}.");
    } = 1;

    /// <summary>Keeps a moving average of the weights, which replaces them when <c>Fit</c> ends; false by default.</summary>
    public bool UseEma { get; init; }

    /// <summary>The share of the moving average that is kept at each step, in [0, 1); 0.99 by default.</summary>
    public double EmaMomentum { get; init => field = Setting.Share(value); } = 0.99;

    /// <summary>Updates made so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether more than one way of clipping is set, whose order nobody has said.</summary>
    internal bool ClipsSeveralWays => (ClipNorm is null ? 0 : 1) + (GlobalClipNorm is null ? 0 : 1) + (ClipValue is null ? 0 : 1) > 1;

    /// <summary>Makes one step: changes the parameters by their gradients.</summary>
    /// <param name="parameters">What is trained; the same set at every call.</param>
    /// <param name="gradients">From the tape that watched them.</param>
    /// <exception cref="InvalidOperationException">The optimizer already belongs to other parameters, or clips in several ways.</exception>
    public void Update(ParameterSet parameters, Gradients gradients)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradients);
        RequireOwner(parameters);
        Span<float> g = gradients.Flat(parameters);
        if (Steps > 0) Step(parameters, g);
        else FirstStep(parameters, g);
    }

    /// <summary>One step of the rule, over all parameters at once.</summary>
    /// <param name="w">The weights, to be changed in place; parameters one after another with zeros between them, a multiple of 16 long.</param>
    /// <param name="g">Their gradients, in the same layout.</param>
    /// <param name="t">The number of this step, from 1.</param>
    protected abstract void Update(Span<float> w, ReadOnlySpan<float> g, long t);

    /// <summary>A state buffer in the layout of the weights.</summary>
    /// <param name="index">0 for the first buffer, and so on.</param>
    /// <param name="initial">Its first values.</param>
    protected Span<float> State(int index, float initial = 0f)
    {
        while (state.Count <= index)
        {
            var buffer = new FlatBuffer(owner!.Flat.Length);
            if (initial != 0f) buffer.AsSpan().Fill(initial);
            state.Add(buffer);
        }

        return state[index].AsSpan();
    }

    /// <summary>
    /// Puts the moving average in place of the weights, where <see cref="UseEma"/> keeps one. <c>Fit</c> does it at its end, before callbacks such as
    /// early stopping put weights of their own back; a loop of one's own calls it when it is done.
    /// </summary>
    public void ApplyAverage()
    {
        if (average is not null) average.AsSpan().CopyTo(owner!.Flat.AsSpan());
    }

    /// <summary>
    /// The step that allocates the state. Where there is no memory for it, the optimizer is as new, of no model and without gradients that were
    /// accumulated, and the weights are as they were.
    /// </summary>
    private void FirstStep(ParameterSet parameters, Span<float> g)
    {
        float[]? weights = WeightDecay > 0 || UseEma ? parameters.Flat.AsSpan().ToArray() : null;
        try
        {
            owner = parameters;
            Step(parameters, g);
        }
        catch
        {
            weights?.CopyTo(parameters.Flat.AsSpan());
            (owner, scratch, average, accumulated) = (null, null, null, 0);
            state.Clear();
            throw;
        }
    }

    private void Step(ParameterSet parameters, Span<float> gradients)
    {
        ReadOnlySpan<float> g = Accumulate(gradients);
        if (g.IsEmpty) return;
        g = Clip(parameters, g);
        Span<float> w = parameters.Flat.AsSpan();
        if (WeightDecay > 0) Elementwise.Map(new Scale(1f - LearningRate * (float)WeightDecay), w, w);
        Update(w, g, Steps + 1);
        if (UseEma) Average(w);
        Steps++;
    }

    /// <summary>The gradients to use at this call: themselves, or the average at the last of several calls, or nothing.</summary>
    private ReadOnlySpan<float> Accumulate(Span<float> g)
    {
        if (GradientAccumulationSteps == 1) return g;
        scratch ??= new FlatBuffer(g.Length);
        Span<float> sum = scratch.AsSpan();
        if (accumulated == 0) sum.Clear();
        Elementwise.Map(new Scale(1f / GradientAccumulationSteps), g, sum, accumulate: true);
        accumulated = (accumulated + 1) % GradientAccumulationSteps;
        return accumulated == 0 ? sum : default;
    }

    private ReadOnlySpan<float> Clip(ParameterSet parameters, ReadOnlySpan<float> g)
    {
        if (ClipNorm is null && GlobalClipNorm is null && ClipValue is null) return g;
        if (ClipsSeveralWays) throw new InvalidOperationException(OneWayOfClipping);
        scratch ??= new FlatBuffer(g.Length);
        Span<float> clipped = scratch.AsSpan();
        g.CopyTo(clipped);
        if (GlobalClipNorm is { } global) ScaleTo(clipped, (float)global);
        if (ClipNorm is { } norm)
        {
            // By index: the set's enumerator is an object.
            for (int i = 0; i < parameters.Count; i++) ScaleTo(clipped.Slice(parameters[i].Offset, parameters[i].Value.Count), (float)norm);
        }

        if (ClipValue is { } limit) Elementwise.Map(new Bound((float)limit), clipped, clipped);
        return clipped;
    }

    private static void ScaleTo(Span<float> g, float limit)
    {
        double norm = Math.Sqrt(Reductions.Dot(g, g));
        if (norm > limit) Elementwise.Map(new Scale((float)(limit / norm)), g, g);
    }

    private void Average(ReadOnlySpan<float> w)
    {
        if (average is null)
        {
            average = new FlatBuffer(w.Length);
            w.CopyTo(average.AsSpan());
        }
        else
        {
            Elementwise.Map(new Mix((float)EmaMomentum), average.AsSpan(), w, average.AsSpan());
        }
    }

    private readonly struct Scale(float factor) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => x * factor;
    }

    private readonly struct Bound(float limit) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Min(Vector512.Max(x, Vector512.Create(-limit)), Vector512.Create(limit));
    }

    private readonly struct Mix(float keep) : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> average, Vector512<float> w) => average * keep + w * (1f - keep);
    }
}
