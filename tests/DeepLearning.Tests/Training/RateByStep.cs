namespace DeepLearning.Tests.Training;

/// <summary>A callback with state of its own: each step multiplies the learning rate by a number that depends on all losses before.</summary>
internal sealed class RateByStep : Callback
{
    private readonly float[] last = new float[3];
    private double sum;
    private string name = "none";

    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        sum += logs["loss"];
        last[context.Batch % 3] = logs["loss"];
        name = $"{context.Epoch}/{context.Batch}";
        context.Optimizer.LearningRate *= (float)(1 - 1e-3 * sum / (1 + sum) - 1e-4 * (last[0] + last[1] + last[2]) - 1e-5 * name.Length);
    }

    public override void SaveState(StateWriter state)
    {
        state.Write("sum", sum);
        state.Write("last", last);
        state.Write("name", name);
        state.Write("isOdd", name.Length % 2 == 1);
    }

    public override void LoadState(StateReader state)
    {
        sum = state.ReadDouble("sum");
        state.ReadArray("last").CopyTo(last, 0);
        name = state.ReadString("name");
        state.ReadBoolean("isOdd").Should().Be(name.Length % 2 == 1);
    }
}
