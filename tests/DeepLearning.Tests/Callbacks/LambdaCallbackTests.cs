using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class LambdaCallbackTests
{
    [Fact]
    public void Each_function_is_called_at_its_point_of_training()
    {
        var calls = new List<string>();
        var callback = new LambdaCallback(
            onTrainBegin: _ => calls.Add("train begin"),
            onEpochBegin: c => calls.Add($"epoch begin {c.Epoch}"),
            onTrainBatchBegin: c => calls.Add($"batch begin {c.Batch}"),
            onTrainBatchEnd: (c, logs) => calls.Add($"batch end {c.Batch} {float.IsFinite(logs["loss"])}"),
            onTestBegin: _ => calls.Add("test begin"),
            onTestEnd: (_, logs) => calls.Add($"test end {float.IsFinite(logs["val_loss"])}"),
            onEpochEnd: (c, logs) => calls.Add($"epoch end {c.Epoch} {float.IsFinite(logs["val_loss"])}"),
            onTrainEnd: (_, logs) => calls.Add($"train end {float.IsFinite(logs["loss"])}"));
        TrainingCases.Line().Fit(TrainingCases.Plane(2), new FitOptions { Validation = TrainingCases.Plane(3), Callbacks = [callback] });
        calls.Should().Equal(
            "train begin", "epoch begin 0", "batch begin 0", "batch end 0 True", "test begin", "test end True", "epoch end 0 True", "train end True");
    }

    [Fact]
    public void The_first_argument_is_the_one_most_runs_need()
    {
        var losses = new List<float>();
        History history = TrainingCases.Line().Fit(
            TrainingCases.Plane(8), new FitOptions { Epochs = 3, Callbacks = [new LambdaCallback((_, logs) => losses.Add(logs["loss"]))] });
        losses.Should().Equal(history["loss"]);
    }
}
