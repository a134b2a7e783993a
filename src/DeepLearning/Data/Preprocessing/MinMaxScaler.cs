namespace DeepLearning;

/// <summary>
/// Scaling to [0, 1], y = (x − minimum) / (maximum − minimum) for each column over the rows it was fitted to; a constant column becomes 0.
/// Other rows may fall outside. Like scikit-learn's <c>MinMaxScaler</c>.
/// </summary>
public sealed class MinMaxScaler
{
    private readonly double[] minima, ranges;
    private readonly ColumnScaling scaling;

    private MinMaxScaler(double[] minima, double[] ranges)
    {
        this.minima = minima;
        this.ranges = ranges;
        scaling = new ColumnScaling(minima, ranges);
    }

    /// <summary>The smallest value of each column.</summary>
    public ReadOnlySpan<double> Minima => minima;

    /// <summary>What each column is divided by: maximum − minimum, or 1 if it is constant.</summary>
    public ReadOnlySpan<double> Ranges => ranges;

    /// <summary>Measures the columns of these rows.</summary>
    /// <param name="values">[n, …], finite; dimensions beyond the second count as columns.</param>
    /// <exception cref="ArgumentException">There are no rows, or a value is NaN or infinite.</exception>
    public static MinMaxScaler Fit(Tensor values)
    {
        int columns = ColumnScaling.ColumnsToFit(values);
        double[] minima = new double[columns], ranges = new double[columns];
        Array.Fill(minima, double.PositiveInfinity);
        Array.Fill(ranges, double.NegativeInfinity);
        ReadOnlySpan<float> x = values.AsReadOnlySpan();
        for (int i = 0; i < x.Length; i++)
        {
            minima[i % columns] = Math.Min(minima[i % columns], x[i]);
            ranges[i % columns] = Math.Max(ranges[i % columns], x[i]);
        }

        for (int c = 0; c < columns; c++) ranges[c] = ranges[c] > minima[c] ? ranges[c] - minima[c] : 1;
        return new MinMaxScaler(minima, ranges);
    }

    /// <summary>Measures the columns of a data set's inputs.</summary>
    /// <param name="data">Inputs [n, …], finite.</param>
    /// <exception cref="ArgumentException">There are no rows, or a value is NaN or infinite.</exception>
    public static MinMaxScaler Fit(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Fit(data.Inputs);
    }

    /// <summary>(x − minimum) / (maximum − minimum), as a new tensor.</summary>
    /// <param name="values">[n, …] with the columns it was fitted to.</param>
    /// <exception cref="ShapeMismatchException">The number of columns differs.</exception>
    public Tensor Transform(Tensor values) => scaling.Transform(values);

    /// <summary>The same rows with scaled inputs.</summary>
    /// <param name="data">Inputs [n, …] with the columns it was fitted to.</param>
    /// <exception cref="ShapeMismatchException">The number of columns differs.</exception>
    public Dataset Transform(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.WithInputs(Transform(data.Inputs));
    }

    /// <summary>Back to the original units: y · (maximum − minimum) + minimum, as a new tensor.</summary>
    /// <param name="values">[n, …] with the columns it was fitted to.</param>
    /// <exception cref="ShapeMismatchException">The number of columns differs.</exception>
    public Tensor Inverse(Tensor values) => scaling.Inverse(values);
}
