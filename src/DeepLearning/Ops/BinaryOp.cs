using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>A differentiable function of two numbers: its formula and its two slopes, lane by lane.</summary>
internal interface IBinaryFormula : IBinary
{
    /// <summary>Whether the slopes depend on x and y; where they do not, as in a sum, neither is repeated to the result's shape on the way back.</summary>
    static virtual bool SlopesFromInputs => true;

    /// <summary>dz·∂f/∂x.</summary>
    Vector512<float> BackwardX(Vector512<float> x, Vector512<float> y, Vector512<float> dz);

    /// <summary>dz·∂f/∂y.</summary>
    Vector512<float> BackwardY(Vector512<float> x, Vector512<float> y, Vector512<float> dz);
}

/// <summary>z = f(x, y), element by element; the smaller operand is repeated by the rules of <see cref="Broadcast"/>.</summary>
internal sealed class BinaryOp<TFormula> : Op where TFormula : struct, IBinaryFormula
{
    private TFormula formula;
    private Tensor x = null!, y = null!;

    public static Tensor Apply(Tensor x, Tensor y, TFormula formula = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Tape? tape = Tape.Of(x, y);
        Tensor z = Broadcast.Map(formula, x, y, tape);
        if (tape?.Record<BinaryOp<TFormula>>(z, x, y) is { } op) (op.formula, op.x, op.y) = (formula, x, y);
        return z;
    }

    public override void Backward(Tensor dz, GradientPlaces places)
    {
        bool wantsX = places.Tracks(x), wantsY = places.Tracks(y);
        Tensor wholeX = TFormula.SlopesFromInputs ? Broadcast.Expand(x, dz.Shape, places.Scratch) : dz;
        Tensor wholeY = TFormula.SlopesFromInputs ? Broadcast.Expand(y, dz.Shape, places.Scratch) : dz;
        if (wantsX) Accumulate(new SlopeX(formula), x, wholeX, wholeY, dz, places);
        if (wantsY) Accumulate(new SlopeY(formula), y, wholeX, wholeY, dz, places);
    }

    private static void Accumulate<TSlope>(TSlope slope, Tensor operand, Tensor wholeX, Tensor wholeY, Tensor dz, GradientPlaces places) where TSlope : struct, ITernary
    {
        if (operand.Shape == dz.Shape)
        {
            places.Wants(operand, out Span<float> direct, out bool add);
            Elementwise.Map(slope, wholeX.AsReadOnlySpan(), wholeY.AsReadOnlySpan(), dz.AsReadOnlySpan(), direct, add);
            return;
        }

        Tensor whole = Tensor.Allocate(places.Scratch, dz.Shape);
        Elementwise.Map(slope, wholeX.AsReadOnlySpan(), wholeY.AsReadOnlySpan(), dz.AsReadOnlySpan(), whole.AsSpan());
        places.Wants(operand, out Span<float> reduced, out bool accumulate);
        Broadcast.SumTo(whole, operand.Shape, reduced, accumulate, places.Scratch);
    }

    private readonly struct SlopeX(TFormula formula) : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> dz)
            => TFormula.SlopesFromInputs ? VectorMath.ZeroWins(formula.BackwardX(x, y, dz), dz) : formula.BackwardX(x, y, dz);
    }

    private readonly struct SlopeY(TFormula formula) : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> dz)
            => TFormula.SlopesFromInputs ? VectorMath.ZeroWins(formula.BackwardY(x, y, dz), dz) : formula.BackwardY(x, y, dz);
    }
}
