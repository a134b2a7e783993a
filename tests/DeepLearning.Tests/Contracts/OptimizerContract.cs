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
        new("Nadam", rate => new Nadam(rate), () => Nadam(1)),
        new("RmsProp", rate => new RmsProp(rate), () => RmsProp(0, centered: false)),
        new("RmsProp with momentum", rate => new RmsProp(rate) { Momentum = 0.9f }, () => RmsProp(0.9f, centered: false)),
        new("RmsProp centered", rate => new RmsProp(rate) { Centered = true }, () => RmsProp(0, centered: true)),
        new("RmsProp centered with momentum", rate => new RmsProp(rate) { Centered = true, Momentum = 0.5f }, () => RmsProp(0.5f, centered: true)),
        new("Adagrad", rate => new Adagrad(rate), Adagrad),
        new("Adadelta", rate => new Adadelta(rate), Adadelta),
        new("Lion", rate => new Lion(rate), Lion),
        new("Nadam as PyTorch has it", rate => new Nadam(rate) { MomentumDecay = 0.004f }, () => Nadam(0.004f)),
        new("Adamax", rate => new Adamax(rate), Adamax),
        new("RAdam", rate => new RAdam(rate), RAdam),
        new("AdaBelief", rate => new AdaBelief(rate), AdaBelief),
        new("Yogi", rate => new Yogi(rate), Yogi),
        new("Rprop", rate => new Rprop(rate), Rprop),
        new("Lars", rate => new Lars(rate), () => WholeParameterRules.Lars(nesterov: false)),
        new("Lars with Nesterov's momentum", rate => new Lars(rate, nesterov: true), () => WholeParameterRules.Lars(nesterov: true)),
        new("Lamb", rate => new Lamb(rate) { WeightDecay = 0.01f }, () => WholeParameterRules.Lamb(before: 0.01f, within: 0)),
        new("Lamb with its decay in the ratio", rate => new Lamb(rate) { WeightDecay = 0.01f, DecayInRatio = true }, () => WholeParameterRules.Lamb(0, 0.01f)),
        new("Adafactor", rate => new Adafactor(rate), WholeParameterRules.Adafactor),
        // The parameters here are vectors: MuonTests has the matrices.
        new("Muon", rate => new Muon(rate, weightDecay: 0.004f), () => Decayed(0.004f, Slowed(0.1f, Adam(amsGrad: false)))),
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

    private static Func<double, double, long, double, double> Slowed(double ratio, Func<double, double, long, double, double> rule)
        => (w, g, t, lr) => rule(w, g, t, lr * ratio);

    private static Func<double, double, long, double, double> Nadam(double decay)
    {
        double m = 0, v = 0, product = 1;
        return (w, g, t, lr) =>
        {
            double now = Beta1 * (1 - 0.5 * Math.Pow(0.96, decay * t)), next = Beta1 * (1 - 0.5 * Math.Pow(0.96, decay * (t + 1)));
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

    private static Func<double, double, long, double, double> Adamax()
    {
        double m = 0, u = 0;
        return (w, g, t, lr) =>
        {
            m = Beta1 * m + (1 - Beta1) * g;
            u = Math.Max(Beta2 * u, Math.Abs(g));
            return w - lr / (1 - Math.Pow(Beta1, t)) * m / (u + Epsilon);
        };
    }

    private static Func<double, double, long, double, double> RAdam()
    {
        double m = 0, v = 0;
        return (w, g, t, lr) =>
        {
            m = Beta1 * m + (1 - Beta1) * g;
            v = Beta2 * v + (1 - Beta2) * g * g;
            double power = Math.Pow(Beta2, t), longest = 2 / (1 - Beta2) - 1, length = longest - 2 * t * power / (1 - power);
            double mean = m / (1 - Math.Pow(Beta1, t));
            if (length <= 5) return w - lr * mean;
            double rectified = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            return w - lr * rectified * mean * Math.Sqrt(1 - power) / (Math.Sqrt(v) + Epsilon);
        };
    }

    private static Func<double, double, long, double, double> AdaBelief()
    {
        double m = 0, s = 0, epsilon = 1e-16f;
        return (w, g, t, lr) =>
        {
            m = Beta1 * m + (1 - Beta1) * g;
            s = Beta2 * s + (1 - Beta2) * (g - m) * (g - m);
            return w - lr * Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(Beta1, t)) * m / (Math.Sqrt(s) + epsilon);
        };
    }

    private static Func<double, double, long, double, double> Yogi()
    {
        double m = 0, v = 1e-6f, epsilon = 1e-3f;
        return (w, g, t, lr) =>
        {
            m = Beta1 * m + (1 - Beta1) * g;
            v -= (1 - Beta2) * Math.Sign(v - g * g) * g * g;
            return w - lr / (1 - Math.Pow(Beta1, t)) * m / (Math.Sqrt(v / (1 - Math.Pow(Beta2, t))) + epsilon);
        };
    }

    private static Func<double, double, long, double, double> Rprop()
    {
        double factor = 1, last = 0;
        return (w, g, _, lr) =>
        {
            double same = Math.Sign(g) * last;
            factor = Math.Clamp(factor * (same > 0 ? 1.2f : same < 0 ? 0.5f : 1), 1e-4f, 5000);
            last = same < 0 ? 0 : Math.Sign(g);
            return w - lr * factor * last;
        };
    }
}
