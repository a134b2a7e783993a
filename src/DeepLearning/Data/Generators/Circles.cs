namespace DeepLearning;

public static partial class Synthetic
{
    /// <summary>A small circle, class 1, within a circle of radius 1, class 0: inputs [n, 2], labels [n]. Like scikit-learn's <c>make_circles</c>.</summary>
    /// <param name="count">Number of points, ≥ 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <param name="noise">Standard deviation of the noise added to each coordinate.</param>
    /// <param name="factor">Radius of the small circle.</param>
    public static Dataset Circles(int count, Seed seed = default, double noise = 0.1, double factor = 0.5) => Plane(count, 2, seed, noise, (label, t) =>
    {
        float radius = label == 0 ? 1f : (float)Setting.Finite(factor, nameof(factor));
        (float sin, float cos) = MathF.SinCos(2f * MathF.PI * t);
        return (radius * cos, radius * sin);
    });
}
