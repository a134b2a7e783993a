namespace DeepLearning;

/// <summary>
/// Standardisation, y = (x − mean) / standard deviation for each column: mean 0 and variance 1 over the rows it was fitted to.
/// Fit on the training rows only, and transform all others with the same numbers. Like scikit-learn's <c>StandardScaler</c>: the variance is the population's
/// (divided by n), and a constant column is divided by 1.
/// </summary>
public sealed class StandardScaler
{
    private readonly double[] means, standardDeviations;
    private readonly ColumnScaling scaling;

    private StandardScaler(double[] means, double[] standardDeviations)
    {
        this.means = means;
        this.standardDeviations = standardDeviations;
        scaling = new ColumnScaling(means, standardDeviations);
    }

    /// <summary>The mean of each column.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>What each column is divided by: its standard deviation, or 1 if it is constant.</summary>
    public ReadOnlySpan<double> StandardDeviations => standardDeviations;

    /// <summary>Measures the columns of these rows, by Welford's stable recurrence.</summary>
    /// <param name="values">[n, …], finite; dimensions beyond the second count as columns.</param>
    /// <exception cref="ArgumentException">There are no rows, or a value is NaN or infinite.</exception>
    public static StandardScaler Fit(Tensor values)
    {
        int columns = ColumnScaling.ColumnsToFit(values), rows = values.Shape[0];
        double[] means = new double[columns], deviations = new double[columns];
        ReadOnlySpan<float> x = values.AsReadOnlySpan();
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double distance = x[r * columns + c] - means[c];
                means[c] += distance / (r + 1);
                deviations[c] += distance * (x[r * columns + c] - means[c]);
            }
        }

        for (int c = 0; c < columns; c++) deviations[c] = deviations[c] > 0 ? Math.Sqrt(deviations[c] / rows) : 1;
        return new StandardScaler(means, deviations);
    }

    /// <summary>Measures the columns of a data set's inputs.</summary>
    /// <param name="data">Inputs [n, …], finite.</param>
    /// <exception cref="ArgumentException">There are no rows, or a value is NaN or infinite.</exception>
    public static StandardScaler Fit(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Fit(data.Inputs);
    }

    /// <summary>(x − mean) / standard deviation, as a new tensor.</summary>
    /// <param name="values">[n, …] with the columns it was fitted to.</param>
    /// <exception cref="ShapeMismatchException">The number of columns differs.</exception>
    public Tensor Transform(Tensor values) => scaling.Transform(values);

    /// <summary>The same rows with standardised inputs.</summary>
    /// <param name="data">Inputs [n, …] with the columns it was fitted to.</param>
    /// <exception cref="ShapeMismatchException">The number of columns differs.</exception>
    public Dataset Transform(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.WithInputs(Transform(data.Inputs));
    }

    /// <summary>Back to the original units: y · standard deviation + mean, as a new tensor.</summary>
    /// <param name="values">[n, …] with the columns it was fitted to.</param>
    /// <exception cref="ShapeMismatchException">The number of columns differs.</exception>
    public Tensor Inverse(Tensor values) => scaling.Inverse(values);
}
