using System.Runtime.InteropServices;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// y = (x − mean)·gamma / √(variance + ε) + beta for each feature of the last dimension. The statistics are constants, or those of x itself; then the
/// gradient also flows through them.
/// </summary>
internal sealed class BatchNormalize : Op
{
    private Tensor x = null!, mean = null!, variance = null!, scale = null!;
    private Tensor? gamma, beta;
    private double epsilon;
    private bool ofBatch;

    /// <summary>Mean and biased variance of each value of the last dimension of x; both in the tape's memory, as constants.</summary>
    public static (Tensor Mean, Tensor Variance) Moments(Tensor x)
    {
        Tape? tape = Tape.Of(x);
        int columns = x.Shape.Dimensions[^1], rows = Rows(x);
        Tensor mean = Tensor.Allocate(tape, [columns]), variance = Tensor.Allocate(tape, [columns]);
        Tensor scratch = Scratch(tape?.Scratch, rows, columns);
        BatchNormalizationKernel.Moments(x.AsReadOnlySpan(), rows, columns, mean.AsSpan(), variance.AsSpan(), Doubles(scratch));
        return (mean, variance);
    }

    /// <param name="x">[batch, …, columns].</param>
    /// <param name="gamma">[columns], or null for ones.</param>
    /// <param name="beta">[columns], or null for zeros.</param>
    /// <param name="mean">[columns].</param>
    /// <param name="variance">[columns].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="ofBatch">Whether the statistics are those of x.</param>
    public static Tensor Apply(Tensor x, Tensor? gamma, Tensor? beta, Tensor mean, Tensor variance, double epsilon, bool ofBatch)
    {
        Tape? tape = Tape.Of(x, gamma, beta);
        Tensor y = Tensor.Allocate(tape, x.Shape), scale = Tensor.Allocate(tape, mean.Shape);
        BatchNormalizationKernel.Scale(gamma is null ? [] : gamma.AsReadOnlySpan(), variance.AsReadOnlySpan(), epsilon, scale.AsSpan());
        ReadOnlySpan<float> shift = beta is null ? [] : beta.AsReadOnlySpan();
        BatchNormalizationKernel.Forward(x.AsReadOnlySpan(), mean.AsReadOnlySpan(), scale.AsReadOnlySpan(), shift, y.AsSpan(), Rows(x), mean.Count);
        if (tape?.Record<BatchNormalize>(y, x, gamma, beta) is { } op)
        {
            (op.x, op.gamma, op.beta, op.mean, op.variance, op.scale) = (x, gamma, beta, mean, variance, scale);
            (op.epsilon, op.ofBatch) = (epsilon, ofBatch);
        }

        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        int rows = Rows(x), columns = mean.Count;
        Tensor scratch = Scratch(places.Scratch, rows, columns), coefficients = Tensor.Allocate(places.Scratch, [2, columns]);
        Span<double> sums = Doubles(scratch);
        BatchNormalizationKernel.Sums(x.AsReadOnlySpan(), mean.AsReadOnlySpan(), dy.AsReadOnlySpan(), rows, columns, sums);
        if (gamma is not null && places.Wants(gamma, out Span<float> dgamma, out bool addGamma))
            BatchNormalizationKernel.GammaGradient(sums[columns..], variance.AsReadOnlySpan(), epsilon, dgamma, addGamma);
        if (beta is not null && places.Wants(beta, out Span<float> dbeta, out bool addBeta)) ColumnSums.Round(sums, dbeta, addBeta);
        if (!places.Wants(x, out Span<float> dx, out bool addX)) return;
        Span<float> a = coefficients.AsSpan()[..columns], b = coefficients.AsSpan()[columns..];
        BatchNormalizationKernel.Coefficients(sums, variance.AsReadOnlySpan(), epsilon, ofBatch ? rows : 0, a, b);
        BatchNormalizationKernel.Backward(
            x.AsReadOnlySpan(), mean.AsReadOnlySpan(), scale.AsReadOnlySpan(), a, b, dy.AsReadOnlySpan(), dx, rows, columns, addX);
    }

    private static int Rows(Tensor x) => x.Count / Math.Max(1, x.Shape.Dimensions[^1]);

    private static Tensor Scratch(ITensorOwner? memory, int rows, int columns) => Tensor.Allocate(memory, [checked(2 * ColumnSums.ScratchFor(rows, columns))]);

    private static Span<double> Doubles(Tensor scratch) => MemoryMarshal.Cast<float, double>(scratch.AsSpan());
}
