using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

public sealed class ClassWeightsTests : IDisposable
{
    private static readonly Tensor X = Tensor.RandomNormal([6, 2], seed: 1);
    private static readonly int[] Labels = [0, 0, 0, 0, 1, 2];
    private static readonly string[] Names = ["fine", "dust", "smoke"];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_class_counts_by_its_weight()
    {
        Dataset labelled = new(X, Labels), named = new(X, Labels) { ClassNames = Names };
        float[] expected = Trained(Weighted(1f, 1f, 1f, 1f, 5f, 0.5f), null);

        Trained(labelled, new ClassWeights { [1] = 5, [2] = 0.5 }).Should().Equal(expected);
        Trained(named, new ClassWeights { ["dust"] = 5, ["smoke"] = 0.5 }).Should().Equal(expected);
        Trained(named, new ClassWeights { [1] = 5, ["smoke"] = 0.5 }).Should().Equal(expected);
        Trained(labelled, new ClassWeights { ["dust"] = 5, [2] = 0.5 }, Names).Should().Equal(expected, "the model has names");
        Trained(labelled, null).Should().NotEqual(expected);
    }

    [Fact]
    public void Balanced_classes_count_the_same()
        => Trained(new Dataset(X, Labels), ClassWeights.Balanced)
            .Should().Equal(Trained(Weighted(0.5f, 0.5f, 0.5f, 0.5f, 2f, 2f), null), "6 / (3 · 4) and 6 / (3 · 1)");

    [Fact]
    public void They_multiply_the_weights_of_the_data()
        => Trained(Weighted(1f, 2f, 1f, 1f, 3f, 1f), new ClassWeights { [0] = 0.5, [1] = 2 })
            .Should().Equal(Trained(Weighted(0.5f, 1f, 0.5f, 0.5f, 6f, 1f), null));

    [Fact]
    public void One_hot_rows_yes_or_no_and_scores_are_classes_as_well()
    {
        Tensor yes = Tensor.From([0f, 1f, 0f, 1f, 0f, 0f], [6, 1]);

        Same(() => Sequential.Input(2).Dense(3).Softmax(), new CategoricalCrossEntropy(), OneHot.Encode([0, 1, 0, 1, 2, 2], 3));
        Same(() => Sequential.Input(2).Dense(1).Sigmoid(), new BinaryCrossEntropy(), yes);
        Same(() => Sequential.Input(2).Dense(1), new Hinge(), yes * 2f - 1f);

        static void Same(Func<SequentialBuilder> builder, Loss loss, Tensor targets)
        {
            float byClass = Run(new Dataset(X, targets), new ClassWeights { [1] = 4 });
            byClass.Should().Be(Run(new Dataset(X, targets, Tensor.From(1f, 4f, 1f, 4f, 1f, 1f)), null), loss.Name);
            byClass.Should().NotBe(Run(new Dataset(X, targets), null), loss.Name);

            float Run(Dataset data, ClassWeights? weights)
                => builder().Build(seed: 1).Compile(new Sgd(0.1), loss).Fit(data, new FitOptions(epochs: 2) { ClassWeights = weights })["loss"][^1];
        }
    }

    [Fact]
    public void An_ignored_label_has_no_class_and_validation_no_class_weights()
    {
        Sequential model = Model().Compile(new Sgd(1e-9), new SparseCategoricalCrossEntropy { IgnoreClass = -1 });
        var data = new Dataset(X, new[] { 0, -1, 0, 1, -1, 2 });

        History history = model.Fit(data, new FitOptions(batchSize: 6) { ClassWeights = new ClassWeights { [0] = 2, [1] = 2, [2] = 2 }, Validation = data });

        history["loss"][0].Should().BeApproximately(2 * history["val_loss"][0], 1e-5f);
    }

