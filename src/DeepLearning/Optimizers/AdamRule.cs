using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>The rule shared by Adam and AdamW: both bias corrections are in the rate, so ε is added to the uncorrected √v.</summary>
internal readonly struct AdamRule(float rate, float beta1, float beta2, float epsilon, bool amsGrad) : IOptimizerRule
{
    /// <summary>The rule of step t, from 1.</summary>
    public static AdamRule At(long t, float learningRate, float beta1, float beta2, float epsilon, bool amsGrad)
        => new((float)(learningRate * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t))), beta1, beta2, epsilon, amsGrad);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> v, ref Vector512<float> largest)
    {
        m += (g - m) * (1f - beta1);
        v += (g * g - v) * (1f - beta2);
        if (amsGrad) largest = Vector512.Max(largest, v);
        w -= m * rate / (Vector512.Sqrt(amsGrad ? largest : v) + Vector512.Create(epsilon));
    }
}
