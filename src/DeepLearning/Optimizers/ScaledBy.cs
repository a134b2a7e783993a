using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>x·factor, of gradients and of weights that decay.</summary>
internal readonly struct ScaledBy(float factor) : IUnary
{
    public Vector512<float> Invoke(Vector512<float> x) => x * factor;
}
