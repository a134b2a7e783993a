using System.Runtime.Intrinsics;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>max(x, y), element by element, broadcast. At a tie each side gets half of the gradient.</summary>
    /// <param name="x">One operand.</param>
    /// <param name="y">The other.</param>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public static Tensor Maximum(Tensor x, Tensor y) => BinaryOp<Larger>.Apply(x, y);

    /// <summary>min(x, y), element by element, broadcast. At a tie each side gets half of the gradient.</summary>
    /// <param name="x">One operand.</param>
    /// <param name="y">The other.</param>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public static Tensor Minimum(Tensor x, Tensor y) => BinaryOp<Smaller>.Apply(x, y);

    /// <summary>dz where chosen, half of it at a tie.</summary>
    private static Vector512<float> Share(Vector512<float> chosen, Vector512<float> tie, Vector512<float> dz)
        => Vector512.ConditionalSelect(tie, dz * 0.5f, Vector512.ConditionalSelect(chosen, dz, Vector512<float>.Zero));

    private readonly struct Larger : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.Max(x, y);

        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> y, Vector512<float> dz)
            => Share(Vector512.GreaterThan(x, y), Vector512.Equals(x, y), dz);

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> y, Vector512<float> dz)
            => Share(Vector512.GreaterThan(y, x), Vector512.Equals(x, y), dz);
    }

    private readonly struct Smaller : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.Min(x, y);

        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> y, Vector512<float> dz)
            => Share(Vector512.LessThan(x, y), Vector512.Equals(x, y), dz);

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> y, Vector512<float> dz)
            => Share(Vector512.LessThan(y, x), Vector512.Equals(x, y), dz);
    }
}
