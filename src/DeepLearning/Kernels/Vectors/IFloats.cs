namespace DeepLearning.Kernels;

/// <summary>
/// A vector of floats of one width, so that a formula is written once and compiled for each: 512 bits where the machine has them, else two halves of 256.
/// The members are those of <see cref="System.Runtime.Intrinsics.Vector256"/>; the ones named after bits see the floats' bits as 32-bit integers.
/// </summary>
internal interface IFloats<T> where T : struct, IFloats<T>
{
    static abstract T Create(float value);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T operator -(T a);

    static abstract T operator &(T a, T b);

    static abstract T operator |(T a, T b);

    /// <summary>a·b + c as in <see cref="ILanes{V}.MultiplyAdd"/>.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T Abs(T a);

    /// <summary>The smaller; NaN where <paramref name="value"/> is NaN.</summary>
    static abstract T AtMost(T limit, T value);

    /// <summary>The larger; NaN where <paramref name="value"/> is NaN.</summary>
    static abstract T AtLeast(T limit, T value);

    static abstract T LessThan(T a, T b);

    static abstract T AreEqual(T a, T b);

    static abstract T Select(T mask, T a, T b);

    static abstract T AddBits(T a, T b);

    static abstract T SubtractBits(T a, T b);

    static abstract T ShiftBitsLeft(T a, int count);

    /// <summary>Arithmetic shift: the sign comes in from the left.</summary>
    static abstract T ShiftBitsRight(T a, int count);

    /// <summary>The float of the same value as the integer in the bits.</summary>
    static abstract T ConvertBits(T a);

    /// <summary>a·2ⁿ rounded once, for whole −151 ≤ n ≤ 128 and a in [√½, √2].</summary>
    static abstract T ScaleByPowerOfTwo(T a, T n);
}
