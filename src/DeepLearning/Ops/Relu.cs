using System.Runtime.Intrinsics;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>Rectified linear unit max(0, x), element by element. Its slope at 0 is taken as 0.</summary>
    public Tensor Relu() => UnaryOp<ReluFormula>.Apply(default, this);

    private readonly struct ReluFormula : IFormula
    {
        public static bool SlopeFromInput => false;

        public static bool SlopeIsFinite => true;

        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Max(x, Vector512<float>.Zero);

        public Vector512<float> Backward(Vector512<float> y, Vector512<float> dy)
            => Vector512.ConditionalSelect(Vector512.GreaterThan(y, Vector512<float>.Zero), dy, Vector512<float>.Zero);
    }
}
