using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Each gradient divided by the root of its mean square v, of which a matrix keeps only the row means r and column means c: v = r·c/mean(r), with
/// β = 1 − t^−0.8, r = β·r + (1−β)·mean(g² + ε₁), c likewise; u = g/√v, w −= max(ε₂, rms(w))·ρ·u/max(1, rms(u)/d), ρ = min(lr, 1/√t). Shazeer and Stern 2018,
/// algorithms 4 and 5. Keras: <c>Adafactor</c> (PyTorch: rate 1e-2, and ρ is always limited this way). With more than two dimensions, the last two are
/// factored. The means lie in one buffer of the weights' size: half of what Adam keeps. Several passes over the memory of a parameter.
/// </summary>
public sealed class Adafactor : Optimizer
{
    /// <summary>Adafactor with Keras's defaults.</summary>
    /// <param name="learningRate">Step size, in units of the weights' root mean square; 1e-3 by default.</param>
    public Adafactor(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>Adafactor with Keras's defaults and a schedule, which <see cref="RelativeStep"/> does not limit.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public Adafactor(Schedule learningRate) : base(learningRate) { }

    /// <summary>The exponent of t in β, ≤ 0; −0.8 by default.</summary>
    public double Beta2Decay
    {
        get;
        init => field = Setting.Finite(value) <= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Beta2Decay), value, FormattableString.Invariant($"{nameof(Beta2Decay)} must be ≤ 0, got {value}."));
    } = -0.8;

    /// <summary>Added to the squared gradients, > 0; 1e-30 by default.</summary>
    public double Epsilon1 { get; init => field = Setting.Positive(value); } = 1e-30;

    /// <summary>The minimum of rms(w), ≥ 0, for weights near 0; 1e-3 by default.</summary>
    public double Epsilon2 { get; init => field = Setting.NotNegative(value); } = 1e-3;

    /// <summary>The largest root mean square d of u, > 0; 1 by default. Part of the rule; gradient clipping comes before it.</summary>
    public double ClipThreshold { get; init => field = Setting.Positive(value); } = 1;

    /// <summary>Whether a rate given as a number is limited to 1/√t; true by default.</summary>
    public bool RelativeStep { get; init; } = true;

    private protected override int? StateBuffers => 1;

    /// <inheritdoc/>
    protected override bool ByParameter => true;

    /// <inheritdoc/>
    protected override float LargestGradient => LargestToSquare;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Beta2Decay), (float)Beta2Decay);
        settings.Set(nameof(Epsilon1), (float)Epsilon1);
        settings.Set(nameof(Epsilon2), (float)Epsilon2);
        settings.Set(nameof(ClipThreshold), (float)ClipThreshold);
        settings.Set(nameof(RelativeStep), RelativeStep);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        Shape shape = Parameter.Shape;
        w = w[..shape.Size];
        g = g[..shape.Size];
        float beta = (float)(1 - Math.Pow(t, (float)Beta2Decay));
        Span<float> step = Scratch(0, w.Length);
        // For a single row or column, factors would give the same with more rounding, and store more values than weights.
        if (shape.Rank >= 2 && shape[^1] > 1 && shape[^2] > 1) Factored(g, step, beta, shape[^2], shape[^1]);
        else Plain(g, step, beta);
        double rate = Schedule is null && RelativeStep ? Math.Min(Rate, 1 / Math.Sqrt(t)) : Rate;
        double length = Math.Max((float)Epsilon2, RootMeanSquare(w)) / Math.Max(1, RootMeanSquare(step) / (float)ClipThreshold);
        Elementwise.Map(new ScaledBy((float)(-rate * length)), step, w, accumulate: true);
    }

    private static double RootMeanSquare(ReadOnlySpan<float> x) => Math.Sqrt(Reductions.Dot(x, x) / x.Length);

    private void Plain(ReadOnlySpan<float> g, Span<float> step, float beta)
    {
        Span<float> v = State(0)[..g.Length];
        Elementwise.Map(new MeanSquare(beta, (float)Epsilon1), v, g, v);
        Elementwise.Map(new DividedByRoot(), g, v, step);
    }

    /// <summary>The step of matrices [rows, columns], one after another. The state has the means of all rows, then those of all columns.</summary>
    private void Factored(ReadOnlySpan<float> g, Span<float> step, float beta, int rows, int columns)
    {
        int matrices = g.Length / rows / columns;
        Span<float> state = State(0), ofRows = state[..(matrices * rows)], ofColumns = state.Slice(matrices * rows, matrices * columns);
        Elementwise.Map(new Square((float)Epsilon1), g, step);
        Average(step, ofRows, beta, matrices * rows, columns, 1);
        Average(step, ofColumns, beta, matrices, rows, columns);
        Span<float> total = Scratch(1, matrices), scale = Scratch(2, ofRows.Length);
        Reductions.Sum(ofRows, total, matrices, rows, 1);
        Elementwise.MapAlong(new RowScale(rows), ofRows, total, total, scale, matrices, rows, 1);
        Elementwise.MapAlong(new ByColumn(), g, ofColumns, ofColumns, step, matrices, rows, columns);
        Elementwise.MapAlong(new Product(), step, scale, scale, step, matrices * rows, columns, 1);
    }

    /// <summary>mean = β·mean + (1−β)·(mean of x over the axis).</summary>
    private void Average(ReadOnlySpan<float> x, Span<float> mean, float beta, int outer, int axis, int inner)
    {
        Span<float> sum = Scratch(1, mean.Length);
        Reductions.Sum(x, sum, outer, axis, inner);
        Elementwise.Map(new Mix(beta, (1f - beta) / axis), mean, sum, mean);
    }

    private readonly struct MeanSquare(float beta, float epsilon) : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> v, Vector512<float> g) => v * beta + (g * g + Vector512.Create(epsilon)) * (1f - beta);
    }

    private readonly struct DividedByRoot : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> g, Vector512<float> v) => g / Vector512.Sqrt(v);
    }

    private readonly struct Square(float epsilon) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> g) => g * g + Vector512.Create(epsilon);
    }

    private readonly struct Mix(float beta, float share) : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> mean, Vector512<float> sum) => mean * beta + sum * share;
    }

    /// <summary>1/√(r/mean(r)), from a row's r and the sum of all.</summary>
    private readonly struct RowScale(float rows) : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> row, Vector512<float> sum, Vector512<float> same) => Vector512.Sqrt(sum / rows / row);
    }

    private readonly struct ByColumn : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> g, Vector512<float> column, Vector512<float> same) => g / Vector512.Sqrt(column);
    }

    private readonly struct Product : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> scale, Vector512<float> same) => x * scale;
    }
}
