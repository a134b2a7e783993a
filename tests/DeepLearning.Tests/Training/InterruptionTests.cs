namespace DeepLearning.Tests.Training;

public sealed class InterruptionTests
{
    [Fact]
    public void Fault57_a_callback_that_throws_ends_training_with_its_own_exception_and_the_last_whole_step()
    {
        Dataset data = TrainingCases.Blobs(40);
        Sequential model = TrainingCases.Classifier(), reference = TrainingCases.Classifier();
        int[]? thrown = null;
        var failure = new TimeoutException("of the callback");
        var options = new FitOptions
        {
            BatchSize = 4,
            Callbacks = [new Recorder(batch: (context, _) =>
            {
                if (context.Batch != 3) return;
                thrown = context.Model.Bits();
                throw failure;
            })],
        };
        model.Invoking(m => m.Fit(data, options)).Should().Throw<TimeoutException>().Which.Should().BeSameAs(failure);
        model.Bits().Should().Equal(thrown);
        reference.Fit(data, options with { Callbacks = [new Recorder(batch: (c, _) => { if (c.Batch == 3) c.Stop(); })] });
        model.Bits().Should().Equal(reference.Bits());
        model.Fit(data, new FitOptions { Epochs = 2 }).Epochs.Should().Be(2);
    }

    [Fact]
    public void Fault57_an_iterator_that_throws_is_disposed_and_the_last_whole_step_stays()
    {
        Dataset data = TrainingCases.Blobs(4);
        Sequential model = TrainingCases.Classifier(), reference = TrainingCases.Classifier();
        var failure = new IOException("of the disk");
        bool disposed = false;
        model.Invoking(m => m.Fit(Stream())).Should().Throw<IOException>().Which.Should().BeSameAs(failure);
        disposed.Should().BeTrue();
        reference.TrainOnBatch(data.Inputs, data.Targets);
        model.Bits().Should().Equal(reference.Bits());
        model.Fit(data).Epochs.Should().Be(1);

        IEnumerable<Batch> Stream()
        {
            try
            {
                yield return new Batch(data.Inputs, data.Targets);
                throw failure;
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact]
    public void Fault57_a_callback_that_throws_disposes_the_stream()
    {
        Dataset data = TrainingCases.Blobs(4);
        bool disposed = false;
        Sequential model = TrainingCases.Classifier();
        var options = new FitOptions { Callbacks = [new Recorder(batch: (_, _) => throw new TimeoutException())] };
        model.Invoking(m => m.Fit(Stream(), options)).Should().Throw<TimeoutException>();
        disposed.Should().BeTrue();

        IEnumerable<Batch> Stream()
        {
            try
            {
                while (true) yield return new Batch(data.Inputs, data.Targets);
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact]
    public void Fault57_a_layer_that_throws_in_a_step_leaves_the_model_usable()
    {
        var fuse = new Fuse();
        Sequential model = Sequential.Input(2).Dense(4).Add(fuse).Dense(1).Build().Compile(new Adam(), new MeanSquaredError());
        int[] before = model.Bits();
        fuse.Blown = true;
        model.Invoking(m => m.Fit(TrainingCases.Plane(8))).Should().Throw<TimeoutException>();
        model.Bits().Should().Equal(before);
        fuse.Blown = false;
        Sequential fresh = Sequential.Input(2).Dense(4).Add(fuse).Dense(1).Build().Compile(new Adam(), new MeanSquaredError());
        model.Fit(TrainingCases.Plane(8));
        fresh.Fit(TrainingCases.Plane(8));
        model.Bits().Should().Equal(fresh.Bits());
    }

    private sealed class Fuse : Layer
    {
        public bool Blown { get; set; }

        public override Tensor Forward(Tensor x, LayerContext context) => Blown ? throw new TimeoutException() : x;
    }
}
