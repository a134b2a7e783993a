using System.Globalization;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Scales weights whose norm exceeds a maximum down to it: w·max/‖w‖ where ‖w‖ > max, the Euclidean norm along one axis. Of a kernel [inputs, units] along axis
/// 0, these are the incoming weights of each unit. Srivastava et al. 2014. Keras: <c>constraints.MaxNorm</c>, which also shrinks shorter ones by 1e-7 of their
/// length or less; here they keep their bits.
/// </summary>
/// <param name="maximum">The largest norm, > 0; 2 by default.</param>
/// <param name="axis">The axis along which a norm is taken; negative from the end; 0 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The maximum is not positive and finite.</exception>
public sealed class MaxNorm(double maximum = 2, int axis = 0) : Constraint
{
    /// <summary>The largest norm; 2 by default.</summary>
    public double Maximum { get; } = Setting.Positive(maximum, nameof(maximum));

    /// <summary>The axis along which a norm is taken; 0 by default.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override void Apply(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var axes = new Axes(parameter.Shape, Axis);
        NormScaling.Run(new Factor((float)Maximum), parameter.AsSpan(), axes.Outer, axes.Size, axes.Inner);
    }

    /// <inheritdoc/>
    public override void Validate(Shape shape)
    {
        if (Axis >= -shape.Rank && Axis < shape.Rank) return;
        throw new ShapeMismatchException($"{this} takes norms along axis {Axis}, but the parameter has shape {shape}.", nameof(shape));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"MaxNorm({Maximum}, axis: {Axis})");

    private readonly struct Factor(float maximum) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> norm)
        {
            Vector512<float> most = Vector512.Create(maximum);
            return Vector512.ConditionalSelect(Vector512.GreaterThan(norm, most), most / norm, Vector512<float>.One);
        }
    }

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<MaxNorm>(
        "MaxNorm", static (m, s) => s.Set("maximum", m.Maximum).Set("axis", m.Axis), static s => new(s.GetDouble("maximum"), s.GetInt32("axis")));
}
