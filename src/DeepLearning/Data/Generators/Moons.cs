namespace DeepLearning;

public static partial class Synthetic
{
    /// <summary>Two interleaving half circles, which no line separates: inputs [n, 2], labels [n]. Like scikit-learn's <c>make_moons</c>.</summary>
    /// <param name="count">Number of points, ≥ 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <param name="noise">Standard deviation of the noise added to each coordinate.</param>
    public static Dataset Moons(int count, Seed seed = default, double noise = 0.1) => Plane(count, 2, seed, noise, (label, t) =>
    {
        (float sin, float cos) = MathF.SinCos(MathF.PI * t);
        return label == 0 ? (cos, sin) : (1f - cos, 0.5f - sin);
    });
}
