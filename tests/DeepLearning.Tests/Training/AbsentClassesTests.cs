namespace DeepLearning.Tests.Training;

/// <summary>Classes that only the training data or only the validation data has.</summary>
public sealed class AbsentClassesTests
{
    private static readonly int[] Sorted = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];

    [Fact]
    public void Line10_the_last_rows_of_data_sorted_by_class_lack_classes_and_the_history_names_them()
    {
        var data = new Dataset(Tensor.RandomNormal([10, 2], seed: 1), Sorted.AsSpan()) { ClassNames = ["setosa", "versicolor", "virginica"] };
        IReadOnlyList<string> warnings = Softmax(new SparseCategoricalCrossEntropy()).Fit(data, new FitOptions { ValidationSplit = 0.3 }).Warnings;
        warnings.Should().HaveCount(2);
        warnings[0].Should().Match("No row for validation is of class setosa, versicolor, though rows for training are*Dataset.Split*stratified*");
        warnings[1].Should().Match("No row for training is of class virginica, though rows for validation are*cannot learn*");
    }

    [Fact]
    public void Line10_a_validation_set_of_its_own_is_looked_at_too()
    {
        Dataset data = new(Tensor.RandomNormal([10, 2], seed: 1), Sorted.AsSpan());
        History history = Softmax(new SparseCategoricalCrossEntropy()).Fit(data, new FitOptions { Validation = data.Take(7) });
        history.Warnings.Should().ContainSingle().Which.Should().Match("No row for validation is of class 2,*");
        history.ToString().Should().Contain("warning: No row for validation");
    }

    [Fact]
    public void Line10_one_hot_rows_single_outputs_and_several_labels_have_classes_as_well()
    {
        Tensor x = Tensor.RandomNormal([10, 2], seed: 1);
        var half = new FitOptions { ValidationSplit = 0.3 };
        Softmax(new CategoricalCrossEntropy()).Fit(new Dataset(x, OneHot.Encode(Sorted, 3)), half).Warnings.Should().HaveCount(2);

        Tensor binary = Tensor.From([.. Sorted.Select(c => c > 0 ? 1f : 0f)]);
        Sequential sigmoid = Sequential.Input(2).Dense(1).Sigmoid().Build();
        sigmoid.Compile(new Sgd(), new BinaryCrossEntropy()).Fit(new Dataset(x, binary), half).Warnings
            .Should().ContainSingle().Which.Should().Match("*validation is of class 0,*");
        sigmoid.Compile(new Sgd(), new MeanSquaredError(), new Accuracy()).Fit(new Dataset(x, binary), half).Warnings.Should().ContainSingle();

        Sequential labels = Sequential.Input(2).Dense(3).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy());
        Tensor several = Tensor.Zeros([10, 3]);
        for (int i = 0; i < 10; i++) (several[i, 0], several[i, 1], several[i, 2]) = (i % 2, i < 7 ? 1f : 0f, 1f);
        labels.Fit(new Dataset(x, several), half).Warnings.Should().ContainSingle().Which.Should().Match("*validation is of class 1,*");
    }

    [Fact]
    public void Line10_nothing_is_said_where_no_class_is_missing_or_targets_are_no_classes()
    {
        Dataset data = new(Tensor.RandomNormal([10, 2], seed: 1), Sorted.AsSpan());
        (Dataset train, Dataset test) = data.Split(0.4, seed: 1, stratified: true);
        Softmax(new SparseCategoricalCrossEntropy()).Fit(train, new FitOptions { Validation = test }).Warnings.Should().BeEmpty();
        Softmax(new SparseCategoricalCrossEntropy()).Fit(data).Warnings.Should().BeEmpty();
        Sequential.Input(2).Dense(1).Build().Compile(new Sgd(), new MeanSquaredError())
            .Fit(new Dataset(data.Inputs, Tensor.From([.. Sorted.Select(c => (float)c)])), new FitOptions { ValidationSplit = 0.3 }).Warnings.Should().BeEmpty();
        Tensor pixels = Tensor.RandomNormal([10, 4], seed: 3).Greater(1f);
        Sequential.Input(4).Dense(4).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy())
            .Fit(new Dataset(pixels, pixels), new FitOptions { ValidationSplit = 0.3 }).Warnings.Should().BeEmpty("an autoencoder has no classes");
    }

    [Fact]
    public void Line10_many_absent_classes_are_named_in_part()
    {
        var data = new Dataset(Tensor.RandomNormal([20, 2], seed: 1), Enumerable.Range(0, 20).ToArray().AsSpan());
        Sequential model = Sequential.Input(2).Dense(20).Softmax().Build().Compile(new Sgd(), new SparseCategoricalCrossEntropy());
        model.Fit(data, new FitOptions { Validation = data.Take(1) }).Warnings
            .Should().ContainSingle().Which.Should().Contain("of class 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 9 more, though");
    }

    [Fact]
    public void Line10_one_class_with_two_labels_is_refused()
    {
        Dataset train = Named("a", "b", "c"), validation = Named("a", "c", "d");
        Sequential model = Softmax(new SparseCategoricalCrossEntropy());
        int[] before = model.Bits();
        model.Invoking(m => m.Fit(train, new FitOptions { Validation = validation })).Should().Throw<ArgumentException>()
            .WithMessage("Class 'c' is label 1 in validation, but label 2 in training*CsvOptions.ClassNames*");
        model.ClassNames = train.ClassNames;
        Action[] calls = [() => model.Evaluate(validation), () => model.Fit(validation)];
        foreach (Action call in calls) call.Should().Throw<ArgumentException>().WithMessage("Class 'c' is label 1 in the data, but label 2 in the model*");
        model.Bits().Should().Equal(before);
        model.Fit(train, new FitOptions { Validation = Named("a", "b") }).Epochs.Should().Be(1, "a shorter list that agrees is no contradiction");

        static Dataset Named(params string[] names) => new(Tensor.RandomNormal([4, 2], seed: 1), [0, 1, 1, 0]) { ClassNames = names };
    }

    [Theory]
    [InlineData("Label 2 is class 'd' in *, but 'c' in *", "a", "b", "c", "a", "b", "d")]
    [InlineData("Label 0 is class 'rose' in *, but 'cat' in *", "cat", "dog", "", "rose", "tulip", "")]
    [InlineData("Class 'b' is label 0 in *, but label 1 in *", "a", "b", "", "b", "a", "")]
    [InlineData("Class 'c' is label 1 in *, but label 2 in *", "a", "b", "c", "a", "c", "")]
    public void Line10_class_names_that_disagree_are_refused_of_data_and_of_streams_labels_and_one_hot_rows(string message, params string[] names)
    {
        foreach (bool oneHot in new[] { false, true })
        {
            Dataset first = Named(names[..3], oneHot), second = Named(names[3..], oneHot);
            Sequential model = Sequential.Input(2).Dense(first.ClassNames.Count).Softmax().Build(seed: 1);
            model.Compile(new Sgd(), oneHot ? new CategoricalCrossEntropy() : new SparseCategoricalCrossEntropy());
            if (oneHot && first.ClassNames.Count != second.ClassNames.Count) continue;
            int[] before = model.Bits();
            Refused(() => model.Fit(first, new FitOptions { Validation = second }));
            Refused(() => model.Fit(first.Batches(2), new FitOptions { Validation = second }));
            model.ClassNames = first.ClassNames;
            Refused(() => model.Fit(second));
            Refused(() => model.Evaluate(second));
            Refused(() => model.Fit(second.Batches(2)));
            model.Bits().Should().Equal(before);
            model.ClassNames = [];
            Refused(() => model.Fit(first.Batches(2).Concat(second.Batches(2))));
        }

        void Refused(Action call) => call.Should().Throw<ArgumentException>().WithMessage(message + "ClassNames*");

        static Dataset Named(string[] names, bool oneHot)
        {
            Tensor x = Tensor.RandomNormal([4, 2], seed: 1);
            string[] all = [.. names.Where(n => n.Length > 0)];
            return oneHot ? new(x, OneHot.Encode([0, 1, 1, 0], all.Length)) { ClassNames = all } : new(x, [0, 1, 1, 0]) { ClassNames = all };
        }
    }

    [Fact]
    public void Line10_without_a_loss_or_metric_that_knows_the_last_layer_tells_what_the_targets_are()
    {
        Tensor x = Tensor.RandomNormal([10, 2], seed: 1), binary = Tensor.From([.. Sorted.Select(c => c > 0 ? 1f : 0f)]);
        var half = new FitOptions { ValidationSplit = 0.3 };
        Loss[] losses = [new MeanSquaredError(), new Custom()];
        foreach (Loss loss in losses)
        {
            Sequential.Input(2).Dense(1).Sigmoid().Build().Compile(new Sgd(), loss).Fit(new Dataset(x, binary), half).Warnings
                .Should().ContainSingle().Which.Should().Match("*validation is of class 0,*stratified*");
            Softmax(loss).Fit(new Dataset(x, OneHot.Encode(Sorted, 3)), half).Warnings.Should().HaveCount(2);
        }
    }

    [Fact]
    public void Line10_shares_between_0_and_1_are_no_classes_and_give_no_warning()
    {
        Tensor x = Tensor.RandomNormal([4, 2], seed: 1);
        var half = new FitOptions { ValidationSplit = 0.25 };
        Sequential.Input(2).Dense(1).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy())
            .Fit(new Dataset(x, Tensor.From(0.1f, 0.2f, 0.3f, 0.6f)), half).Warnings.Should().BeEmpty();
        Sequential.Input(2).Dense(2).Softmax().Build().Compile(new Sgd(), new CategoricalCrossEntropy())
            .Fit(new Dataset(x, new float[,] { { 0.6f, 0.4f }, { 0.7f, 0.3f }, { 0.6f, 0.4f }, { 0.4f, 0.6f } }), half).Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Line10_several_labels_a_sample_are_not_advised_to_be_split_stratified()
    {
        Tensor several = new float[,] { { 0, 1 }, { 0, 0 }, { 0, 1 }, { 1, 1 } };
        Sequential.Input(3).Dense(2).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy())
            .Fit(new Dataset(Tensor.RandomNormal([4, 3], seed: 1), several), new FitOptions { ValidationSplit = 0.25 }).Warnings
            .Should().ContainSingle().Which.Should().EndWith("Shuffle rows that are sorted before they are split.");
    }

    private static Sequential Softmax(Loss loss) => Sequential.Input(2).Dense(3).Softmax().Build(seed: 1).Compile(new Sgd(), loss);

    /// <summary>A custom loss that does not say what its targets are.</summary>
    private sealed class Custom : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => (predictions - targets).Square().Mean(-1);
    }
}
