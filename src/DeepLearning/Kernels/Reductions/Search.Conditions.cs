using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>What checks look for: <c>test(x) = all bits set where the value is at fault, else 0</c>, lane by lane.</content>
internal static partial class Search
{
    /// <summary>Not in [lowest, highest], which no NaN is.</summary>
    public readonly struct Outside(float lowest, float highest) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x)
            => ~(Vector512.GreaterThanOrEqual(x, Vector512.Create(lowest)) & Vector512.LessThanOrEqual(x, Vector512.Create(highest)));
    }

    /// <summary>Below the lowest or above the highest; NaN is neither.</summary>
    public readonly struct Beyond(float lowest, float highest) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x)
            => Vector512.LessThan(x, Vector512.Create(lowest)) | Vector512.GreaterThan(x, Vector512.Create(highest));
    }

    /// <summary>Above the lowest and below the highest.</summary>
    public readonly struct Between(float lowest, float highest) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x)
            => Vector512.GreaterThan(x, Vector512.Create(lowest)) & Vector512.LessThan(x, Vector512.Create(highest));
    }

    /// <summary>None of two values.</summary>
    public readonly struct Neither(float first, float second) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x)
            => ~(Vector512.Equals(x, Vector512.Create(first)) | Vector512.Equals(x, Vector512.Create(second)));
    }

    /// <summary>No whole number: a fraction, an infinity or NaN.</summary>
    public readonly struct Fraction : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => ~(Vector512.Equals(x, Vector512.Floor(x)) & Vector512.IsFinite(x));
    }

    /// <summary>No label: not a whole number from 0 to classes − 1, nor one other value that is allowed, such as that of padding.</summary>
    public readonly struct NoLabel(int classes, float allowed = 0f) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x)
            => ~(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero) & Vector512.LessThan(x, Vector512.Create((float)classes))
                & Vector512.Equals(x, Vector512.Floor(x)) | Vector512.Equals(x, Vector512.Create(allowed)));
    }

    /// <summary>A probability of 0 or less where there is a target, or of 1 or more where the target is less: clipped, it has no slope.</summary>
    public readonly struct Stuck : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> p, Vector512<float> target)
        {
            Vector512<float> zero = Vector512<float>.Zero, one = Vector512<float>.One;
            return (Vector512.LessThanOrEqual(p, zero) & Vector512.GreaterThan(target, zero))
                | (Vector512.GreaterThanOrEqual(p, one) & Vector512.LessThan(target, one));
        }
    }
}
