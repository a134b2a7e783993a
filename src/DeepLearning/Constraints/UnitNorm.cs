using System.Globalization;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// w/(‖w‖ + 1e-7), with the Euclidean norm along one axis: for a kernel [inputs, units] and axis 0, each unit's weights have length 1. Zeros stay zero. Keras:
/// <c>constraints.UnitNorm</c>.
/// </summary>
/// <param name="axis">The axis along which a norm is taken; negative from the end; 0 by default.</param>
public sealed class UnitNorm(int axis = 0) : Constraint
{
    /// <summary>The axis along which a norm is taken; 0 by default.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override void Apply(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var axes = new Axes(parameter.Shape, Axis);
        NormScaling.Run(default(Factor), parameter.AsSpan(), axes.Outer, axes.Size, axes.Inner);
    }

    /// <inheritdoc/>
    public override void Validate(Shape shape)
    {
        if (Axis >= -shape.Rank && Axis < shape.Rank) return;
        throw new ShapeMismatchException($"{this} takes norms along axis {Axis}, but the parameter has shape {shape}.", nameof(shape));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"UnitNorm(axis: {Axis})");

    private readonly struct Factor : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> norm) => Vector512<float>.One / (norm + Vector512.Create(1e-7f));
    }

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<UnitNorm>("UnitNorm", static (u, s) => s.Set("axis", u.Axis), static s => new(s.GetInt32("axis")));
}
