namespace DeepLearning.Tests.Contracts;

/// <summary>Every public loss; <see cref="LossContractTests"/> runs one suite over all rows.</summary>
public static partial class LossContract
{
    private static readonly Tensor Values = Tensor.From([0.5f, -1f, 2f, 0.25f, 3f, -2.5f], [3, 2]), Wanted = Tensor.From([0.25f, 1f, 0.5f, -0.25f, 2.7f, 1.5f], [3, 2]);
    private static readonly Tensor Chances = Tensor.From([0.9f, 0.2f, 0.4f, 0.7f, 0.05f, 0.5f], [3, 2]), Yes = Tensor.From([1f, 0f, 1f, 0f, 0f, 0.3f], [3, 2]);
    private static readonly Tensor Sure = Tensor.From([1f, 0f, 1f, 0f, 0f, 1f], [3, 2]), SureLogits = (Sure * 2f - 1f) * 1e4f;
    private static readonly Tensor Shares = Tensor.From([0.7f, 0.2f, 0.1f, 0.1f, 0.6f, 0.3f, 0.25f, 0.25f, 0.5f], [3, 3]);
    private static readonly Tensor Logits = Tensor.From([2f, -1f, 0.5f, -0.3f, 1f, 0.7f, 3f, 3.5f, -2f], [3, 3]);
    private static readonly Tensor OneHot = Tensor.From([1f, 0f, 0f, 0f, 0f, 1f, 0f, 1f, 0f], [3, 3]), OneHotLogits = (OneHot * 2f - 1f) * 1e4f;
    private static readonly Tensor Labels = Tensor.From(0f, 2f, 1f);

    private static readonly double[] TwoWeights = [0.5, 4];

