namespace DeepLearning.Tests.Losses;

/// <summary>Losses of what belongs together: triplets and pairs.</summary>
public sealed class EmbeddingLossTests
{
    [Fact]
    public void A_negative_is_the_nearest_beyond_the_companion_or_else_the_farthest()
    {
        // On a line: two of label 5 at 0 and 3; others first on both sides of 3, then only before it.
        Tensor labels = Tensor.From(5f, 5f, 2f, -8f);
        new Triplet(5).PerSample(Tensor.From([0f, 3f, 1f, 7f], [4, 1]), labels).ToArray().Should().Equal(3f - 7f + 5f, 3f - 4f + 5f, 0f, 0f);
        new Triplet(1).PerSample(Tensor.From([0f, 3f, 1f, 2f], [4, 1]), labels).ToArray().Should().Equal(3f - 2f + 1f, 3f - 2f + 1f, 0f, 0f);
    }

    [Fact]
    public void A_sample_s_loss_is_the_mean_over_its_companions()
        => new Triplet(1).PerSample(Tensor.From([0f, 2f, 4f, 3f], [4, 1]), Tensor.From(1f, 1f, 1f, 0f))[0].Should().Be((0f + (4f - 3f + 1f)) / 2);

    [Fact]
    public void Without_another_label_there_is_no_loss_and_the_slopes_are_finite()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([0f, 1f, 0f, 1f, 2f, 2f], [3, 2]));
        Tensor losses = new Triplet().PerSample(x, Tensor.Ones([3])), twins = new Triplet().PerSample(x, Tensor.From(1f, 2f, 1f));

        losses.ToArray().Should().Equal(0f, 0f, 0f);
        tape.Gradients(twins.Sum())[x].ToArray().Should().OnlyContain(d => float.IsFinite(d), "rows 0 and 1 are equal, and their distance has no slope");
    }

    [Fact]
    public void Vectors_of_a_label_come_together()
    {
        Tensor x = Tensor.RandomNormal([60, 5], seed: 1);
        int[] labels = [.. Enumerable.Range(0, 60).Select(r => (x[r, 0] > 0 ? 1 : 0) + (x[r, 1] > 0 ? 2 : 0))];
        Sequential model = Sequential.Input(5).Dense(32).Relu().Dense(2).Build(seed: 1).Compile(new Adam(0.01), new Triplet(0.5));

        History history = model.Fit(new Dataset(x, labels), new FitOptions(epochs: 150, batchSize: 60));

        history.Warnings.Should().BeEmpty();
        float[] near = [.. Enumerable.Range(0, 60).Select(r => labels[Nearest(model.Predict(x), r)] == labels[r] ? 1f : 0f)];
        near.Average().Should().BeGreaterThan(0.9f);

        static int Nearest(Tensor y, int row) => Enumerable.Range(0, 60).Where(r => r != row)
            .MinBy(r => Math.Pow(y[r, 0] - y[row, 0], 2) + Math.Pow(y[r, 1] - y[row, 1], 2));
    }

    [Fact]
    public void Given_triplets_have_a_function()
    {
        Tensor anchor = Tensor.Zeros([2, 2]), positive = Tensor.From([3f, 4f, 0f, 1f], [2, 2]), negative = Tensor.From([0f, 2f, 6f, 8f], [2, 2]);

        // Distances 5 and 2, 1 and 10: losses 4 and 0, but for PyTorch's 1e-6.
        DeepLearning.Losses.TripletMargin(anchor, positive, negative).ToScalar().Should().BeApproximately(2f, 1e-5f);
        FluentActions.Invoking(() => DeepLearning.Losses.TripletMargin(anchor, positive, Tensor.Zeros([2, 3])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[2, 2], [2, 2] and [2, 3]*");
        FluentActions.Invoking(() => DeepLearning.Losses.TripletMargin(anchor, positive, negative, margin: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("margin");
    }

    [Fact]
    public void Pairs_cost_their_distance_or_what_it_lacks()
    {
        Tensor d = Tensor.From([0.5f, 0.5f, 3f], [3, 1]), same = Tensor.From(1f, 0f, 0f);

        new Contrastive(2).Compute(d, same).ToScalar().Should().BeApproximately((0.25f + 2.25f) / 3, 1e-6f);
        new Contrastive().Invoking(l => l.Validate(Tensor.From(0f, 2f), [1])).Should().Throw<ArgumentException>().WithMessage("*from 0 to 1, got 2 in row 1*");
    }

    [Fact]
    public void An_accuracy_of_them_is_refused()
    {
        Sequential model = Sequential.Input(2).Dense(3).Build();
        foreach (Loss loss in (Loss[])[new Triplet(), new Contrastive()])
            foreach (Metric metric in (Metric[])[new Accuracy(), new BinaryAccuracy()])
                model.Invoking(m => m.Compile(new Sgd(), loss, metric)).Should().Throw<ArgumentException>().WithMessage($"*{loss.Name}*leave it out*");
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Sequential.Input(2, 3).Dense(4).Build().Invoking(m => m.Compile(new Sgd(), new Triplet()))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[batch, features]*");
        new Triplet().Invoking(l => l.Validate(Tensor.From(0f, 1.5f), [3]))
            .Should().Throw<ArgumentException>().WithMessage("*whole numbers, got 1.5 in row 1*");
        new Triplet().Invoking(l => l.Validate(Tensor.Zeros([4, 3]), [3])).Should().Throw<ShapeMismatchException>().WithMessage("*[4, 3]*");
        FluentActions.Invoking(() => new Triplet(0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Margin");
        FluentActions.Invoking(() => new Contrastive(-1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Margin");
    }
}
