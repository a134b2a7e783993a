namespace DeepLearning.Tests.Losses;

public sealed class HingeTests
{
    public static TheoryData<Loss> Both => new() { new Hinge(), new SquaredHinge() };

    [Fact]
    public void Values_by_hand()
    {
        Tensor p = Tensor.From([0.5f, 3f, -0.25f, 0f], [4, 1]), t = Tensor.From([1f, 1f, 1f, -1f], [4, 1]);

        new Hinge().PerSample(p, t).ToArray().Should().Equal(0.5f, 0f, 1.25f, 1f);
        new SquaredHinge().PerSample(p, t).ToArray().Should().Equal(0.25f, 0f, 1.5625f, 1f);
        new CategoricalHinge().PerSample(Tensor.From([2f, 1.5f, -1f, 0f, -3f, -2f], [2, 3]), OneHot.Encode([0, 1], 3)).ToArray()
            .Should().Equal([0.5f, 4f], "the right class's own place counts as a score of 0 among the others, as in Keras");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Classes_0_and_1_are_minus_1_and_1(Loss loss)
    {
        Tensor p = Tensor.From([0.5f, 0.5f, -2f, -2f], [2, 2]), classes = Tensor.From([0f, 1f, 0f, 1f], [2, 2]);

        loss.PerSample(p, classes).ToArray().Should().Equal(loss.PerSample(p, classes * 2f - 1f).ToArray());
        loss.Invoking(l => l.Validate(classes, [2])).Should().NotThrow();
        loss.Invoking(l => l.Validate(classes * 2f - 1f, [2])).Should().NotThrow();
    }

    [Theory]
    [InlineData("*−1 or 1, or all 0 or 1, got -1 in row 2, though other rows are of the other kind*", 0f, 1f, -1f)]
    [InlineData("*got 0 in row 1, though other rows*", -1f, 0f, 1f)]
    [InlineData("*got 2 in row 2:*CategoricalHinge*", 0f, 1f, 2f)]
    [InlineData("*got 0.5 in row 0:*regression loss*", 0.5f, 1f, 0f)]
    [InlineData("*got NaN in row 1*", 1f, float.NaN, 1f)]
    public void Other_targets_are_refused(string message, params float[] targets)
    {
        foreach (Loss loss in (Loss[])[new Hinge(), new SquaredHinge()])
            loss.Invoking(l => l.Validate(Tensor.From(targets, [3, 1]), [1])).Should().Throw<ArgumentException>().WithMessage($"{loss.Name} expects{message}");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Outputs_of_one_sign_are_refused_at_compile(Loss loss)
    {
        foreach (Activation last in (Activation[])[new Sigmoid(), new Softmax(), new HardSigmoid(), new LogSoftmax()])
            Sequential.Input(2).Dense(2).Add(last).Build().Invoking(m => m.Compile(new Sgd(), loss))
                .Should().Throw<ArgumentException>().WithMessage($"{loss.Name} expects scores on both sides of 0*{last}*Tanh()*");
        Sequential.Input(2).Dense(1).Tanh().Build().Compile(new Sgd(), loss);
    }

    [Fact]
    public void Accuracy_takes_a_score_above_0_for_class_1_and_either_kind_of_targets()
    {
        Sequential model = Sequential.Input(1).Dense(1).Build(seed: 1);
        model.Parameters["dense.kernel"].Assign(new[,] { { 1f } });
        model.Compile(new Sgd(), new Hinge(), new Accuracy());
        model.Metrics.Should().ContainSingle().Which.ToString().Should().Be("BinaryAccuracy(0.5) of logits");

        // Scores 0.3, −0.3, 0.7, −2: three are on the right side.
        Tensor x = Tensor.From([0.3f, -0.3f, 0.7f, -2f], [4, 1]);
        model.Evaluate(new Dataset(x, Tensor.From([1f, -1f, 1f, 1f], [4, 1])))["accuracy"].Should().Be(0.75f);
        model.Evaluate(new Dataset(x, [1, 0, 1, 1]))["accuracy"].Should().Be(0.75f);
        model.Invoking(m => m.Fit(new Dataset(x, Tensor.From([1f, -1f, 1f, 0f], [4, 1])))).Should().Throw<ArgumentException>().WithMessage("*got 0 in row 3*");
    }

    [Fact]
    public void A_support_vector_machine_separates_two_classes()
    {
        Tensor x = Tensor.RandomNormal([200, 2], seed: 1);
        var data = new Dataset(x, [.. Enumerable.Range(0, 200).Select(r => x[r, 0] + 2 * x[r, 1] > 0 ? 1 : 0)]);
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1).Compile(new Adam(0.05), new Hinge(), new Accuracy());

        model.Fit(data, new FitOptions(epochs: 20));

        model.Evaluate(data)["accuracy"].Should().BeGreaterThan(0.97f);
    }

    [Fact]
    public void Labels_under_a_categorical_hinge_are_to_be_one_hot()
        => new CategoricalHinge().Invoking(l => l.Validate(Tensor.From(0f, 2f), [3])).Should().Throw<ShapeMismatchException>()
            .WithMessage("CategoricalHinge expects one-hot targets of shape [batch, 3], got [2]*one label per row: encode*OneHot.Encode(labels, 3)*");
}
