using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>coefficient·‖w‖/‖step‖ of one parameter, padding included, which is 0: how far a step of LARS or LAMB may go.</summary>
internal static class TrustRatio
{
    /// <summary>Beyond this, a rate would overflow a float; steps of 1e-30 are not worth scaling up.</summary>
    private const double Largest = 1e30;

    /// <summary>1 where one of the two is 0, as in Keras and optax: weights that are all 0 must be able to move.</summary>
    public static double Of(ReadOnlySpan<float> w, ReadOnlySpan<float> step, float coefficient = 1f)
    {
        double weights = Math.Sqrt(Reductions.Dot(w, w)), length = Math.Sqrt(Reductions.Dot(step, step));
        return weights > 0 && length > 0 ? Math.Min(coefficient * weights / length, Largest) : 1;
    }
}
