namespace DeepLearning.Tests.Contracts;

/// <summary>Every public optimizer; <see cref="OptimizerContractTests"/> runs one suite over all rows. β, ρ and ε are the floats that the optimizers have.</summary>
public static class OptimizerContract
{
    private const double Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-7f;

    public static IReadOnlyList<OptimizerRow> Rows { get; } =
    [
        new("Sgd", rate => new Sgd(rate), () => (w, g, _, lr) => w - lr * g),
        new("Sgd with momentum", rate => new Sgd(rate, momentum: 0.9f), () => Momentum(nesterov: false)),
        new("Sgd with Nesterov's momentum", rate => new Sgd(rate, momentum: 0.9f, nesterov: true), () => Momentum(nesterov: true)),
        new("Adam", rate => new Adam(rate), () => Adam(amsGrad: false)),
        new("Adam with AMSGrad", rate => new Adam(rate) { AmsGrad = true }, () => Adam(amsGrad: true)),
        new("AdamW", rate => new AdamW(rate), () => Decayed(0.004f, Adam(amsGrad: false))),
        new("AdamW with AMSGrad", rate => new AdamW(rate) { AmsGrad = true, WeightDecay = 0.1f }, () => Decayed(0.1f, Adam(amsGrad: true))),
        new("Nadam", rate => new Nadam(rate), Nadam),
        new("RmsProp", rate => new RmsProp(rate), () => RmsProp(0, centered: false)),
        new("RmsProp with momentum", rate => new RmsProp(rate) { Momentum = 0.9f }, () => RmsProp(0.9f, centered: false)),
        new("RmsProp centered", rate => new RmsProp(rate) { Centered = true }, () => RmsProp(0, centered: true)),
        new("RmsProp centered with momentum", rate => new RmsProp(rate) { Centered = true, Momentum = 0.5f }, () => RmsProp(0.5f, centered: true)),
        new("Adagrad", rate => new Adagrad(rate), Adagrad),
        new("Adadelta", rate => new Adadelta(rate), Adadelta),
        new("Lion", rate => new Lion(rate), Lion),
    ];

    private static Func<double, double, long, double, double> Momentum(bool nesterov)
    {
        double v = 0, mu = 0.9f;
        return (w, g, _, lr) =>
        {
            v = mu * v - lr * g;
            return nesterov ? w + mu * v - lr * g : w + v;
        };
    }

    private static Func<double, double, long, double, double> Adam(bool amsGrad)
    {
        double m = 0, v = 0, largest = 0;
        return (w, g, t, lr) =>
        {
            m = Beta1 * m + (1 - Beta1) * g;
            v = Beta2 * v + (1 - Beta2) * g * g;
            largest = Math.Max(largest, v);
            return w - lr * Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(Beta1, t)) * m / (Math.Sqrt(amsGrad ? largest : v) + Epsilon);
        };
    }

    private static Func<double, double, long, double, double> Decayed(double decay, Func<double, double, long, double, double> rule)
        => (w, g, t, lr) => rule(w - lr * decay * w, g, t, lr);

    private static Func<double, double, long, double, double> Nadam()
    {
        double m = 0, v = 0, product = 1;
        return (w, g, t, lr) =>
        {
            double now = Beta1 * (1 - 0.5 * Math.Pow(0.96, t)), next = Beta1 * (1 - 0.5 * Math.Pow(0.96, t + 1));
            product *= now;
            m = Beta1 * m + (1 - Beta1) * g;
            v = Beta2 * v + (1 - Beta2) * g * g;
            double mean = next * m / (1 - product * next) + (1 - now) * g / (1 - product);
            return w - lr * mean / (Math.Sqrt(v / (1 - Math.Pow(Beta2, t))) + Epsilon);
        };
    }

    private static Func<double, double, long, double, double> RmsProp(double momentum, bool centered)
    {
        double v = 0, mean = 0, step = 0, rho = 0.9f;
        return (w, g, _, lr) =>
        {
            v = rho * v + (1 - rho) * g * g;
            mean = rho * mean + (1 - rho) * g;
            step = momentum * step + lr * g / Math.Sqrt(v - (centered ? mean * mean : 0) + Epsilon);
            return w - step;
        };
    }

    private static Func<double, double, long, double, double> Adagrad()
    {
        double sum = 0.1f;
        return (w, g, _, lr) =>
        {
            sum += g * g;
            return w - lr * g / Math.Sqrt(sum + Epsilon);
        };
    }

    private static Func<double, double, long, double, double> Adadelta()
    {
        double v = 0, u = 0, rho = 0.95f;
        return (w, g, _, lr) =>
        {
            v = rho * v + (1 - rho) * g * g;
            double step = Math.Sqrt(u + Epsilon) / Math.Sqrt(v + Epsilon) * g;
            u = rho * u + (1 - rho) * step * step;
            return w - lr * step;
        };
    }

    private static Func<double, double, long, double, double> Lion()
    {
        double m = 0, beta2 = 0.99f;
        return (w, g, _, lr) =>
        {
            double next = w - lr * Math.Sign(Beta1 * m + (1 - Beta1) * g);
            m = beta2 * m + (1 - beta2) * g;
            return next;
        };
    }
}