    [Fact]
    public void What_has_no_class_is_refused_before_anything_changes()
    {
        var named = new Dataset(X, Labels) { ClassNames = Names };
        var one = new ClassWeights { [1] = 5 };

        Refused(named, new ClassWeights { [3] = 2 }, "*class 3, but the classes are 0 to 2*");
        Refused(named, new ClassWeights { ["dirt"] = 2 }, "*'dirt', but the classes are fine, dust, smoke*");
        Refused(named, new ClassWeights { ["dust"] = 2, [1] = 3 }, "*two for 'dust'*label 1*");
        Refused(new Dataset(X, Labels), new ClassWeights { ["dust"] = 2 }, "*without names: use labels*");
        Refused(new Dataset(X, Labels), new ClassWeights { [0] = 0, [1] = 0, [2] = 0 }, "*all 6 are 0*");
        Model().Compile(new Sgd(), new SparseCategoricalCrossEntropy()).Invoking(m => m.Fit(named.Batches(2), new FitOptions { ClassWeights = one }))
            .Should().Throw<ArgumentException>().WithMessage("ClassWeights needs a Dataset*SampleWeights*");
        foreach (Loss loss in (Loss[])[new MeanSquaredError(), new BinaryCrossEntropy(fromLogits: true)])
            Sequential.Input(2).Dense(3).Build().Compile(new Sgd(), loss)
                .Invoking(m => m.Fit(new Dataset(X, Tensor.Ones([6, 3])), new FitOptions { ClassWeights = one }))
                .Should().Throw<ArgumentException>().WithMessage($"ClassWeights need one class a row, but {loss.Name}*[batch, 3]*SampleWeights*");

        static void Refused(Dataset data, ClassWeights weights, string message)
        {
            Sequential model = Model().Compile(new Sgd(), new SparseCategoricalCrossEntropy());
            float[] before = model.Parameters[0].Value.ToArray();
            model.Invoking(m => m.Fit(data, new FitOptions { ClassWeights = weights })).Should().Throw<ArgumentException>().WithMessage(message);
            model.Parameters[0].Value.ToArray().Should().Equal(before);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_is_finite_and_at_least_0(double weight)
    {
        FluentActions.Invoking(() => new ClassWeights { [1] = weight }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*The weight of class 1*");
        FluentActions.Invoking(() => new ClassWeights { ["dust"] = weight }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*class 'dust'*");
        FluentActions.Invoking(() => new ClassWeights { [-1] = 1 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void They_can_be_read_and_shown()
    {
        var weights = new ClassWeights { ["smoke"] = 50, [1] = 0.5, [0] = 2 };

        (weights[1], weights["smoke"], weights[7], weights["dust"]).Should().Be((0.5, 50, 1, 1));
        weights.ToString().Should().Be("0: 2, 1: 0.5, smoke: 50");
        ClassWeights.Balanced.ToString().Should().Be("balanced");
    }

    [Fact]
    public void A_run_resumes_only_with_the_same_ones()
    {
        Fit(new ClassWeights { [1] = 5 }).ResumedFrom.Should().BeNull();
        Fit(new ClassWeights { [1] = 5 }).ResumedFrom.Should().NotBeNull();
        FluentActions.Invoking(() => Fit(new ClassWeights { [1] = 6 })).Should().Throw<CheckpointMismatchException>().WithMessage("*ClassWeights*1: 5*1: 6*");

        History Fit(ClassWeights weights) => Model().Compile(new Sgd(), new SparseCategoricalCrossEntropy())
            .Fit(new Dataset(X, Labels), new FitOptions(epochs: 2) { ClassWeights = weights, Checkpoint = new CheckpointOptions(folder.Path) });
    }

    private static Dataset Weighted(params float[] weights) => new(X, Labels, Tensor.From(weights));

    private static Sequential Model() => Sequential.Input(2).Dense(3).Softmax().Build(seed: 1);

    private static float[] Trained(Dataset data, ClassWeights? weights, string[]? names = null)
    {
        Sequential model = Model();
        if (names is not null) model.ClassNames = names;
        model.Compile(new Sgd(0.1), new SparseCategoricalCrossEntropy()).Fit(data, new FitOptions(epochs: 3) { ClassWeights = weights });
        return model.Parameters[0].Value.ToArray();
    }
}
