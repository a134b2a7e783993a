using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>w = max(w, 0). Keras: <c>constraints.NonNeg</c>.</summary>
public sealed class NonNegative : Constraint
{
    /// <inheritdoc/>
    public override void Apply(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Elementwise.Map(default(AtLeastZero), parameter.AsReadOnlySpan(), parameter.AsSpan());
    }

    private readonly struct AtLeastZero : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Max(x, Vector512<float>.Zero);
    }

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of("NonNegative", static () => new NonNegative());
}
