using System.Runtime.InteropServices;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// y = (x − mean) / √(variance + ε)·gamma + beta, with the mean and the variance of each row; without centring y = x / √(mean of x² + ε)·gamma + beta.
/// </summary>
internal sealed class LayerNormalize : Op
{
    private Tensor x = null!, mean = null!, inverse = null!;
    private Tensor? gamma, beta;
    private bool centred;

    /// <param name="x">Rows one after another, each of <paramref name="columns"/> values.</param>
    /// <param name="gamma">As many values as a row, or null for ones.</param>
    /// <param name="beta">As many values as a row, or null for zeros.</param>
    /// <param name="columns">Values of a row, ≥ 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="centred">Whether the mean is subtracted.</param>
    public static Tensor Apply(Tensor x, Tensor? gamma, Tensor? beta, int columns, double epsilon, bool centred)
    {
        Tape? tape = Tape.Of(x, gamma, beta);
        int rows = x.Count / columns;
        Tensor y = Tensor.Allocate(tape, x.Shape), mean = Tensor.Allocate(tape, [rows]), inverse = Tensor.Allocate(tape, [rows]);
        LayerNormalizationKernel.Forward(
            x.AsReadOnlySpan(), Values(gamma), Values(beta), y.AsSpan(), mean.AsSpan(), inverse.AsSpan(), rows, columns, epsilon, centred);
        if (tape?.Record<LayerNormalize>(y, x, gamma, beta) is { } op)
            (op.x, op.gamma, op.beta, op.mean, op.inverse, op.centred) = (x, gamma, beta, mean, inverse, centred);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        int rows = mean.Count, columns = rows == 0 ? 0 : x.Count / rows;
        Tensor scratch = Tensor.Allocate(places.Scratch, [checked(2 * ColumnSums.ScratchFor(rows, columns))]);
        Span<double> sums = MemoryMarshal.Cast<float, double>(scratch.AsSpan());
        places.Wants(x, out Span<float> dx, out bool accumulate);
        LayerNormalizationKernel.Backward(
            x.AsReadOnlySpan(), Values(gamma), mean.AsReadOnlySpan(), inverse.AsReadOnlySpan(), dy.AsReadOnlySpan(), dx, rows, columns, centred, accumulate, sums);
        if (gamma is not null && places.Wants(gamma, out Span<float> dgamma, out bool addGamma)) ColumnSums.Round(sums[columns..], dgamma, addGamma);
        if (beta is not null && places.Wants(beta, out Span<float> dbeta, out bool addBeta)) ColumnSums.Round(sums, dbeta, addBeta);
    }

    private static ReadOnlySpan<float> Values(Tensor? tensor) => tensor is null ? [] : tensor.AsReadOnlySpan();
}
