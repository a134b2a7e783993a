using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// cos 2πt for a turn t = w / 2³² given by a 32-bit word w: an exact integer reduction to a = ¼ − |t|, |a| ≤ ¼, where cos 2πt = sin 2πa = a·p(a²),
/// p of degree 4, relative error 2⁻²⁴·⁸. Worst in a sample: 2.72 ULP.
/// </content>
internal static partial class VectorMath
{
    /// <summary>cos(2π·w / 2³²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> CosTurn(Vector512<uint> w) => Apply<CosTurnFunction>(w.AsSingle());

    /// <summary>sin(2π·w / 2³²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SinTurn(Vector512<uint> w) => CosTurn(w - Vector512.Create(1u << 30));

    private readonly struct CosTurnFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x) where T : struct, IFloats<T>
        {
            // |w| = w − 2·(w where it is negative), in the bits.
            T negative = T.ShiftBitsRight(x, 31), magnitude = T.SubtractBits(x, T.ShiftBitsLeft(x & negative, 1));
            // The bits of the float 2 are 2³⁰, a quarter turn.
            T a = T.ConvertBits(T.SubtractBits(T.Create(2f), magnitude)) * T.Create(1f / 4294967296f), z = a * a;
            T p = Step(T.Create(41.0799103f), z, -76.7538757f);
            p = Step(p, z, 81.609642f);
            p = Step(p, z, -41.3417778f);
            p = Step(p, z, 6.28318548f);
            return a * p;
        }
    }
}
