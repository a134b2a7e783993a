using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>1 where x &gt; y, else 0 (also where either is NaN); broadcast. No gradient flows through a comparison.</summary>
    /// <param name="other">y.</param>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public Tensor Greater(Tensor other) => Compare<GreaterTest>(this, other);

    /// <summary>1 where x ≥ y, else 0 (also where either is NaN); broadcast. No gradient flows through a comparison.</summary>
    /// <param name="other">y.</param>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public Tensor GreaterOrEqual(Tensor other) => Compare<GreaterOrEqualTest>(this, other);

    /// <summary>1 where x &lt; y, else 0 (also where either is NaN); broadcast. No gradient flows through a comparison.</summary>
    /// <param name="other">y.</param>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public Tensor Less(Tensor other) => Compare<LessTest>(this, other);

    /// <summary>1 where x ≤ y, else 0 (also where either is NaN); broadcast. No gradient flows through a comparison.</summary>
    /// <param name="other">y.</param>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public Tensor LessOrEqual(Tensor other) => Compare<LessOrEqualTest>(this, other);

    /// <summary>1 where x = y, else 0 (NaN equals nothing); broadcast. No gradient flows through a comparison.</summary>
    /// <param name="other">y.</param>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public Tensor EqualTo(Tensor other) => Compare<EqualTest>(this, other);

    private static Tensor Compare<TTest>(Tensor x, Tensor other) where TTest : struct, IBinary
    {
        ArgumentNullException.ThrowIfNull(other);
        return Broadcast.Map(default(TTest), x, other, Tape.Of(x, other));
    }

    private readonly struct GreaterTest : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThan(x, y) & Vector512<float>.One;
    }

    private readonly struct GreaterOrEqualTest : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThanOrEqual(x, y) & Vector512<float>.One;
    }

    private readonly struct LessTest : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.LessThan(x, y) & Vector512<float>.One;
    }

    private readonly struct LessOrEqualTest : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.LessThanOrEqual(x, y) & Vector512<float>.One;
    }

    private readonly struct EqualTest : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.Equals(x, y) & Vector512<float>.One;
    }
}
