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

    private static Sequential Softmax(Loss loss) => Sequential.Input(2).Dense(3).Softmax().Build(seed: 1).Compile(new Sgd(), loss);
}
