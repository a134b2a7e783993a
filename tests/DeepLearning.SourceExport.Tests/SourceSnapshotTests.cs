using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepLearning.SourceExport.Tests;

/// <summary>What is written while another thread trains is of one step, or nothing.</summary>
public sealed class SourceSnapshotTests
{
    private const int Steps = 3000, Width = 8;

    private readonly Tensor inputs = Tensor.Ones([1, Width]), targets = Tensor.Full([1, Width], 1e6f);

    [Fact]
    public void Fault58_an_export_between_two_steps_of_another_thread_is_of_one_step_or_throws()
    {
        // All weights of a layer are the same at each step, by symmetry, and those of two layers tell which step it is.
        var after = new HashSet<(float First, float Second)>();
        Sequential reference = Network(), model = Network();
        for (int i = 0; i <= Steps; i++)
        {
            after.Add((reference.Parameters[0].Value.AsSpan()[0], reference.Parameters[1].Value.AsSpan()[0])).Should().BeTrue("all steps differ");
            Step(reference);
        }

        using var begun = new ManualResetEventSlim();
        var trainer = new Thread(() =>
        {
            begun.Set();
            for (int i = 0; i < Steps; i++)
            {
                Step(model);
                Thread.SpinWait(1000);
            }
        });
        trainer.Start();
        begun.Wait();
        while (trainer.IsAlive) RequireWhole();
        trainer.Join();
        RequireWhole().Should().BeTrue("the model is at rest");

        bool RequireWhole()
        {
            using var file = new StringWriter();
            try
            {
                model.ExportSource(file);
            }
            catch (InvalidOperationException)
            {
                file.ToString().Should().BeEmpty();
                return false;
            }

            float[][] tables = [.. Regex.Matches(file.ToString(), @"Kernel =>\s*\[([^\]]*)\];").Select(m => Numbers(m.Groups[1].Value))];
            after.Should().Contain((tables[0].Distinct().Single(), tables[1].Distinct().Single()));
            return true;
        }
    }

    private static float[] Numbers(string literals)
        => [.. literals.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(l => float.Parse(l.TrimEnd('f'), CultureInfo.InvariantCulture))];

    private void Step(Sequential model) => model.TrainOnBatch(inputs, targets);

    private static Sequential Network() => Sequential.Input(Width).Add(Layer()).Add(Layer()).Build().Compile(new Sgd(1e-3f), new MeanAbsoluteError());

    private static Dense Layer() => new(Width) { UseBias = false, KernelInitializer = new Constant(0.5f) };
}
