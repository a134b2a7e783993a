namespace DeepLearning.Tests.Contracts;

/// <summary>The recurrences of rules that need norms, for a parameter that is a vector, in double.</summary>
internal static class WholeParameterRules
{
    private const double Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-7f;

    public static Func<double[], double[], long, double, double[]> Lars(bool nesterov)
    {
        double[]? v = null;
        double mu = 0.9f, trust = 0.001f;
        return (w, g, _, lr) =>
        {
            double ratio = Norm(w) > 0 && Norm(g) > 0 ? trust * Norm(w) / Norm(g) : 1;
            v = [.. (v ?? new double[w.Length]).Select((value, i) => mu * value - lr * ratio * g[i])];
            return [.. w.Select((value, i) => nesterov ? value + mu * v[i] - lr * ratio * g[i] : value + v[i])];
        };
    }

    public static Func<double[], double[], long, double, double[]> Lamb(double before, double within)
    {
        double[]? m = null, v = null;
        return (weights, g, t, lr) =>
        {
            double[] w = [.. weights.Select(value => value - lr * before * value)];
            m = [.. (m ?? new double[w.Length]).Select((value, i) => Beta1 * value + (1 - Beta1) * g[i])];
            v = [.. (v ?? new double[w.Length]).Select((value, i) => Beta2 * value + (1 - Beta2) * g[i] * g[i])];
            double[] u = [.. m.Select((mean, i) => mean / (1 - Math.Pow(Beta1, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(Beta2, t))) + Epsilon) + within * w[i])];
            double ratio = Norm(w) > 0 && Norm(u) > 0 ? Norm(w) / Norm(u) : 1;
            return [.. w.Select((value, i) => value - lr * ratio * u[i])];
        };
    }

    public static Func<double[], double[], long, double, double[]> Adafactor()
    {
        double[]? v = null;
        return (w, g, t, lr) =>
        {
            double beta = 1 - Math.Pow(t, -0.8f), root = Math.Sqrt(w.Length);
            v = [.. (v ?? new double[w.Length]).Select((value, i) => beta * value + (1 - beta) * (g[i] * g[i] + 1e-30f))];
            double[] u = [.. g.Select((slope, i) => slope / Math.Sqrt(v[i]))];
            double rate = Math.Min(lr, 1 / Math.Sqrt(t)) * Math.Max(1e-3f, Norm(w) / root) / Math.Max(1, Norm(u) / root);
            return [.. w.Select((value, i) => value - rate * u[i])];
        };
    }

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(value => value * value));
}
