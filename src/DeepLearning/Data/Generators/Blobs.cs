namespace DeepLearning;

public static partial class Synthetic
{
    /// <summary>Round clouds of points, one per class, with their centres on a circle of radius 4: inputs [n, 2], labels [n].</summary>
    /// <param name="count">Number of points, ≥ 1.</param>
    /// <param name="classes">Number of clouds, ≥ 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <param name="noise">Standard deviation of a cloud in each direction.</param>
    public static Dataset Blobs(int count, int classes = 3, Seed seed = default, double noise = 1) => Plane(count, classes, seed, noise, (label, _) =>
    {
        (float sin, float cos) = MathF.SinCos(2f * MathF.PI * label / classes);
        return (4f * cos, 4f * sin);
    });
}
