namespace DeepLearning.Tests.Ops;

/// <summary>What a mask hides has no gradient, whatever its own slope is.</summary>
public sealed class WhereTests
{
    public static TheoryData<string, float, Func<Tensor, Tensor>> Masked => new()
    {
        { "√", -1f, x => x.Sqrt() },
        { "√ at 0", 0f, x => x.Sqrt() },
        { "x^1.5", -1f, x => x.Pow(1.5f) },
        { "x^−2", 0f, x => x.Pow(-2f) },
        { "log", 0f, x => x.Log() },
        { "log", -1f, x => x.Log() },
        { "1/x", 0f, x => 1f / x },
        { "x/x", 0f, x => x / x },
        { "1/x of tensors", 0f, x => Tensor.Ones([1]) / x },
        { "x/0", 1f, x => x / Tensor.Zeros([1]) },
        { "x/0 of a number", 1f, x => x / 0f },
        { "exp", 200f, x => x.Exp() },
        { "exp times 0", 200f, x => x.Exp() * 0f },
        { "x·∞", 1f, x => x * Tensor.From(float.PositiveInfinity) },
        { "x·NaN", 1f, x => x * float.NaN },
        { "x²", 3e38f, x => x.Square() },
        { "softplus of log", -1f, x => new Softplus().Apply(x.Log()) },
        { "sigmoid of √", -1f, x => x.Sqrt().Sigmoid() },
        { "tanh of √", -1f, x => x.Sqrt().Tanh() },
        { "GELU of √", -1f, x => new Gelu().Apply(x.Sqrt()) },
        { "log Σ exp of 1/x", 0f, x => (1f / x).LogSumExp(keepDimension: true) },
        { "softmax of log", -1f, x => x.Log().Softmax() },
        { "log-softmax of log", -1f, x => x.Log().LogSoftmax() },
        { "mean of log", -1f, x => x.Log().Mean(-1, keepDimension: true) },
        { "cross-entropy of √", -1f, x => DeepLearning.Losses.BinaryCrossEntropy(x.Sqrt(), Tensor.Ones([1]), fromLogits: true) },
    };

    [Theory]
    [MemberData(nameof(Masked))]
    public void FoundT06_a_masked_value_has_no_gradient_and_the_other_side_its_own(string name, float at, Func<Tensor, Tensor> function)
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(at));

        tape.Gradients(Tensor.Where(0f, function(x), x).Sum())[x].ToArray().Should().Equal([1f], name);
        tape.Gradients(Tensor.Where(1f, x, function(x)).Sum())[x].ToArray().Should().Equal([1f], name);
    }

    [Fact]
    public void FoundT06_missing_targets_can_be_masked_out_of_a_loss()
    {
        var tape = new Tape();
        Tensor p = tape.Watch(Tensor.From(1f, 2f, 3f)), target = Tensor.From(0f, float.NaN, float.PositiveInfinity), there = Tensor.From(1f, 0f, 0f);

        Tensor loss = Tensor.Where(there, (p - target).Square(), 0f).Sum();

        loss.ToScalar().Should().Be(1f);
        tape.Gradients(loss)[p].ToArray().Should().Equal(2f, 0f, 0f);
    }

    [Fact]
    public void FoundT06_a_row_of_NaN_can_be_masked_behind_softmax_and_cross_entropy()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([float.NaN, 1f, 0f, 0f], [2, 2])), rows = Tensor.From(0f, 1f), targets = Tensor.From([1f, 0f, 1f, 0f], [2, 2]);
        Tensor[] losses =
        [
            -(x.LogSoftmax() * targets).Sum(-1), -(x.Softmax() * targets).Sum(-1), x.LogSumExp(),
            new CategoricalCrossEntropy { FromLogits = true }.PerSample(x, targets),
        ];
        float[][] slopes = [[0f, 0f, -0.5f, 0.5f], [0f, 0f, -0.25f, 0.25f], [0f, 0f, 0.5f, 0.5f], [0f, 0f, -0.5f, 0.5f]];
        for (int i = 0; i < losses.Length; i++) tape.Gradients(Tensor.Where(rows, losses[i], 0f).Sum())[x].ToArray().Should().Equal(slopes[i]);
    }

    [Fact]
    public void FoundT06_what_is_not_masked_shows_its_NaN()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(-1f, 4f));

        tape.Gradients(x.Sqrt().Sum())[x].ToArray().Should().Equal(float.NaN, 0.25f);
    }
}
