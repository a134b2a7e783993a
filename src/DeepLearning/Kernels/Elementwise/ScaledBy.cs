using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>x·factor: the formula of sums, norms, gradients and weights that are scaled.</summary>
internal readonly struct ScaledBy(float factor) : IUnary
{
    public Vector512<float> Invoke(Vector512<float> x) => x * factor;
}
