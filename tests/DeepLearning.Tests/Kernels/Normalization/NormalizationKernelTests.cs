using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels.Normalization;

/// <summary>Against the formulas in double, on shapes with whole and partial vectors and more than one block of rows.</summary>
[Collection("Threads")]
public sealed class NormalizationKernelTests : IDisposable
{
    private readonly int threads = Parallelism.ThreadCount;

    public void Dispose() => Parallelism.ThreadCount = threads;

    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 3, 16 }, { 5, 17 }, { 700, 64 }, { 2100, 33 }, { 40, 5000 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Moments_of_columns_equal_those_in_double(int rows, int columns)
    {
        float[] x = Values(rows * columns, 1), mean = new float[columns], variance = new float[columns];

        BatchNormalizationKernel.Moments(x, rows, columns, mean, variance, new double[ColumnSums.ScratchFor(rows, columns)]);

        for (int c = 0; c < columns; c++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(r => (double)x[(r * columns) + c])];
            double m = column.Average();
            mean[c].Should().BeApproximately((float)m, 1e-6f);
            variance[c].Should().BeApproximately((float)column.Average(v => (v - m) * (v - m)), 1e-6f);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_are_normalized_as_in_double(int rows, int columns)
    {
        float[] x = Values(rows * columns, 1), gamma = Values(columns, 2), beta = Values(columns, 3);
        float[] y = new float[x.Length], mean = new float[rows], inverse = new float[rows];
        foreach (bool centred in new[] { true, false })
        {
            LayerNormalizationKernel.Forward(x, gamma, beta, y, mean, inverse, rows, columns, 1e-3, centred);

            for (int r = 0; r < rows; r++)
            {
                double[] row = [.. x.AsSpan(r * columns, columns).ToArray().Select(v => (double)v)];
                double m = centred ? row.Average() : 0, scale = 1 / Math.Sqrt(row.Average(v => (v - m) * (v - m)) + 1e-3);
                for (int c = 0; c < columns; c++) ((double)y[(r * columns) + c]).Should().BeApproximately(((row[c] - m) * scale * gamma[c]) + beta[c], 1e-5);
            }
        }
    }

    [Fact]
    public void Bits_do_not_depend_on_the_number_of_threads()
    {
        const int Rows = 3000, Columns = 70;
        int[][] bits =
        [
            .. new[] { 1, 2, 8 }.Select(count =>
            {
                Parallelism.ThreadCount = count;
                return Everything(Rows, Columns).Select(BitConverter.SingleToInt32Bits).ToArray();
            }),
        ];

        bits[1].Should().Equal(bits[0]);
        bits[2].Should().Equal(bits[0]);
    }

    private static float[] Everything(int rows, int columns)
    {
        float[] x = Values(rows * columns, 1), dy = Values(rows * columns, 2), gamma = Values(columns, 3), ones = [.. Enumerable.Repeat(1f, columns)];
        float[] mean = new float[columns], variance = new float[columns], y = new float[x.Length], dx = new float[x.Length];
        float[] means = new float[rows], inverse = new float[rows], z = new float[x.Length], dz = new float[x.Length];
        double[] scratch = new double[ColumnSums.ScratchFor(rows, columns)];
        BatchNormalizationKernel.Moments(x, rows, columns, mean, variance, scratch);
        BatchNormalizationKernel.Forward(x, mean, gamma, ones, y, rows, columns);
        BatchNormalizationKernel.Sums(x, mean, dy, rows, columns, scratch);
        float[] sums = [.. scratch.Take(2 * columns).Select(v => (float)v)];
        BatchNormalizationKernel.Backward(x, mean, gamma, ones, gamma, dy, dx, rows, columns, accumulate: false);
        LayerNormalizationKernel.Forward(x, gamma, ones, z, means, inverse, rows, columns, 1e-3, centred: true);
        LayerNormalizationKernel.Backward(x, gamma, means, inverse, dy, dz, rows, columns, centred: true, accumulate: false, scratch);
        return [.. mean, .. variance, .. y, .. sums, .. dx, .. z, .. dz, .. scratch.Take(2 * columns).Select(v => (float)v)];
    }

    private static float[] Values(int count, ulong seed) => Tensor.RandomNormal([count], seed: seed).ToArray();
}
