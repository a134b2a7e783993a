using System.Runtime.Intrinsics;

namespace DeepLearning;

/// <summary>x / |x| over the last dimension: vectors of length 1. Those shorter than 1e-7, Keras's ε, stay as they are.</summary>
internal static class UnitVectors
{
    public static Tensor Of(Tensor x) => x * UnaryOp<Reciprocal>.Apply(default, x.Square().Sum(-1, keepDimension: true));

    /// <summary>1/√s of a square s; 1 below Keras's ε².</summary>
    private readonly struct Reciprocal : IFormula
    {
        private const float SquaredEpsilon = 1e-14f;

        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> s)
            => Vector512.ConditionalSelect(IsShort(s), Vector512<float>.One, Vector512<float>.One / Vector512.Sqrt(s));

        /// <summary>−½·s^(−3/2).</summary>
        public Vector512<float> Backward(Vector512<float> s, Vector512<float> dy)
            => Vector512.ConditionalSelect(IsShort(s), Vector512<float>.Zero, dy * -0.5f / (s * Vector512.Sqrt(s)));

        private static Vector512<float> IsShort(Vector512<float> s) => Vector512.LessThan(s, Vector512.Create(SquaredEpsilon));
    }
}
