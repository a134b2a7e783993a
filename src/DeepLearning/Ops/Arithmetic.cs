using System.Runtime.Intrinsics;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>
    /// x + y, element by element, broadcast: shapes are aligned at their last dimension, and a dimension of 1, or a missing one, is repeated. Of operands of
    /// different rank only one is repeated: [n, 1] with [n] throws, where NumPy, Keras and PyTorch silently give [n, n], because a column of predictions with a
    /// vector of targets means pairs of rows. [n, 1] with [1, n] is every pair.
    /// </summary>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public static Tensor operator +(Tensor x, Tensor y) => BinaryOp<Plus>.Apply(x, y);

    /// <summary>x − y, element by element, broadcast.</summary>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public static Tensor operator -(Tensor x, Tensor y) => BinaryOp<Minus>.Apply(x, y);

    /// <summary>x·y, element by element (Hadamard), broadcast; <see cref="MatMul"/> is the matrix product.</summary>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public static Tensor operator *(Tensor x, Tensor y) => BinaryOp<Times>.Apply(x, y);

    /// <summary>x / y, element by element, broadcast.</summary>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or have different ranks and would both be repeated.</exception>
    public static Tensor operator /(Tensor x, Tensor y) => BinaryOp<Over>.Apply(x, y);

    /// <summary>x + c.</summary>
    public static Tensor operator +(Tensor x, double c) => UnaryOp<Affine>.Apply(new Affine(1f, Setting.Single(c)), x);

    /// <summary>c + x.</summary>
    public static Tensor operator +(double c, Tensor x) => UnaryOp<Affine>.Apply(new Affine(1f, Setting.Single(c)), x);

    /// <summary>x − c.</summary>
    public static Tensor operator -(Tensor x, double c) => UnaryOp<Affine>.Apply(new Affine(1f, -Setting.Single(c)), x);

    /// <summary>c − x.</summary>
    public static Tensor operator -(double c, Tensor x) => UnaryOp<Affine>.Apply(new Affine(-1f, Setting.Single(c)), x);

    /// <summary>c·x.</summary>
    public static Tensor operator *(Tensor x, double c) => UnaryOp<Scaled>.Apply(new Scaled(Setting.Single(c)), x);

    /// <summary>c·x.</summary>
    public static Tensor operator *(double c, Tensor x) => UnaryOp<Scaled>.Apply(new Scaled(Setting.Single(c)), x);

    /// <summary>x / c.</summary>
    public static Tensor operator /(Tensor x, double c) => UnaryOp<Divided>.Apply(new Divided(Setting.Single(c)), x);

    /// <summary>c / x.</summary>
    public static Tensor operator /(double c, Tensor x) => UnaryOp<Reciprocal>.Apply(new Reciprocal(Setting.Single(c)), x);

    /// <summary>−x.</summary>
    public static Tensor operator -(Tensor x) => UnaryOp<Scaled>.Apply(new Scaled(-1f), x);

    private readonly struct Plus : IBinaryFormula
    {
        public static bool SlopesFromInputs => false;

        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x + y;

        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> y, Vector512<float> dz) => dz;

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> y, Vector512<float> dz) => dz;
    }

    private readonly struct Minus : IBinaryFormula
    {
        public static bool SlopesFromInputs => false;

        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x - y;

        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> y, Vector512<float> dz) => dz;

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> y, Vector512<float> dz) => -dz;
    }

    private readonly struct Times : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * y;

        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> y, Vector512<float> dz) => y * dz;

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> y, Vector512<float> dz) => x * dz;
    }

    private readonly struct Over : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x / y;

        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> y, Vector512<float> dz) => dz / y;

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> y, Vector512<float> dz) => -(dz / y) * (x / y);
    }

    /// <summary>y = ±x + c.</summary>
    private readonly struct Affine(float sign, float c) : IFormula
    {
        public static bool SlopeFromInput => false;

        public static bool SlopeIsFinite => true;

        public Vector512<float> Invoke(Vector512<float> x) => x * sign + Vector512.Create(c);

        public Vector512<float> Backward(Vector512<float> y, Vector512<float> dy) => dy * sign;
    }

    private readonly struct Scaled(float c) : IFormula
    {
        public static bool SlopeFromInput => false;

        public Vector512<float> Invoke(Vector512<float> x) => x * c;

        public Vector512<float> Backward(Vector512<float> y, Vector512<float> dy) => dy * c;
    }

    private readonly struct Divided(float c) : IFormula
    {
        public static bool SlopeFromInput => false;

        public Vector512<float> Invoke(Vector512<float> x) => x / c;

        public Vector512<float> Backward(Vector512<float> y, Vector512<float> dy) => dy / c;
    }

    /// <summary>y = c / x.</summary>
    private readonly struct Reciprocal(float c) : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Create(c) / x;

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy) => -(dy / x) * (Vector512.Create(c) / x);
    }
}
