using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Tests.Losses;

/// <summary>Class labels where a loss wants quantities.</summary>
public sealed class ClassTargetTests
{
    private static readonly float[,] Inputs = { { 0 }, { 1 }, { 2 }, { 3 } };

    public static TheoryData<Loss> Regressions => new()
    {
        new MeanSquaredError(), new MeanAbsoluteError(), new Huber(), new LogCosh(), new Pinball(), new MeanSquaredLogarithmicError(), new Squared(),
    };

    [Theory]
    [MemberData(nameof(Regressions))]
    public void Line02_regression_losses_refuse_labels_of_three_classes(Loss loss)
    {
        var data = new Dataset(Inputs, new[] { 0, 1, 2, 1 }) { ClassNames = ["120000", "180000", "250000"] };
        Sequential model = Line(loss);
        int[] before = Bits(model);
        Action[] calls =
        [
            () => model.Fit(data), () => model.Evaluate(data), () => model.Fit(data.Batches(2)),
            () => model.Fit(new Dataset(Inputs, new float[] { 1, 2, 3, 4 }), new FitOptions { Validation = data }),
        ];
        foreach (Action call in calls)
        {
            call.Should().Throw<ArgumentException>().WithMessage(
                $"{loss.Name} compares quantities*labels of 3 classes, and label 0 stands for '120000'*as float*CsvTargets.Values*SparseCategoricalCrossEntropy*");
        }

        Bits(model).Should().Equal(before);
    }

    [Fact]
    public void Line02_every_part_of_a_data_set_knows_that_its_targets_are_labels()
    {
        var named = new Dataset(Tensor.From(Inputs), Tensor.From(0f, 1f, 2f, 1f)) { ClassNames = ["a", "b", "c"] };
        var counts = new Dataset(Inputs, new[] { 7, 3, 5, 9 });
        foreach (Dataset data in new[] { named, counts })
        {
            Dataset[] parts =
            [
                data, data.Take(3), data.Skip(2), data.Select([2, 0]), data.Shuffle(1), data.Split(0.5, seed: 1).Train, data.Split(0.5, seed: 1).Test,
                data.SplitLast(0.5).Validation, data.WithInputs(data.Inputs * 2f), data.Shuffle(2).WithInputs(data.Inputs).Take(3),
            ];
            foreach (Dataset part in parts)
                Line(new MeanSquaredError()).Invoking(m => m.Fit(part)).Should().Throw<ArgumentException>().WithMessage("*compares quantities*");
        }
    }

    [Fact]
    public void Line02_every_constructor_with_int_makes_labels()
    {
        int[] labels = [4, 0, 1, 2];
        Matrix<float> matrix = Matrix<float>.Build.DenseOfArray(Inputs);
        Tensor tensor = Tensor.From(Inputs);
        Dataset[] sets = [new(Inputs, labels), new(matrix, labels), new(tensor, labels.AsSpan()), new(tensor, labels.AsSpan(), Tensor.Ones([4]))];
        foreach (Dataset data in sets)
        {
            Line(new MeanSquaredError()).Invoking(m => m.Fit(data)).Should().Throw<ArgumentException>()
                .WithMessage("*class labels, given as int, such as 4 in row 0*counts, give them as float*");
        }
    }

    [Fact]
    public void Line02_float_targets_are_quantities()
    {
        var counts = new Dataset(Inputs, new[] { 7, 3, 5, 9 });
        Line(new MeanSquaredError()).Fit(new Dataset(Inputs, new float[] { 7, 3, 5, 9 })).Epochs.Should().Be(1);
        Line(new MeanSquaredError()).Fit(counts.WithTargets(Tensor.From(7f, 3f, 5f, 9f))).Epochs.Should().Be(1);
        var named = new Dataset(Inputs, new[] { 0, 1, 2, 0 }) { ClassNames = ["a", "b", "c"] };
        Dataset prices = named.WithTargets(Tensor.From(1.5f, 2.5f, 0f, 9f));
        prices.ClassNames.Should().BeEmpty("they do not name these targets");
        Line(new MeanSquaredError()).Fit(prices).Epochs.Should().Be(1);
        named.WithTargets(OneHot.Encode([0, 1, 2, 0], 3)).ClassNames.Should().Equal("a", "b", "c");
        named.WithTargets(Tensor.From([2f, 1f, 0f, 0f], [4, 1])).ClassNames.Should().Equal("a", "b", "c");
    }

