namespace DeepLearning.Kernels;

/// <summary>log(1 + x) and exp(x) − 1 in double to a few units in the last place, also for x near 0, where 1 + x has lost the digits of x. The rounding of
/// 1 + x cancels against the divisor, which has the same (Kahan; Higham, Accuracy and Stability of Numerical Algorithms, 1.14.1).</summary>
internal static class NearZero
{
    /// <summary>log(1 + x), for x > −1.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsInfinity(u) ? x : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>exp(x) − 1.</summary>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1) return x;
        return u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * (x / Math.Log(u));
    }
}
