using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>Powers: |x|ᵖ = e^(p·log|x|) loses precision with large exponents, so they go lane by lane through double.</content>
internal static partial class VectorMath
{
    /// <summary>xᵖ; NaN for negative x unless p is whole.</summary>
    public static Vector512<float> Pow(Vector512<float> x, float p)
    {
        // What double would round to as well, but at once.
        if (p == 2f) return x * x;
        if (p == 1f) return x;
        if (p == 0f) return Vector512<float>.One;
        Span<float> lanes = stackalloc float[Vector512<float>.Count];
        x.CopyTo(lanes);
        for (int i = 0; i < lanes.Length; i++) lanes[i] = (float)Math.Pow(lanes[i], p);
        return Vector512.Create<float>(lanes);
    }
}
