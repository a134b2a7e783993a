namespace DeepLearning.Tests.Training;

public sealed class ConcurrencyTests
{
    [Fact]
    public void Fault58_64_predictions_at_once_are_bit_for_bit_those_in_turn()
    {
        Sequential model = Sequential.Input(16).Dense(64).Relu().Dropout(0.5f).Dense(8).Softmax().Build(seed: 1);
        Tensor[] inputs = [.. Enumerable.Range(0, 64).Select(i => Tensor.RandomNormal([1 + i * 5, 16], seed: (ulong)i))];
        float[][] inTurn = [.. inputs.Select(x => model.Predict(x).ToArray())];
        var atOnce = new float[64][];
        Thread[] threads = [.. Enumerable.Range(0, 64).Select(i => new Thread(() => atOnce[i] = model.Predict(inputs[i]).ToArray()))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        for (int i = 0; i < 64; i++) atOnce[i].Should().Equal(inTurn[i]);
    }

    [Fact]
    public void Fault58_a_second_Fit_at_once_throws_and_the_first_goes_on()
    {
        Dataset data = TrainingCases.Blobs(20);
        Sequential model = TrainingCases.Classifier(), alone = TrainingCases.Classifier();
        var failures = new List<Exception>();
        var nested = new Recorder(batch: (context, _) =>
        {
            Action[] calls =
            [
                () => context.Model.Fit(data),
                () => context.Model.TrainOnBatch(data.Inputs, data.Targets),
                () => context.Model.Compile(new Sgd(), new SparseCategoricalCrossEntropy()),
            ];
            foreach (Action call in calls) failures.Add(call.Should().Throw<InvalidOperationException>().Which);
        });
        model.Fit(data, new FitOptions { Callbacks = [nested] });
        alone.Fit(data);
        failures.Should().HaveCount(3).And.AllSatisfy(f => f.Message.Should().Contain("already being trained"));
        model.Bits().Should().Equal(alone.Bits());
        model.Invoking(m => m.Fit(data)).Should().NotThrow();
    }

    [Fact]
    public async Task Fault58_predictions_during_Fit_are_probabilities_and_do_not_disturb_it()
    {
        Dataset data = TrainingCases.Blobs(200);
        Sequential model = TrainingCases.Classifier(), alone = TrainingCases.Classifier();
        Task<History> run = model.FitAsync(data, new FitOptions { Epochs = 20, BatchSize = 8 });
        do
        {
            float[] p = model.Predict(data.Inputs).ToArray();
            for (int row = 0; row < data.Count; row++) p.Skip(row * 3).Take(3).Sum().Should().BeApproximately(1f, 1e-5f);
        }
        while (!run.IsCompleted);
        await run;
        alone.Fit(data, new FitOptions { Epochs = 20, BatchSize = 8 });
        model.Bits().Should().Equal(alone.Bits());
    }
}
