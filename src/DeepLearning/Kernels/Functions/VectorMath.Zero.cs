using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>Products in which 0 wins: what does not count has no gradient and no loss, even where its own slope or value is infinite or NaN.</content>
internal static partial class VectorMath
{
    /// <summary>The product, but 0 where one of its factors is 0: 0·∞ and 0·NaN are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ZeroWins(Vector512<float> product, Vector512<float> factor)
        => Vector512.AndNot(product, Vector512.Equals(factor, Vector512<float>.Zero));
}
