using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>A differentiable function of one number: its formula and its slope, lane by lane. Everything else is in <see cref="UnaryOp{TFormula}"/>.</summary>
internal interface IFormula : IUnary
{
    /// <summary>Whether <see cref="Backward"/> is given x; otherwise it is given y, which is kept anyway by what follows.</summary>
    static abstract bool SlopeFromInput { get; }

    /// <summary>Whether <see cref="Backward"/> gives 0 wherever dy is 0, at any x. Otherwise, as by default, the operation sees to it.</summary>
    static virtual bool SlopeIsFinite => false;

    /// <summary>dy·f′, from x or from y = f(x).</summary>
    Vector512<float> Backward(Vector512<float> value, Vector512<float> dy);
}

/// <summary>y = f(x), element by element.</summary>
internal sealed class UnaryOp<TFormula> : Op where TFormula : struct, IFormula
{
    private TFormula formula;
    private Tensor x = null!, y = null!;

    /// <summary>The operand.</summary>
    public Tensor X => x;

    public static Tensor Apply(TFormula formula, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tape? tape = Tape.Of(x);
        Tensor y = Tensor.Allocate(tape, x.Shape);
        Elementwise.Map(formula, x.AsReadOnlySpan(), y.AsSpan());
        if (tape?.Record<UnaryOp<TFormula>>(y, x) is { } op) (op.formula, op.x, op.y) = (formula, x, y);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (places.Wants(x, out Span<float> dx, out bool accumulate))
            Elementwise.Map(new Slope(formula), (TFormula.SlopeFromInput ? x : y).AsReadOnlySpan(), dy.AsReadOnlySpan(), dx, accumulate);
    }

    private readonly struct Slope(TFormula formula) : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> value, Vector512<float> dy)
            => TFormula.SlopeIsFinite ? formula.Backward(value, dy) : VectorMath.ZeroWins(formula.Backward(value, dy), dy);
    }
}
