using System.Globalization;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

[Collection("Threads")]
public sealed class AllocationTests
{
    public static TheoryData<string, Sequential, Dataset> Runs => new()
    {
        {
            "classes", Sequential.Input(2, 10).Flatten().Dense(32).Relu().Dropout(0.2f).Dense(10).Softmax().Build()
                .Compile(new Adam(), new SparseCategoricalCrossEntropy(), new Accuracy()),
            new Dataset(Tensor.RandomNormal([100, 2, 10], seed: 1), [.. Enumerable.Range(0, 100).Select(i => i % 10)])
        },
        {
            "values with sample weights", Sequential.Input(20).Dense(32).Tanh().Dense(1).Build()
                .Compile(new Sgd(0.01f, 0.9f, nesterov: true), new MeanSquaredError()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), Tensor.RandomNormal([100, 1], seed: 2), Tensor.RandomUniform([100], seed: 3))
        },
        {
            "clipped by each norm, decayed, averaged", Sequential.Input(20).Dense(8).Relu().Dense(1).Build()
                .Compile(new Nadam { ClipNorm = 0.1f, WeightDecay = 0.01f, UseEma = true, GradientAccumulationSteps = 2 }, new Huber(), new LogCosh()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), Tensor.RandomNormal([100, 1], seed: 2))
        },
        {
            "options that differ, penalties, constraints, a schedule",
            Sequential.Input(20)
                .Add(new Dense(8) { KernelRegularizer = new L1L2(0.01, 0.01), KernelConstraint = new MaxNorm(1), BiasConstraint = new NonNegative() }).Relu()
                .Add(new Dense(1) { KernelRegularizer = new L2(), KernelConstraint = new UnitNorm(-1) }).Build()
                .Compile(new AdamW(new CosineDecay(1e-3, 100)) { ExcludeFromWeightDecay = ["bias"], UseEma = true }, new MeanSquaredError()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), Tensor.RandomNormal([100, 1], seed: 2))
        },
        {
            "several labels from logits, weighed by their sum", Sequential.Input(20).Dense(3).Build()
                .Compile(
                    new Sgd(0.01f), new BinaryCrossEntropy { FromLogits = true, Reduction = LossReduction.MeanWithSampleWeight },
                    new Accuracy(), new BinaryAccuracy(0.7f)),
            new Dataset(
                Tensor.RandomNormal([100, 20], seed: 1), Tensor.RandomUniform([100, 3], seed: 2).Greater(0.5f), Tensor.RandomUniform([100], seed: 3) * 1e37f)
        },
        {
            "classes under a squared error", Sequential.Input(20).Dense(3).Softmax().Build()
                .Compile(new Sgd(0.01f), new MeanSquaredError(), new Accuracy(), new CategoricalAccuracy()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), OneHot.Encode([.. Enumerable.Range(0, 100).Select(i => i % 3)], 3))
        },
        {
            "labels 0 and 1 as values", Sequential.Input(20).Dense(1).Sigmoid().Build().Compile(new Sgd(0.01f), new MeanSquaredError(), new MeanAbsoluteError()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), [.. Enumerable.Range(0, 100).Select(i => i % 2)]) { ClassNames = ["no", "yes"] }
        },
        {
            "whole parameters: norms", Sequential.Input(20).Dense(8).Relu().Dense(1).Build()
                .Compile(new Lamb(new LinearWarmup(new CosineDecayRestarts(1e-3, 5), 3)) { WeightDecay = 0.01, DecayInRatio = true }, new MeanSquaredError()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), Tensor.RandomNormal([100, 1], seed: 2))
        },
        {
            "whole parameters: rows and columns", Sequential.Input(20).Dense(8).Relu().Dense(1).Build()
                .Compile(new Adafactor(new PiecewiseConstantDecay([3, 9], [1e-3, 1e-2, 1e-3])), new MeanSquaredError()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), Tensor.RandomNormal([100, 1], seed: 2))
        },
        {
            "whole parameters: matrices", Sequential.Input(20).Dense(8).Relu().Dense(1).Build()
                .Compile(new Muon(1e-3) { ExcludeLayers = ["dense_1"] }, new MeanSquaredError()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), Tensor.RandomNormal([100, 1], seed: 2))
        },
        {
            "one output", Sequential.Input(20).Dense(8).Silu().Dense(1).Sigmoid().Build().Compile(new Adam(), new BinaryCrossEntropy(), new Accuracy()),
            new Dataset(Tensor.RandomNormal([100, 20], seed: 1), Tensor.Ones([100]))
        },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_training_step_allocates_nothing_after_the_first_epoch(string run, Sequential model, Dataset data)
    {
        var meter = new AllocationMeter();
        // 100 = 6·16 + 4: the short last batch is measured too.
        model.Fit(data, new FitOptions { Epochs = AllocationMeter.Epochs, BatchSize = 16, Callbacks = [meter] });
        meter.Least.Should().Be(0, run);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_step_of_a_stream_allocates_nothing_after_the_first_epoch(string run, Sequential model, Dataset data)
    {
        var meter = new AllocationMeter();
        List<Batch> stream = [.. data.Batches(16)];
        model.Fit(stream, new FitOptions { Epochs = AllocationMeter.Epochs, Callbacks = [meter] });
        meter.Least.Should().Be(0, run);
    }

    [Fact]
    public void A_step_between_two_checkpoints_allocates_nothing()
    {
        using var folder = new ScratchFolder();
        var meter = new AllocationMeter();
        var options = new FitOptions
        {
            Epochs = AllocationMeter.Epochs,
            BatchSize = 8,
            Callbacks = [meter],
            Checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1000 },
        };
        TrainingCases.Classifier().Fit(TrainingCases.Blobs(60), options);
        meter.Least.Should().Be(0);
        folder.Files.Should().HaveCount(4);
    }

    [Fact]
    public void A_step_that_is_shared_among_workers_allocates_nothing_on_any_thread()
    {
        // In a process of its own, where no test runner's threads allocate in between. The runtime may, for code that it compiles anew; a step of ours would in all.
        int[] bytes = [.. ChildProcess.Run("allocations", ("DEEPLEARNING_NUM_THREADS", "3")).Split(' ').Select(b => int.Parse(b, CultureInfo.InvariantCulture))];
        bytes.Should().HaveCount(9 * 7);
        bytes.Count(b => b == 0).Should().BeGreaterThan(bytes.Length / 2);
    }

    /// <summary>What the process of its own does: prints the bytes that each step allocates on all threads.</summary>
    internal static void PrintSharedSteps()
    {
        Sequential model = Sequential.Input(256).Dense(512).Relu().Dropout(0.2f).Dense(10).Softmax().Build()
            .Compile(new Adam(), new SparseCategoricalCrossEntropy(), new Accuracy());
        var data = new Dataset(Tensor.RandomNormal([2048, 256], seed: 1), [.. Enumerable.Range(0, 2048).Select(i => i % 10)]);
        var meter = new AllocationMeter(static () => GC.GetTotalAllocatedBytes(precise: true));
        model.Fit(data, new FitOptions { Epochs = 10, BatchSize = 256, Callbacks = [meter] });
        Console.WriteLine(string.Join(' ', meter.Steps));
    }

    [Fact]
    public void Predicting_into_a_span_allocates_nothing_after_the_first_call()
    {
        Sequential model = Sequential.Input(20).Dense(32).Relu().Dense(10).Softmax().Build();
        float[] inputs = new float[300 * 20], predictions = new float[300 * 10];
        Predict(1);
        Predict(300);
        Allocations.Least(() => Predict(1)).Should().Be(0);
        Allocations.Least(() => Predict(300)).Should().Be(0, "full chunks and the rest have memory of their own");

        void Predict(int samples) => model.Predict(inputs.AsSpan(0, samples * 20), predictions.AsSpan(0, samples * 10));
    }
}
