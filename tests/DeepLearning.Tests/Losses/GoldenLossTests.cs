using System.Text.Json;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Losses;

/// <summary>Values and gradients of every loss of golden.safetensors, which PyTorch computed in float64.</summary>
public sealed class GoldenLossTests
{
    /// <summary>What the file has and this library has not.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["multi_margin"] = "PyTorch's mean over the other classes; CategoricalHinge is Keras's, with the largest of them",
    };

    /// <summary>The losses of samples, or one of all, as the file has them but for a mean over what it lists element by element.</summary>
    private static readonly Dictionary<string, Func<Figures, Tensor>> Losses = new()
    {
        ["cross_entropy_logits"] = f => f.Of(new SparseCategoricalCrossEntropy(fromLogits: true)),
        ["cross_entropy_label_smoothing"] = f => f.Of(new SparseCategoricalCrossEntropy(fromLogits: true, labelSmoothing: 0.1)),
        ["cross_entropy_class_weights"] = f => new SparseCategoricalCrossEntropy(fromLogits: true) { Reduction = LossReduction.MeanWithSampleWeight }
            .Compute(f.Predictions, f.Targets, Tensor.From([.. f.Targets.ToArray().Select(label => f["class_weights"][(int)label])])),
        ["cross_entropy_ignore"] = f => new SparseCategoricalCrossEntropy(fromLogits: true) { IgnoreClass = -100 }.Compute(f.Predictions, f.Targets),
        ["cross_entropy_soft"] = f => f.Of(new CategoricalCrossEntropy(fromLogits: true)),
        ["bce_logits"] = f => f.Of(new BinaryCrossEntropy(fromLogits: true)),
        ["bce_pos_weight"] = f => f.Of(new BinaryCrossEntropy(fromLogits: true) { PositiveWeight = f["pos_weight"] }),
        ["kl_div"] = f => f.Of(new KullbackLeiblerDivergence()),
        ["poisson_nll"] = f => f.Of(new Poisson()),
        ["gaussian_nll"] = f => new GaussianNegativeLogLikelihood()
            .PerSample(Tensor.Concatenate(-1, f.Predictions, Tensor.Full(f.Predictions.Shape, Math.Log(0.7))), f.Targets),
        ["hinge_embedding"] = f => f.Of(new Hinge()),
        ["squared_hinge"] = f => f.Of(new SquaredHinge()),
        ["categorical_hinge"] = f => f.Of(new CategoricalHinge()),
        ["cosine"] = f => f.Of(new CosineSimilarity()) + 1,
        ["mape"] = f => f.Of(new MeanAbsolutePercentageError()),
        ["msle"] = f => f.Of(new MeanSquaredLogarithmicError()),
        ["smooth_l1"] = f => f.Of(new Huber(0.5)) / 0.5,
        ["huber"] = f => f.Of(new Huber(0.7)),
        ["focal_binary"] = f => f.Of(new BinaryFocalCrossEntropy(fromLogits: true) { ApplyClassBalancing = true }),
        ["focal_categorical"] = f => f.Of(new CategoricalFocalCrossEntropy(fromLogits: true)),
        ["triplet"] = f => DeepLearning.Losses.TripletMargin(f.Predictions, f.Targets, f.Targets.Gather(0, [5, 4, 3, 2, 1, 0])),
        ["ctc"] = f => Tensor.Concatenate(0, Spoken(f, 0, 9), Spoken(f, 1, 7)),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Value_and_gradient_are_those_of_the_file(string name)
    {
        var figures = new Figures(Golden(), name);

        Tensor loss = Losses[name](figures);

        // A mean over elements, or over the batch: its gradient is smaller by as much as there are fewer values.
        double[] values = figures.Doubles("value"), means = Means(values, loss.Count);
        double share = loss.Count / (double)values.Length;
        loss.ShouldBeCloseTo(means, 2e-6, name);
        figures.Gradient(loss.Sum()).ShouldBeCloseTo([.. figures.Doubles("dpredictions").Select(d => d * share)], 2e-6, name);
    }

    [SkippableFact]
    public void Every_loss_of_the_file_is_compared_or_left_out_for_a_reason()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(PathOf("golden.json")));

        json.RootElement.GetProperty("losses").EnumerateObject().Select(l => l.Name).Should().BeEquivalentTo(Losses.Keys.Concat(LeftOut.Keys));
        LeftOut.Values.Should().OnlyContain(reason => reason.Length > 20);
    }

    /// <summary>A sample of [time, batch, classes] in its own time.</summary>
    private static Tensor Spoken(Figures f, int sample, int time)
        => new Ctc().PerSample(f.Predictions.Transpose(1, 0, 2).Slice(0, sample, 1).Slice(1, 0, time), f.Targets.Slice(0, sample, 1));

    private static double[] Means(double[] values, int count)
        => [.. values.Chunk(values.Length / count).Select(chunk => chunk.Average())];

    private static IReadOnlyDictionary<string, Tensor> Golden() => Safetensors.Load(PathOf("golden.safetensors"));

    private static string PathOf(string file)
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        string path = Path.Combine(data ?? ".", "..", "golden", file);
        Skip.If(data is null || !File.Exists(path), $"DEEPLEARNING_DATA names no folder beside which golden/{file} lies.");
        return path;
    }

    /// <summary>The tensors of one loss.</summary>
    private sealed class Figures
    {
        private readonly IReadOnlyDictionary<string, Tensor> golden;
        private readonly string name;
        private readonly Tape tape = new();

        public Figures(IReadOnlyDictionary<string, Tensor> golden, string name)
        {
            (this.golden, this.name) = (golden, name);
            Predictions = tape.Watch(this["predictions"]);
        }

        public Tensor Predictions { get; }

        public Tensor Targets => this["targets"];

        public Tensor this[string part]
            => golden[$"losses/{name}/{part}"] is { IsInteger: true } whole ? Tensor.From(whole.AsIntegers(), whole.Shape) : golden[$"losses/{name}/{part}"];

        public Tensor Of(Loss loss) => loss.PerSample(Predictions, Targets);

        public double[] Doubles(string part) => [.. this[part].ToArray().Select(v => (double)v)];

        public Tensor Gradient(Tensor of) => tape.Gradients(of)[Predictions];
    }
}
