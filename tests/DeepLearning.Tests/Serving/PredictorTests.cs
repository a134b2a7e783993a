using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Serving;

public sealed class PredictorTests
{
    private static readonly Tensor Inputs = Tensor.RandomNormal([600, 4], seed: 11);

    [Fact]
    public async Task Spans_tensors_and_tasks_give_the_bits_of_the_model()
    {
        Sequential model = TrainingCases.Classifier();
        float[] expected = model.Predict(Inputs).ToArray(), predictions = new float[600 * 3];
        Predictor predictor = model.ToPredictor();
        predictor.Predict(Inputs.AsSpan(), predictions);
        predictions.Should().Equal(expected);
        predictor.Predict(Inputs).ToArray().Should().Equal(expected);
        (await predictor.PredictAsync(Inputs)).ToArray().Should().Equal(expected);
    }

    [Fact]
    public void A_saved_model_is_loaded_as_a_predictor_with_the_same_bits()
    {
        Sequential model = TrainingCases.Classifier();
        string path = Path.GetTempFileName();
        model.Save(path);
        Predictor.Load(path).Predict(Inputs).ToArray().Should().Equal(model.Predict(Inputs).ToArray());
        using (FileStream stream = File.OpenRead(path)) Predictor.Load(stream).Predict(Inputs).ToArray().Should().Equal(model.Predict(Inputs).ToArray());
        File.Delete(path);
        FluentActions.Invoking(() => Predictor.Load(path)).Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void Predictions_that_overlap_their_inputs_throw_and_leave_them()
    {
        Sequential model = Sequential.Input(2).Dense(2).Build();
        Predictor predictor = model.ToPredictor();
        float[] memory = [1f, 2f, 3f, 4f, 5f, 6f];
        Action[] calls =
        [
            () => model.Predict(memory.AsSpan(0, 4), memory.AsSpan(0, 4)),
            () => model.Predict(memory.AsSpan(0, 4), memory.AsSpan(2, 4)),
            () => predictor.Predict(memory.AsSpan(0, 4), memory.AsSpan(2, 4)),
        ];
        foreach (Action call in calls) call.Should().Throw<ArgumentException>().WithMessage("*overlap the inputs*").WithParameterName("predictions");
        memory.Should().Equal(1f, 2f, 3f, 4f, 5f, 6f);
        predictor.Predict(memory.AsSpan(0, 2), memory.AsSpan(2, 2));
        memory[2..4].Should().Equal(model.Predict(Tensor.From([1f, 2f], [1, 2])).ToArray(), "beside each other they do not overlap");
    }

    [Fact]
    public void Fault24_predictions_whose_number_overflows_an_int_are_counted_right()
    {
        Sequential model = Sequential.Input(1).Dense(1 << 16).Build();
        model.Invoking(m => m.Predict(new float[1 << 16], []))
            .Should().Throw<ArgumentException>().WithMessage("65536 predictions have 4294967296 values, got room for 0*");
    }

    [Fact]
    public void Later_training_of_the_model_does_not_change_it()
    {
        Sequential model = TrainingCases.Classifier();
        Predictor predictor = model.ToPredictor();
        float[] before = model.Predict(Inputs).ToArray();
        model.Fit(TrainingCases.Blobs(50));
        model.Predict(Inputs).ToArray().Should().NotEqual(before);
        predictor.Predict(Inputs).ToArray().Should().Equal(before);
    }

    [Fact]
    public void It_knows_shapes_class_names_and_what_its_outputs_are()
    {
        Sequential model = TrainingCases.Classifier();
        model.ClassNames = ["ash", "birch", "cedar"];
        Predictor predictor = model.ToPredictor();
        model.ClassNames = [];
        predictor.InputShape.Should().Equal(4);
        predictor.OutputShape.Should().Equal(3);
        predictor.ClassNames.Should().Equal("ash", "birch", "cedar");
        predictor.GivesProbabilities.Should().BeTrue();
        predictor.ToString().Should().Be(model.ToString());
        predictor.Summary().Should().Be(model.Summary());
        TrainingCases.Line().ToPredictor().GivesProbabilities.Should().BeFalse();
    }

    [Fact]
    public async Task Wrong_sizes_are_refused_with_both_numbers()
    {
        Predictor predictor = TrainingCases.Classifier().ToPredictor();
        predictor.Invoking(p => p.Predict(new float[5], new float[3])).Should().Throw<ArgumentException>().WithMessage("*samples of 4 values, got 5*");
        predictor.Invoking(p => p.Predict(new float[8], new float[3])).Should().Throw<ArgumentException>().WithMessage("*2 predictions have 6 values, got room for 3*");
        predictor.Invoking(p => p.Predict(Tensor.Zeros([2, 5]))).Should().Throw<ShapeMismatchException>().WithMessage("*[batch, 4]*[2, 5]*");
        await predictor.Awaiting(p => p.PredictAsync(Tensor.Zeros([2, 5]))).Should().ThrowAsync<ShapeMismatchException>();
        predictor.Invoking(p => p.WarmUp(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Cancelled_in_the_middle_it_stops_before_the_next_256_samples()
    {
        using var source = new CancellationTokenSource();
        var counting = new Hook(_ => source.Cancel());
        Predictor predictor = Sequential.Input(4).Add(counting).Build().ToPredictor();
        await predictor.Awaiting(p => p.PredictAsync(Inputs, source.Token)).Should().ThrowAsync<OperationCanceledException>();
        counting.Calls.Should().Be(1);
        (await predictor.PredictAsync(Inputs)).ToArray().Should().Equal(Inputs.ToArray());
    }

    [Fact]
    public void After_warming_up_not_even_the_first_call_allocates()
    {
        float[] sample = new float[4], probabilities = new float[3];
        Allocations.Least(() =>
        {
            Predictor predictor = TrainingCases.Classifier().ToPredictor();
            predictor.WarmUp(2);
            return Allocations.Of(() => predictor.Predict(sample, probabilities));
        }).Should().Be(0);
    }

    [Fact]
    public void More_calls_at_once_than_the_pool_has_places_in_a_block_find_their_memory_again()
    {
        Predictor predictor = TrainingCases.Classifier().ToPredictor();
        predictor.WarmUp(40);
        predictor.WarmUp(40);
        predictor.CallsAtOnce.Should().Be(40);
    }

    [Fact]
    public void Calls_that_fail_do_not_count_as_calls_at_once()
    {
        var model = Sequential.Input(1).Add(new Hook(x => ThrowIfNegative(x.ToArray()[0]))).Build();
        Predictor predictor = model.ToPredictor();
        float[] prediction = new float[1];
        predictor.Predict([1f], prediction);
        for (int i = 0; i < 100; i++) predictor.Invoking(p => p.Predict([-1f], prediction)).Should().Throw<TimeoutException>();
        predictor.CallsAtOnce.Should().BeLessThanOrEqualTo(1, "a swap makes room for as many calls");
        predictor.Predict([2f], prediction);
        prediction.Should().Equal(2f);

        static void ThrowIfNegative(float x)
        {
            if (x < 0f) throw new TimeoutException("mine");
        }
    }

    [Fact]
    public void Fault57_a_layer_that_throws_gives_its_own_exception_and_the_next_call_works()
    {
        bool broken = true;
        Predictor predictor = Sequential.Input(4).Add(new Hook(_ => { if (broken) throw new TimeoutException("mine"); })).Build().ToPredictor();
        predictor.Invoking(p => p.Predict(new float[4], new float[4])).Should().Throw<TimeoutException>().WithMessage("mine");
        broken = false;
        predictor.Invoking(p => p.Predict(new float[4], new float[4])).Should().NotThrow();
    }

    [Fact]
    public async Task Fault58_a_model_is_frozen_in_a_callback_of_its_training_but_not_by_another_thread_meanwhile()
    {
        Sequential model = TrainingCases.Classifier();
        Predictor? inCallback = null;
        Exception? elsewhere = null;
        float[]? then = null;
        var freezer = new Recorder(batch: (context, _) =>
        {
            if (inCallback is not null) return;
            (inCallback, then) = (context.Model.ToPredictor(), context.Model.Predict(Inputs).ToArray());
            var other = new Thread(() => elsewhere = Record.Exception(context.Model.ToPredictor));
            other.Start();
            other.Join();
        });
        await model.FitAsync(TrainingCases.Blobs(100), new FitOptions { Callbacks = [freezer] });
        elsewhere.Should().BeOfType<InvalidOperationException>().Which.Message.Should().Contain("another thread");
        inCallback!.Predict(Inputs).ToArray().Should().Equal(then);
        model.Predict(Inputs).ToArray().Should().NotEqual(then);
        model.Invoking(m => m.ToPredictor()).Should().NotThrow();
    }
}
