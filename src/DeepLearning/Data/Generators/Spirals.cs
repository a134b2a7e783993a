namespace DeepLearning;

public static partial class Synthetic
{
    /// <summary>Spiral arms, one per class, wound around each other from the origin to radius 1: inputs [n, 2], labels [n].</summary>
    /// <param name="count">Number of points, ≥ 1.</param>
    /// <param name="classes">Number of arms, ≥ 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <param name="noise">Standard deviation of the noise added to each coordinate.</param>
    /// <param name="turns">How often an arm winds around the origin.</param>
    public static Dataset Spirals(int count, int classes = 3, Seed seed = default, double noise = 0.02, double turns = 1)
        => Plane(count, classes, seed, noise, (label, t) =>
        {
            (float sin, float cos) = MathF.SinCos(2f * MathF.PI * ((float)Setting.Finite(turns, nameof(turns)) * t + (float)label / classes));
            return (t * cos, t * sin);
        });
}
