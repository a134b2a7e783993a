namespace DeepLearning.Tests.Contracts;

/// <content>Losses that are neither plain errors nor the cross-entropies of Keras's first page.</content>
public static partial class LossContract
{
    // Properties, because static fields of a type in two files are made in no promised order.
    private static Tensor Scores => Tensor.From([0.5f, -0.8f, 2f, 0.25f, 3f, -2.5f], [3, 2]);

    private static Tensor Amounts => Tensor.From([0.5f, 1.1f, 2.2f, 0.25f, 3f, 2.5f], [3, 2]);

    private static Tensor Counts => Tensor.From([1f, 2f, 2f, 1f, 1f, 2f], [3, 2]);

    private static Tensor Mix => Tensor.From([0.2f, 0.5f, 0.3f, 0.1f, 0.1f, 0.8f, 1f, 0f, 0f], [3, 3]);

    private static Tensor Spread => Tensor.From([0.5f, -1f, 0.3f, -0.7f, 2f, 0.25f, 1.2f, 0f, 3f, -2.5f, -0.5f, 2f], [3, 4]);

    private static Tensor Vectors => Tensor.From([1f, 0f, 0.2f, 0.9f, 0.7f, 0.1f], [3, 2]);

    private static Tensor Speech => Tensor.From([.. Enumerable.Range(0, 3 * 5 * 3).Select(i => MathF.Sin(i * i))], [3, 5, 3]);

    private static Tensor Spoken => Tensor.From([1f, 1f, 0f, 2f, 1f, 2f, 2f, 0f, 0f], [3, 3]);

    private static IEnumerable<LossRow> Others =>
    [
        new("MeanAbsolutePercentageError", r => new MeanAbsolutePercentageError { Reduction = r }, Amounts, Counts,
            (p, t) => Mean(p, t, (a, b) => 100 * Math.Abs(a - b) / Math.Abs(b)), Counts),
        new("MeanSquaredLogarithmicError", r => new MeanSquaredLogarithmicError { Reduction = r }, Amounts, Counts,
            (p, t) => Mean(p, t, (a, b) => Math.Pow(Math.Log(1 + a) - Math.Log(1 + b), 2)), Counts),
        new("Pinball", r => new Pinball { Reduction = r }, Values, Wanted, (p, t) => Mean(p, t, (a, b) => Math.Abs(a - b) / 2), Wanted),
        new("Pinball of 0.9", r => new Pinball(0.9) { Reduction = r }, Values, Wanted,
            (p, t) => Mean(p, t, (a, b) => b > a ? 0.9 * (b - a) : 0.1 * (a - b)), Wanted),
        new("CosineSimilarity", r => new CosineSimilarity { Reduction = r }, Logits, Mix, (p, t) => -Cosine(p, t), Mix * 3f, -1),
        new("Poisson", r => new Poisson { Reduction = r }, Amounts, Counts,
            (p, t) => Mean(p, t, (a, b) => a - b * Math.Log(a + 1e-7)), Counts, 1.5 - Math.Log(2)),
        new("Poisson of logarithms", r => new Poisson(fromLogarithms: true) { Reduction = r }, Values, Counts,
            (p, t) => Mean(p, t, (a, b) => Math.Exp(a) - b * a), Counts.Log(), 1.5 - Math.Log(2)),
        new("GaussianNegativeLogLikelihood", r => new GaussianNegativeLogLikelihood { Reduction = r }, Spread, Wanted, (p, t) => Gaussian(p, t, 0),
            Tensor.Concatenate(-1, Wanted, Tensor.Full([3, 2], Math.Log(1e-6))), Math.Log(1e-6) / 2),
        new("GaussianNegativeLogLikelihood in full", r => new GaussianNegativeLogLikelihood { Full = true, Epsilon = 0.01, Reduction = r }, Spread, Wanted,
            (p, t) => Gaussian(p, t, Math.Log(2 * Math.PI)), Tensor.Concatenate(-1, Wanted, Tensor.Full([3, 2], -20)), Math.Log(2 * Math.PI * 0.01) / 2),
        new("Hinge", r => new Hinge { Reduction = r }, Scores, Sure, (p, t) => Mean(p, t, (a, b) => Margin(a, b)), Sure * 4f - 2f),
        new("Hinge of −1 and 1", r => new Hinge { Reduction = r }, Scores, Sure * 2f - 1f,
            (p, t) => Mean(p, t, (a, b) => Margin(a, (b + 1) / 2)), Sure * 4f - 2f),
        new("SquaredHinge", r => new SquaredHinge { Reduction = r }, Scores, Sure,
            (p, t) => Mean(p, t, (a, b) => Math.Pow(Margin(a, b), 2)), Sure * 4f - 2f),
        new("CategoricalHinge", r => new CategoricalHinge { Reduction = r }, Logits * 0.3f, OneHot,
            (p, t) => Math.Max(0, 1 + p.Zip(t, (a, b) => (1 - b) * a).Max() - p.Zip(t, (a, b) => a * b).Sum()), OneHot * 6f - 3f),
        new("KullbackLeiblerDivergence", r => new KullbackLeiblerDivergence { Reduction = r }, Shares, Mix, Divergence, Mix),
        new("KullbackLeiblerDivergence of logits", r => new KullbackLeiblerDivergence { FromLogits = true, Reduction = r }, Logits, Shares,
            (p, t) => Divergence(Softmax(p), t), Shares.Log() + 3f),
        new("CategoricalFocalCrossEntropy", r => new CategoricalFocalCrossEntropy { Reduction = r }, Shares, OneHot,
            (p, t) => CategoricalFocal(p, t, 2, 0.25), OneHot),
        new("CategoricalFocalCrossEntropy of logits", r => new CategoricalFocalCrossEntropy { FromLogits = true, Gamma = 0.5, Alpha = 2, Reduction = r },
            Logits, OneHot, (p, t) => CategoricalFocal(Softmax(p), t, 0.5, 2), OneHotLogits),
        new("CategoricalFocalCrossEntropy without focus", r => new CategoricalFocalCrossEntropy { FromLogits = true, Gamma = 0, Alpha = 1, Reduction = r },
            Logits, OneHot, (p, t) => CrossEntropyOf(Softmax(p), t), OneHotLogits),
        new("Contrastive", r => new Contrastive(2) { Reduction = r }, Amounts, Sure,
            (p, t) => Mean(p, t, (d, same) => same * d * d + (1 - same) * Math.Pow(Math.Max(0, 2 - d), 2)), (1f - Sure) * 3f),
        new("Triplet", r => new Triplet(0.5) { Reduction = r }, Vectors, Tensor.From(7f, 7f, -1f), (_, _) => 0,
            Tensor.From([1f, 0f, 1f, 0f, -1f, 0f], [3, 2]), OfBatch: (p, t) => SemiHardTriplets(p, t, 0.5)),
        new("Ctc", r => new Ctc { Reduction = r }, Speech, Spoken, SumOfPaths, Uttered()),
    ];

