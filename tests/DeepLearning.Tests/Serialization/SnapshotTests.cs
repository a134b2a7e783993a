namespace DeepLearning.Tests.Serialization;

/// <summary>What is written while another thread trains is of one step, or nothing.</summary>
public sealed class SnapshotTests
{
    private const int Steps = 300, Width = 512;

    private readonly Tensor inputs = Tensor.Ones([1, Width]), targets = Tensor.Full([1, Width], 1e6f);

    [Fact]
    public void Fault58_a_save_between_two_steps_of_another_thread_is_of_one_step_or_throws()
    {
        // The error's sign never changes, so that all weights are the same at each step, and tell which it is.
        float[] valueAfter = new float[Steps + 1];
        Sequential reference = Network(), model = Network();
        for (int i = 1; i <= Steps; i++) valueAfter[i] = Step(reference).Parameters[0].Value.AsSpan()[0];
        valueAfter.Should().OnlyHaveUniqueItems();

        using var begun = new ManualResetEventSlim();
        var trainer = new Thread(() =>
        {
            begun.Set();
            for (int i = 0; i < Steps; i++)
            {
                Step(model);
                Thread.SpinWait(3000);
            }
        });
        trainer.Start();
        begun.Wait();
        while (trainer.IsAlive) RequireWhole();
        trainer.Join();
        RequireWhole().Should().BeTrue("the model is at rest");

        bool RequireWhole()
        {
            using var file = new MemoryStream();
            try
            {
                model.Save(file);
            }
            catch (InvalidOperationException)
            {
                file.Length.Should().Be(0);
                return false;
            }

            file.Position = 0;
            Sequential saved = Sequential.Load(file);
            float[] weights = saved.Parameters[0].Value.ToArray();
            weights.Distinct().Should().Equal([valueAfter[saved.StepsTrained]], "the steps trained are {0}", saved.StepsTrained);
            return true;
        }
    }

    private Sequential Step(Sequential model)
    {
        model.TrainOnBatch(inputs, targets);
        return model;
    }

    private static Sequential Network()
        => Sequential.Input(Width).Add(new Dense(Width) { UseBias = false, KernelInitializer = Constant.Zeros }).Build()
            .Compile(new Sgd(1f), new MeanAbsoluteError());
}
