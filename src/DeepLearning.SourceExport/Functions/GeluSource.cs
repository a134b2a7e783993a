namespace DeepLearning.SourceExport;

/// <summary>The exact Gaussian error linear unit as C#.</summary>
internal static class GeluSource
{
    private static SourceFunction Bell { get; } = new("""
        /// <summary>e^(−t²/2) = 2ᵏ·eʳ, for 0 ≤ t ≤ 16.</summary>
        private static double Bell(double t)
        {
            const double Magic = 6755399441055744.0;
            double z = t * t * -0.5, shifted = Math.FusedMultiplyAdd(z, 1.4426950408889634, Magic);
            double r = Math.FusedMultiplyAdd(shifted - Magic, -0.6931471805599453, z);
            double e = Math.FusedMultiplyAdd(2.4876164022625967e-05, r, 0.00019915866926782682);
            e = Math.FusedMultiplyAdd(e, r, 0.0013888821677630362);
            e = Math.FusedMultiplyAdd(e, r, 0.008333266097949614);
            e = Math.FusedMultiplyAdd(e, r, 0.041666666890957);
            e = Math.FusedMultiplyAdd(e, r, 0.16666666891045775);
            e = Math.FusedMultiplyAdd(e, r, 0.49999999999797934);
            e = Math.FusedMultiplyAdd(e, r, 0.9999999999797852);
            e = Math.FusedMultiplyAdd(e, r, 1.0);
            return e * BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(shifted) << 52) + (1023L << 52));
        }
        """);

    public static SourceFunction Gelu { get; } = new("""
        /// <summary>x·Φ(x), with Φ(−t) = e^(−t²/2)·f(u)/(t + 4) for t = |x|, u = (t − 4)/(t + 4).</summary>
        private static float Gelu(float x)
        {
            double t = Math.Abs(x) < 16f ? Math.Abs(x) : 16.0, reciprocal = 1.0 / (t + 4.0), u = (t - 4.0) * reciprocal;
            double f = Math.FusedMultiplyAdd(7.720775321395631e-06, u, 3.394216587449396e-05);
            f = Math.FusedMultiplyAdd(f, u, -8.802461473595568e-06);
            f = Math.FusedMultiplyAdd(f, u, -0.00023347100250843984);
            f = Math.FusedMultiplyAdd(f, u, 0.00013565005822427495);
            f = Math.FusedMultiplyAdd(f, u, 0.0016321411310744527);
            f = Math.FusedMultiplyAdd(f, u, -0.003480000899167428);
            f = Math.FusedMultiplyAdd(f, u, -0.007540444766270344);
            f = Math.FusedMultiplyAdd(f, u, 0.06039658769843236);
            f = Math.FusedMultiplyAdd(f, u, -0.18652183870878347);
            f = Math.FusedMultiplyAdd(f, u, 0.38713740085297604);
            f = Math.FusedMultiplyAdd(f, u, -0.6078966423763746);
            f = Math.FusedMultiplyAdd(f, u, 0.7552851304122981);
            double tail = f * reciprocal * Bell(t);
            return (float)(x < 0f ? -t * tail : x * (1.0 - tail));
        }
        """, Bell);
}
