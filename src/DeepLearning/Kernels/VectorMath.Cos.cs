using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// cos 2πt for a turn t = w / 2³² given by a 32-bit word w: an exact integer reduction to a = ¼ − |t|, |a| ≤ ¼, where cos 2πt = sin 2πa = a·p(a²),
/// p of degree 4, relative error 2⁻²⁴·⁸. Worst in a sample: 2.6 ULP.
/// </content>
internal static partial class VectorMath
{
    /// <summary>cos(2π·w / 2³²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> CosTurn(Vector512<uint> w)
    {
        Vector512<int> signed = w.AsInt32(), sign = signed >> 31, magnitude = (signed ^ sign) - sign;
        Vector512<float> a = Vector512.ConvertToSingle(Vector512.Create(1 << 30) - magnitude) * Vector512.Create(1f / 4294967296f);
        Vector512<float> z = a * a;
        Vector512<float> p = Step(Vector512.Create(41.0799103f), z, -76.7538757f);
        p = Step(p, z, 81.609642f);
        p = Step(p, z, -41.3417778f);
        p = Step(p, z, 6.28318548f);
        return a * p;
    }

    /// <summary>sin(2π·w / 2³²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SinTurn(Vector512<uint> w) => CosTurn(w - Vector512.Create(1u << 30));
}
