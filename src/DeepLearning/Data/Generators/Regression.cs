namespace DeepLearning;

public static partial class Synthetic
{
    /// <summary>A line, y = slope · x + intercept + noise, with x uniform in [−1, 1): inputs [n, 1], targets [n, 1].</summary>
    /// <param name="count">Number of points, ≥ 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <param name="slope">Slope of the line.</param>
    /// <param name="intercept">Value at 0.</param>
    /// <param name="noise">Standard deviation of the noise added to y.</param>
    public static Dataset Line(int count, Seed seed = default, double slope = 2, double intercept = 1, double noise = 0.1)
    {
        float a = (float)Setting.Finite(slope, nameof(slope)), b = (float)Setting.Finite(intercept, nameof(intercept));
        return Curve(count, seed, noise, 1f, x => a * x + b);
    }

    /// <summary>A sine, y = sin x + noise, with x uniform in [−π, π): inputs [n, 1], targets [n, 1].</summary>
    /// <param name="count">Number of points, ≥ 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <param name="noise">Standard deviation of the noise added to y.</param>
    public static Dataset Sine(int count, Seed seed = default, double noise = 0.1) => Curve(count, seed, noise, MathF.PI, MathF.Sin);

    private static Dataset Curve(int count, Seed seed, double noise, float limit, Func<float, float> function)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        float deviation = (float)Setting.NotNegative(noise, nameof(noise));
        float[] x = Uniform(seed, Purpose.Place, count, -limit, limit), y = Normal(seed, Purpose.Noise, count, deviation);
        for (int i = 0; i < count; i++) y[i] += function(x[i]);
        return new Dataset(Tensor.From(x, [count, 1]), Tensor.From(y, [count, 1])) { FeatureNames = ["x"] };
    }
}
