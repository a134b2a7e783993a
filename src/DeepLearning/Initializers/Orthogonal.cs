using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DeepLearning;

/// <summary>
/// gain·Q of the QR decomposition of a normal matrix, the columns' signs those of R's diagonal, so that Q is uniform over the orthogonal matrices:
/// preserves the length of vectors. The kernel is seen as [inputs, units]; the shorter side's vectors are orthonormal. Saxe, McClelland and Ganguli 2013;
/// Keras: <c>Orthogonal</c>, PyTorch: <c>orthogonal_</c>.
/// </summary>
/// <param name="gain">Factor on all values; 1 by default.</param>
public sealed class Orthogonal(double gain = 1) : Initializer
{
    /// <summary>Factor on all values; 1 by default.</summary>
    public double Gain { get; init => field = Setting.Finite(value); } = Setting.Finite(gain, nameof(gain));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The parameter has fewer than two dimensions.</exception>
    public override void Fill(Span<float> values, Shape shape, RandomStream random)
    {
        if (shape.Rank < 2) throw new ArgumentException($"An orthogonal matrix needs at least two dimensions, got shape {shape}.", nameof(shape));
        int columns = shape[-1], rows = values.Length / Math.Max(1, columns), tall = Math.Max(rows, columns), narrow = Math.Min(rows, columns);
        if (narrow == 0) return;
        random.FillNormal(values);
        double[] drawn = new double[values.Length];
        for (int i = 0; i < drawn.Length; i++) drawn[i] = values[i];
        // Column-major storage reads the row-major numbers in another order, which does not matter for independent draws.
        QR<double> qr = Matrix<double>.Build.Dense(tall, narrow, drawn).QR(QRMethod.Thin);
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
            {
                (int row, int column) = rows >= columns ? (r, c) : (c, r);
                values[r * columns + c] = (float)((float)Gain * qr.Q[row, column] * (qr.R[column, column] < 0 ? -1 : 1));
            }
    }

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<Orthogonal>("Orthogonal", static (o, s) => s.Set("gain", o.Gain), static s => new(s.GetDouble("gain")));
}
