using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>The rule shared by SGD with momentum and LARS: the stored velocity includes the rate.</summary>
internal readonly struct MomentumRule(float rate, float momentum, bool nesterov) : IOptimizerRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> v, ref Vector512<float> second, ref Vector512<float> third)
    {
        v = v * momentum - g * rate;
        w += nesterov ? v * momentum - g * rate : v;
    }
}
