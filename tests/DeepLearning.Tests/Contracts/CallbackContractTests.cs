namespace DeepLearning.Tests.Contracts;

/// <summary>What every callback promises, run over every row of <see cref="CallbackContract"/>.</summary>
public sealed class CallbackContractTests
{
    public static TheoryData<int, string> Rows() => ContractRows.Of(CallbackContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_serves_one_run_after_another_from_the_beginning(int index, string name)
    {
        Callback callback = CallbackContract.Rows[index].Make();
        IReadOnlyList<float> first = Train(callback), second = Train(callback);

        first.Should().NotBeEmpty(name);
        second.Should().Equal(first, name);
    }

    private static IReadOnlyList<float> Train(Callback callback)
    {
        var data = new Dataset(Points.Signed([12, 3])[0], Points.Signed([12, 1])[0]);
        Sequential model = Sequential.Input(3).Dense(1).Build(seed: 3);
        return model.Compile(new Sgd(0.05f), new MeanSquaredError())
            .Fit(data, new FitOptions { Epochs = 4, BatchSize = 5, Validation = data, Callbacks = [callback] })["loss"];
    }
}
