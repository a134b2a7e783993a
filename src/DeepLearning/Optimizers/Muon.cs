using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Orthogonalized momentum, for matrices [n, k]: m = μ·m + g, u = g + μ·m, w −= lr·√max(1, n/k)·orthogonal(u), by a Newton–Schulz iteration. All other
/// parameters, and those of <see cref="ExcludeLayers"/>, are trained by AdamW at a tenth of the rate. Jordan et al. 2024. Keras: <c>Muon</c>, which also takes
/// stacks of matrices and excludes embeddings by name. (PyTorch: 5 steps, matrices only, m as an average, in the same direction; its kernels are [out, in], so
/// n/k is inverted.)
/// </summary>
/// <example><c>new Muon(0.02) { ExcludeLayers = ["embedding", "output"] }</c></example>
public sealed class Muon : Optimizer
{
    /// <summary>Muon with the defaults of Keras before 3.16.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    /// <param name="weightDecay">The fraction of a matrix, times the rate, that is subtracted at each step; 0.1 by default.</param>
    public Muon(double learningRate = 1e-3, double weightDecay = 0.1) : base(learningRate) => WeightDecay = weightDecay;

    /// <summary>Muon with the defaults of Keras before 3.16, and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    /// <param name="weightDecay">The fraction of a matrix, times the rate, that is subtracted at each step; 0.1 by default.</param>
    public Muon(Schedule learningRate, double weightDecay = 0.1) : base(learningRate) => WeightDecay = weightDecay;

    /// <summary>Momentum μ: the fraction of the mean that is kept, in [0, 1); 0.95 by default.</summary>
    public double Momentum { get; init => field = Setting.Share(value); } = 0.95;

    /// <summary>Whether u looks ahead; if not, it is m. True by default.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>Steps of the iteration that makes u orthogonal, ≥ 1; 6 by default (PyTorch: 5).</summary>
    public int NewtonSchulzSteps
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(NewtonSchulzSteps), value, $"{nameof(NewtonSchulzSteps)} must be ≥ 1, got {value}.");
    } = 6;

    /// <summary>
    /// Layers whose matrices AdamW trains, by name, or single parameters, <c>dense_1.kernel</c>; none by default. Its authors exclude embeddings and the last
    /// layer. An unknown name throws at <c>Compile</c> and at the first update. Keras: <c>exclude_layers</c>, with patterns.
    /// </summary>
    public IReadOnlyList<string> ExcludeLayers { get; init => field = RequireNames(value); } = [];

    /// <summary>AdamW's rate as a fraction of this optimizer's, ≥ 0; 0.1 by default.</summary>
    public double AdamRateRatio { get; init => field = Setting.NotNegative(value); } = 0.1;

    /// <summary>Decay rate of AdamW's mean, in [0, 1); 0.9 by default.</summary>
    public double AdamBeta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Decay rate of AdamW's mean square, in [0, 1); 0.999 by default.</summary>
    public double AdamBeta2 { get; init => field = Setting.Share(value); } = 0.999;

    /// <summary>Keeps AdamW's denominator away from 0; 1e-7 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

    /// <summary>The weight decay of the parameters that AdamW trains, at the full rate, as in Keras; 0.004 by default.</summary>
    public double AdamWeightDecay { get; init => field = Setting.NotNegative(value); } = 0.004;

    private protected override int? StateBuffers => 2;

    private protected override bool MayDecay => WeightDecay > 0 || AdamWeightDecay > 0;

    private protected override double DecayBefore => IsMatrix(Parameter) ? WeightDecay : AdamWeightDecay;

    /// <inheritdoc/>
    protected override bool ByParameter => true;

    /// <inheritdoc/>
    protected override float LargestGradient => LargestToSquare;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Momentum), (float)Momentum);
        settings.Set(nameof(Nesterov), Nesterov);
        settings.Set(nameof(NewtonSchulzSteps), NewtonSchulzSteps);
        settings.Set(nameof(ExcludeLayers), string.Join(", ", ExcludeLayers.Distinct().Order(StringComparer.Ordinal)));
        settings.Set(nameof(AdamRateRatio), (float)AdamRateRatio);
        settings.Set(nameof(AdamBeta1), (float)AdamBeta1);
        settings.Set(nameof(AdamBeta2), (float)AdamBeta2);
        settings.Set(nameof(Epsilon), (float)Epsilon);
        settings.Set(nameof(AdamWeightDecay), (float)AdamWeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        // Both states exist whatever the parameters are.
        Span<float> m = State(0), v = State(1);
        if (IsMatrix(Parameter))
        {
            Orthogonal(w, g, m, Parameter.Shape[0], Parameter.Shape[1]);
            return;
        }

        float rate = Rate * (float)AdamRateRatio;
        OptimizerLoop.Run(AdamRule.At(t, rate, (float)AdamBeta1, (float)AdamBeta2, (float)Epsilon, amsGrad: false), w, g, m, v);
    }

    private void Orthogonal(Span<float> w, ReadOnlySpan<float> g, Span<float> m, int rows, int columns)
    {
        float momentum = (float)Momentum;
        Elementwise.Map(new Decayed(momentum), m, g, m);
        Span<float> u = Scratch(0, w.Length);
        if (Nesterov) Elementwise.Map(new Decayed(momentum), m, g, u);
        else Blocks.Copy(m, u);
        int size = rows * columns, least = Math.Min(rows, columns);
        var iteration = new NewtonSchulz(rows, columns, u[..size], Scratch(1, size), Scratch(2, least * least), Scratch(3, least * least));
        ReadOnlySpan<float> direction = iteration.Run(NewtonSchulzSteps);
        float scale = (float)(-Rate * Math.Sqrt(Math.Max(1, (double)rows / columns)));
        Elementwise.Map(new ScaledBy(scale), direction, w[..size], accumulate: true);
    }

    /// <inheritdoc/>
    internal override string? UnknownExclusion(ParameterSet parameters)
        => ExcludeLayers.FirstOrDefault(name => !parameters.Any(p => Names(name, p))) is { } unknown
            ? $"{nameof(ExcludeLayers)} names '{unknown}', but no parameter has this name or is of such a layer. "
                + $"There are {string.Join(", ", parameters.Select(p => p.Name))}."
            : base.UnknownExclusion(parameters);

    private bool IsMatrix(Parameter parameter)
    {
        // By index: a LINQ query would allocate at each step.
        for (int i = 0; i < ExcludeLayers.Count; i++)
            if (Names(ExcludeLayers[i], parameter)) return false;
        return parameter.Shape.Rank == 2;
    }

    private static bool Names(string name, Parameter parameter)
        => parameter.Name.StartsWith(name, StringComparison.Ordinal) && (parameter.Name.Length == name.Length || parameter.Name[name.Length] == '.');

    private static IReadOnlyList<string> RequireNames(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names, nameof(ExcludeLayers));
        foreach (string name in names) ArgumentException.ThrowIfNullOrEmpty(name, nameof(ExcludeLayers));
        return [.. names];
    }

    /// <summary>y = μ·x + g.</summary>
    private readonly struct Decayed(float momentum) : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> g) => x * momentum + g;
    }
}