    public static IReadOnlyList<LossRow> Rows { get; } =
    [
        new("MeanSquaredError", r => new MeanSquaredError { Reduction = r }, Values, Wanted, (p, t) => Mean(p, t, (a, b) => (a - b) * (a - b)), Wanted),
        new("MeanAbsoluteError", r => new MeanAbsoluteError { Reduction = r }, Values, Wanted, (p, t) => Mean(p, t, (a, b) => Math.Abs(a - b)), Wanted),
        new("Huber", r => new Huber { Reduction = r }, Values, Wanted, (p, t) => Mean(p, t, (a, b) => HuberOf(a - b, 1)), Wanted),
        new("Huber of 0.4", r => new Huber { Delta = 0.4f, Reduction = r }, Values, Wanted, (p, t) => Mean(p, t, (a, b) => HuberOf(a - b, 0.4f)), Wanted),
        new("LogCosh", r => new LogCosh { Reduction = r }, Values, Wanted, (p, t) => Mean(p, t, (a, b) => Math.Log(Math.Cosh(a - b))), Wanted),
        new("BinaryCrossEntropy", r => new BinaryCrossEntropy { Reduction = r }, Chances, Yes, (p, t) => Mean(p, t, Binary), Sure),
        new("BinaryCrossEntropy of logits", r => new BinaryCrossEntropy { FromLogits = true, Reduction = r }, Values, Yes,
            (p, t) => Mean(p, t, (x, y) => Binary(Sigmoid(x), y)), SureLogits),
        new("BinaryCrossEntropy smoothed", r => new BinaryCrossEntropy { LabelSmoothing = 0.2f, Reduction = r }, Chances, Yes,
            (p, t) => Mean(p, t, (a, b) => Binary(a, b * 0.8 + 0.1)), Sure * 0.8f + 0.1f, Binary(0.9, 0.9)),
        new("BinaryFocalCrossEntropy", r => new BinaryFocalCrossEntropy { Reduction = r }, Chances, Yes, (p, t) => Mean(p, t, (a, b) => Focal(a, b, 2)), Sure),
        new("BinaryFocalCrossEntropy of logits", r => new BinaryFocalCrossEntropy { FromLogits = true, Gamma = 1.5f, Reduction = r }, Values, Yes,
            (p, t) => Mean(p, t, (x, y) => Focal(Sigmoid(x), y, 1.5)), SureLogits),
        new("BinaryFocalCrossEntropy balanced", r => new BinaryFocalCrossEntropy { ApplyClassBalancing = true, Reduction = r }, Chances, Yes,
            (p, t) => Mean(p, t, (a, b) => (b * 0.25 + (1 - b) * 0.75) * Focal(a, b, 2)), Sure),
        new("BinaryFocalCrossEntropy without focus", r => new BinaryFocalCrossEntropy { Gamma = 0f, Reduction = r }, Chances, Yes, (p, t) => Mean(p, t, Binary), Sure),
        new("CategoricalCrossEntropy", r => new CategoricalCrossEntropy { Reduction = r }, Shares, OneHot, CrossEntropyOf, OneHot),
        new("CategoricalCrossEntropy of shares that sum to 3", r => new CategoricalCrossEntropy { Reduction = r }, Shares * 3f, OneHot,
            (p, t) => CrossEntropyOf([.. p.Select(v => v / p.Sum())], t), OneHot * 3f),
        new("CategoricalCrossEntropy of logits", r => new CategoricalCrossEntropy { FromLogits = true, Reduction = r }, Logits, OneHot,
            (p, t) => CrossEntropyOf(Softmax(p), t), OneHotLogits),
        new("CategoricalCrossEntropy smoothed", r => new CategoricalCrossEntropy { FromLogits = true, LabelSmoothing = 0.3f, Reduction = r }, Logits, OneHot,
            (p, t) => CrossEntropyOf(Softmax(p), [.. t.Select(s => s * 0.7 + 0.1)]), (OneHot * 0.7f + 0.1f).Log(), CrossEntropyOf([0.8, 0.1, 0.1], [0.8, 0.1, 0.1])),
        new("SparseCategoricalCrossEntropy", r => new SparseCategoricalCrossEntropy { Reduction = r }, Shares, Labels, (p, t) => -Math.Log(p[(int)t[0]]), OneHot),
        new("SparseCategoricalCrossEntropy of shares that sum to 3", r => new SparseCategoricalCrossEntropy { Reduction = r }, Shares * 3f, Labels,
            (p, t) => -Math.Log(p[(int)t[0]] / p.Sum()), OneHot * 3f),
        new("SparseCategoricalCrossEntropy of logits", r => new SparseCategoricalCrossEntropy { FromLogits = true, Reduction = r }, Logits, Labels,
            (p, t) => -Math.Log(Softmax(p)[(int)t[0]]), OneHotLogits),
        new("SparseCategoricalCrossEntropy smoothed", r => new SparseCategoricalCrossEntropy { FromLogits = true, LabelSmoothing = 0.3f, Reduction = r },
            Logits, Labels, (p, t) => CrossEntropyOf(Softmax(p), Smoothed(t)), (OneHot * 0.7f + 0.1f).Log(), CrossEntropyOf([0.8, 0.1, 0.1], [0.8, 0.1, 0.1])),
        new("SparseCategoricalCrossEntropy with padding", r => new SparseCategoricalCrossEntropy { IgnoreClass = -1, Reduction = r }, Shares, Labels,
            (p, t) => -Math.Log(p[(int)t[0]]), OneHot),
        new("BinaryCrossEntropy of positive weight 3", r => new BinaryCrossEntropy { PositiveWeight = 3, Reduction = r }, Chances, Yes,
            (p, t) => Mean(p, t, (a, b) => Weighed(a, b, 3)), Sure),
        new("BinaryCrossEntropy of two positive weights", r => new BinaryCrossEntropy { FromLogits = true, PositiveWeight = TwoWeights, Reduction = r },
            Values, Yes, (p, t) => (Weighed(Sigmoid(p[0]), t[0], 0.5) + Weighed(Sigmoid(p[1]), t[1], 4)) / 2, SureLogits),
        .. Others,
    ];

    private static double Mean(double[] p, double[] t, Func<double, double, double> formula) => p.Zip(t, formula).Average();

    private static double HuberOf(double e, double delta) => Math.Abs(e) <= delta ? e * e / 2 : delta * Math.Abs(e) - delta * delta / 2;

    private static double Binary(double p, double t) => -t * Math.Log(p) - (1 - t) * Math.Log(1 - p);

    private static double Weighed(double p, double t, double weight) => -weight * t * Math.Log(p) - (1 - t) * Math.Log(1 - p);

    private static double[] Smoothed(double[] label) => [.. Enumerable.Range(0, 3).Select(c => c == (int)label[0] ? 0.8 : 0.1)];

    private static double Focal(double p, double t, double gamma) => Math.Pow(t * (1 - p) + (1 - t) * p, gamma) * Binary(p, t);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Softmax(double[] x) => [.. x.Select(v => Math.Exp(v) / x.Sum(Math.Exp))];

    private static double CrossEntropyOf(double[] p, double[] t) => -p.Zip(t, (a, b) => b * Math.Log(a)).Sum();
}