    private static double Cosine(double[] p, double[] t) => p.Zip(t, (a, b) => a * b).Sum() / Math.Sqrt(p.Sum(a => a * a) * t.Sum(b => b * b));

    private static double Margin(double p, double t) => Math.Max(0, 1 - (t == 0 ? -1 : 1) * p);

    private static double Gaussian(double[] p, double[] t, double constant)
        => t.Select((y, i) => (p[i + 2] + Math.Pow(p[i] - y, 2) / Math.Exp(p[i + 2]) + constant) / 2).Average();

    private static double Divergence(double[] p, double[] t) => p.Zip(t, (a, b) => b == 0 ? 0 : b * Math.Log(b / a)).Sum();

    private static double CategoricalFocal(double[] p, double[] t, double gamma, double alpha)
        => -p.Zip(t, (a, b) => b == 0 ? 0 : alpha * Math.Pow(1 - a, gamma) * b * Math.Log(a)).Sum();

    private static double[] SemiHardTriplets(double[][] x, double[][] labels, double margin)
        =>
        [
            .. x.Select((a, i) =>
            {
                double[] apart = [.. x.Select(b => Math.Sqrt(a.Zip(b, (u, v) => (u - v) * (u - v)).Sum()))];
                double[] companions = [.. apart.Where((_, j) => j != i && labels[j][0] == labels[i][0])];
                double[] others = [.. apart.Where((_, j) => labels[j][0] != labels[i][0])];
                double Negative(double d) => others.Where(o => o > d).DefaultIfEmpty(others.Max()).Min();
                return companions.Select(d => Math.Max(0, d - Negative(d) + margin)).DefaultIfEmpty(0).Average();
            }),
        ];

    /// <summary>Every path over the time by itself: those that spell the labels, once repetitions and then blanks are left out.</summary>
    private static double SumOfPaths(double[] logits, double[] labels)
    {
        const int Time = 5, Classes = 3;
        double[][] p = [.. Enumerable.Range(0, Time).Select(t => Softmax(logits[(t * Classes)..((t + 1) * Classes)]))];
        int[] wanted = [.. labels.TakeWhile(l => l != 0).Select(l => (int)l)];
        double sum = 0;
        for (int path = 0; path < Math.Pow(Classes, Time); path++)
        {
            int[] steps = [.. Enumerable.Range(0, Time).Select(t => path / (int)Math.Pow(Classes, t) % Classes)];
            if (steps.Where((c, t) => c != 0 && (t == 0 || steps[t - 1] != c)).SequenceEqual(wanted))
                sum += steps.Select((c, t) => p[t][c]).Aggregate(1.0, (a, b) => a * b);
        }

        return -Math.Log(sum);
    }

    /// <summary>Logits that say the words at one place each.</summary>
    private static Tensor Uttered()
    {
        int[][] steps = [[1, 0, 1, 0, 0], [2, 1, 0, 2, 0], [0, 2, 2, 0, 0]];
        return Tensor.From([.. steps.SelectMany(row => row).SelectMany(c => Enumerable.Range(0, 3).Select(k => k == c ? 1e3f : 0f))], [3, 5, 3]);
    }
}
