namespace DeepLearning.Reporting.Tests;

public sealed class PredictionTableTests
{
    [Fact]
    public void Each_image_has_its_label_the_verdict_and_the_most_probable_classes()
    {
        (Sequential model, Dataset data) = Example();
        using var console = new TextConsole(width: 80);
        console.Console.Write(new PredictionTable(model, data, [0, 1], top: 2));
        console.Output.Should().Contain("is two: right").And.Contain("is zero: wrong").And.NotContain("one ", "the third of three classes is left out");
        console.Output.Should().MatchRegex(@"two ████+ +\d\d\.\d%");
    }

    [Fact]
    public void Images_stand_side_by_side_where_there_is_room()
    {
        (Sequential model, Dataset data) = Example();
        using var wide = new TextConsole(width: 80);
        using var narrow = new TextConsole(width: 30);
        wide.Console.Write(new PredictionTable(model, data, [0, 1]));
        narrow.Console.Write(new PredictionTable(model, data, [0, 1]));
        wide.Lines.Length.Should().BeLessThan(narrow.Lines.Length);
        wide.Lines.Should().ContainSingle(l => l.Contains("is two") && l.Contains("is zero"));
    }

    /// <summary>A model that always takes class 2 for the most probable, then 0, then 1.</summary>
    private static (Sequential Model, Dataset Data) Example()
    {
        Sequential model = Sequential.Input(4, 4).Flatten().Dense(3).Softmax().Build();
        model.Parameters["dense.kernel"].Assign(Tensor.Zeros([16, 3]));
        model.Parameters["dense.bias"].Assign(Tensor.From(1f, 0f, 2f));
        return (model, new Dataset(Tensor.RandomUniform([2, 4, 4], seed: 1), [2, 0]) { ClassNames = ["zero", "one", "two"] });
    }

    [Fact]
    public void Line10_a_model_without_a_softmax_over_its_classes_is_refused()
    {
        var data = new Dataset(Tensor.Zeros([1, 2, 2]), [0]);
        Sequential[] models = [Sequential.Input(2, 2).Flatten().Dense(1).Sigmoid().Build(), Sequential.Input(2, 2).Flatten().Dense(3).Build()];
        foreach (Sequential model in models)
            ((Action)(() => _ = new PredictionTable(model, data, [0]))).Should().Throw<ArgumentException>().WithMessage("*Softmax()*the model ends with*");
    }
}
