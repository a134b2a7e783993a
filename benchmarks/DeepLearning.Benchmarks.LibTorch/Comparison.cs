namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>One piece of work that both libraries do, and the check that they do the same.</summary>
internal abstract class Comparison(string group, string name, double target)
{
    /// <summary>The table that the row belongs to.</summary>
    public string Group { get; } = group;

    public string Name { get; } = name;

    /// <summary>The least ratio libtorch's time / ours that the project aims at.</summary>
    public double Target { get; } = target;

    /// <summary>Floating-point operations of one call; 0 where nobody counts them.</summary>
    public virtual double Flops => 0;

    public abstract void Ours();

    public abstract void Theirs();

    /// <summary>Runs both from the same start and throws if the results differ by more than rounding.</summary>
    public abstract void Verify();

    /// <summary>Throws if two results differ by more than <paramref name="tolerance"/> times the largest value.</summary>
    protected void RequireClose(string what, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs, double tolerance = 1e-5)
    {
        if (ours.Length != theirs.Length) throw new InvalidOperationException($"{Name}: {ours.Length} {what}, libtorch has {theirs.Length}.");
        double scale = 1e-6, worst = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(theirs[i]));
            double difference = Math.Abs(ours[i] - theirs[i]);
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
        }

        if (!(worst <= tolerance * scale)) throw new InvalidOperationException($"{Name}: the {what} differ by {worst}, the largest is {scale}.");
    }
}