    [Fact]
    public void Line02_0_and_1_are_labels_and_quantities_alike()
    {
        int[] labels = [0, 1, 1, 0];
        Dataset[] fine =
        [
            new(Inputs, labels), new(Inputs, labels) { ClassNames = ["no", "yes"] }, new(Inputs, labels) { ClassNames = ["0", "1"] },
            new(Inputs, labels) { ClassNames = ["0.0", "1.0"] }, new Dataset(Inputs, new[] { 0, 1, 2, 1 }).Take(2),
        ];
        foreach (Dataset data in fine)
        {
            Sequential.Input(1).Dense(1).Sigmoid().Build().Compile(new Sgd(), new MeanSquaredError(), new Accuracy()).Fit(data).Epochs.Should().Be(1);
            Sequential.Input(1).Dense(1).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy(), new MeanAbsoluteError()).Fit(data).Epochs.Should().Be(1);
        }
    }

    [Theory]
    [InlineData("10", "20")]
    [InlineData("1", "2")]
    [InlineData("1", "0")]
    [InlineData("0", "199.99")]
    public void Line02_two_classes_that_stand_for_other_numbers_are_refused(string first, string second)
        => Line(new MeanSquaredError()).Invoking(m => m.Fit(new Dataset(Inputs, new[] { 0, 1, 1, 0 }) { ClassNames = [first, second] }))
            .Should().Throw<ArgumentException>().WithMessage("*labels of 2 classes, and label * stands for*CsvTargets.Values*");

    [Fact]
    public void Line02_a_regression_loss_among_the_metrics_refuses_labels_too()
    {
        var data = new Dataset(Inputs, new[] { 0, 1, 1, 0 }) { ClassNames = ["10", "20"] };
        Sequential model = Sequential.Input(1).Dense(1).Sigmoid().Build();
        model.Compile(new Sgd(), new BinaryCrossEntropy(), new MeanAbsoluteError()).Invoking(m => m.Fit(data))
            .Should().Throw<ArgumentException>().WithMessage("MeanAbsoluteError compares quantities*");
    }

    [Fact]
    public void Line02_other_losses_take_labels_and_one_hot_rows_are_fit_for_every_loss()
    {
        var data = new Dataset(Inputs, new[] { 0, 1, 2, 1 }) { ClassNames = ["a", "b", "c"] };
        Line(new Permissive()).Fit(data).Epochs.Should().Be(1);
        Sequential.Input(1).Dense(3).Softmax().Build().Compile(new Sgd(), new SparseCategoricalCrossEntropy()).Fit(data).Epochs.Should().Be(1);
        Sequential.Input(1).Dense(3).Softmax().Build().Compile(new Sgd(), new MeanSquaredError(), new Accuracy())
            .Fit(data.WithTargets(OneHot.Encode(data.Labels, 3))).Epochs.Should().Be(1);
    }

    private static Sequential Line(Loss loss) => Sequential.Input(1).Dense(1).Build(seed: 1).Compile(new Sgd(), loss);

    private static int[] Bits(Sequential model) => [.. model.Parameters.SelectMany(p => p.Value.ToArray()).Select(BitConverter.SingleToInt32Bits)];

    /// <summary>A custom regression loss, which says that it is one.</summary>
    private sealed class Squared : Loss
    {
        protected internal override bool IsRegression => true;

        public override Tensor PerSample(Tensor predictions, Tensor targets) => (predictions - targets.Reshape(predictions.Shape)).Square().Mean(-1);
    }

    [Theory]
    [InlineData(3, "*from 0 to 2, got 3 in row 2*subtract 1 from each, or give the model one more output*", 1, 2, 3, 1)]
    [InlineData(3, "*from 0 to 2, got 4 in row 2*labels up to 4 need a model with 5 outputs*", 0, 1, 4, 2)]
    [InlineData(3, "*from 0 to 2, got -1 in row 1.*", 0, -1, 2, 2)]
    public void Line10_labels_beyond_the_outputs_say_how_to_mend_it(int outputs, string message, params int[] labels)
        => Sequential.Input(1).Dense(outputs).Softmax().Build().Compile(new Sgd(), new SparseCategoricalCrossEntropy())
            .Invoking(m => m.Fit(new Dataset(Inputs, labels))).Should().Throw<ArgumentException>().WithMessage(message);

    [Theory]
    [InlineData("*got 2 in row 1*subtract 1 from each*", 1d, 2d, 1d, 2d)]
    [InlineData("*got -1 in row 0*(target + 1) / 2*", -1d, 1d, 1d, -1d)]
    [InlineData("*got 2 in row 2*Softmax()*SparseCategoricalCrossEntropy*", 0d, 1d, 2d, 1d)]
    [InlineData("*got 7.5 in row 2*MeanSquaredError*", 0d, 1d, 7.5d, 1d)]
    public void Line10_binary_targets_beyond_1_say_how_to_mend_it(string message, params double[] targets)
        => Sequential.Input(1).Dense(1).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy())
            .Invoking(m => m.Fit(new Dataset(Inputs, targets))).Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void Line10_labels_under_the_loss_of_one_hot_rows_name_the_loss_of_labels()
        => Sequential.Input(1).Dense(3).Softmax().Build().Compile(new Sgd(), new CategoricalCrossEntropy())
            .Invoking(m => m.Fit(new Dataset(Inputs, new[] { 0, 1, 2, 1 }))).Should().Throw<ShapeMismatchException>()
            .WithMessage("*[batch, 3], got [4]*SparseCategoricalCrossEntropy*OneHot.Encode(labels, 3)*");

    /// <summary>A custom loss that says nothing.</summary>
    private sealed class Permissive : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => (predictions - targets.Reshape(predictions.Shape)).Square().Mean(-1);
    }
}
