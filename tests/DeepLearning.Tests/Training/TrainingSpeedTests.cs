namespace DeepLearning.Tests.Training;

[Collection("Threads")]
public sealed class TrainingSpeedTests
{
    private static readonly Dataset Data = TrainingCases.Blobs(70);

    public static TheoryData<string, Func<Optimizer>> Optimizers => new()
    {
        { "moments", () => new Adam(0.01) },
        { "an average", () => new Sgd(0.05, momentum: 0.9) { UseEma = true } },
        { "accumulation", () => new Adam(0.01) { GradientAccumulationSteps = 3 } },
        { "slow weights", () => new Sgd(0.05) { Lookahead = new Lookahead() } },
        { "a schedule", () => new RmsProp(new CosineDecay(0.01, 50)) },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Measuring_changes_nothing_before_a_run_between_two_and_between_single_steps(string why, Func<Optimizer> optimizer)
    {
        int threads = Parallelism.ThreadCount;
        int[] measured = Train(measures: true), plain = Train(measures: false);
        measured.Should().Equal(plain, why);
        Parallelism.ThreadCount.Should().Be(threads);

        int[] Train(bool measures)
        {
            Sequential model = Sequential.Input(4).Dense(8).BatchNormalization().Relu().Dropout(0.2).Dense(3).Softmax().Build(seed: 7)
                .Compile(optimizer(), new SparseCategoricalCrossEntropy(), new Accuracy());
            Measure();
            model.Fit(Data, new FitOptions { Epochs = 2, BatchSize = 8 });
            Measure();
            model.TrainOnBatch(Data.Inputs, Data.Targets);
            Measure();
            model.Fit(Data, new FitOptions { Epochs = 1, BatchSize = 8 });
            return model.Bits();

            void Measure()
            {
                if (measures) TrainingSpeed.Measure(model, Data, [5, 16], [1, 2]);
            }
        }
    }

    [Fact]
    public void Every_batch_size_is_tried_with_every_thread_count()
    {
        var speed = TrainingSpeed.Measure(TrainingCases.Classifier(), Data, batchSizes: [32, 8], threadCounts: [2, 1]);
        speed.Timings.Select(t => (t.BatchSize, t.ThreadCount)).Should().Equal((8, 1), (8, 2), (32, 1), (32, 2));
        speed.Timings.Should().OnlyContain(t => t.StepTime > TimeSpan.Zero).And.Contain(speed.Suggested);
        (speed.BatchSize, speed.ThreadCount).Should().Be((speed.Suggested.BatchSize, speed.Suggested.ThreadCount));
    }

    [Fact]
    public void By_default_the_sizes_are_those_that_the_data_fills()
    {
        TrainingSpeed.Measure(TrainingCases.Classifier(), Data, threadCounts: [1]).Timings.Select(t => t.BatchSize).Should().Equal(16, 32, 64);
        TrainingSpeed.Measure(TrainingCases.Classifier(), Data.Take(7), threadCounts: [1]).Timings.Select(t => t.BatchSize).Should().Equal(7);
    }

    [Fact]
    public void The_smallest_batch_with_the_fewest_threads_that_is_fast_enough_is_suggested()
    {
        // 1000, 3125, 3200, 3000 samples per second: 2880 are enough.
        var speed = new TrainingSpeed(
        [
            new StepTiming(16, 1, TimeSpan.FromMilliseconds(16)), new StepTiming(32, 2, TimeSpan.FromMilliseconds(10.24)),
            new StepTiming(64, 1, TimeSpan.FromMilliseconds(20)), new StepTiming(32, 1, TimeSpan.FromMilliseconds(32.0 / 3)),
        ]);
        speed.Suggested.Should().Be(speed.Timings[3]);
        speed.ToString().Should().Be(
            """
            batch size  threads  ms per step  samples per second
                    16        1       16.000                1000
                    32        2       10.240                3125
                    64        1       20.000                3200
                    32        1       10.667                3000  <- suggested
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_cannot_be_measured_is_refused_and_nothing_is_changed()
    {
        Sequential model = TrainingCases.Classifier();
        int[] before = model.Bits();
        model.Invoking(m => TrainingSpeed.Measure(m, Data, [71])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*70, the number of samples*71*");
        model.Invoking(m => TrainingSpeed.Measure(m, Data, [])).Should().Throw<ArgumentException>();
        model.Invoking(m => TrainingSpeed.Measure(m, Data, [8], [0])).Should().Throw<ArgumentOutOfRangeException>();
        model.Invoking(m => TrainingSpeed.Measure(m, TrainingCases.Plane(20))).Should().Throw<ArgumentException>();
        model.Invoking(m => TrainingSpeed.Measure(m, Data, cancellationToken: new CancellationToken(true))).Should().Throw<OperationCanceledException>();
        Sequential.Input(4).Dense(1).Build().Invoking(m => TrainingSpeed.Measure(m, Data)).Should().Throw<InvalidOperationException>().WithMessage("*Compile*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Steps_that_diverge_are_taken_back()
    {
        Sequential model = TrainingCases.Line(learningRate: 1e30f);
        int[] before = model.Bits();
        model.Invoking(m => TrainingSpeed.Measure(m, TrainingCases.Plane(64), [8])).Should().Throw<TrainingDivergedException>().WithMessage("*Nothing was changed*");
        model.Bits().Should().Equal(before);
    }
}
