using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class EarlyStoppingTests
{
    public static TheoryData<string, EarlyStopping, float[], int?, int> Sequences => new()
    {
        { "patience 0 ends at the first epoch without improvement", new() { Monitor = "loss" }, [3, 2, 2, 1], 2, 1 },
        { "never in the first epoch", new() { Monitor = "loss" }, [float.NaN, 1, 2], 2, 1 },
        { "patience 2 lets one bad epoch pass", new() { Monitor = "loss", Patience = 2 }, [3, 2, 4, 1, 5, 6, 0], 5, 3 },
        { "patience 1 is the first bad epoch too", new() { Monitor = "loss", Patience = 1 }, [3, 4, 1], 1, 0 },
        { "improving to the end is never stopped", new() { Monitor = "loss" }, [5, 4, 3, 2], null, 3 },
        { "an improvement is more than MinDelta", new() { Monitor = "loss", MinDelta = 0.5f, Patience = 2 }, [3, 2.75f, 2.5f, 1], 2, 0 },
        { "small steps add up against the best", new() { Monitor = "loss", MinDelta = 0.5f, Patience = 3 }, [3, 2.75f, 2.25f, 2.25f, 2.25f, 2.25f], 5, 2 },
        { "better than before but not than the baseline keeps waiting", new() { Monitor = "loss", Baseline = 1f, Patience = 2 }, [4, 3, 2.5f, 2.5f], 3, 2 },
        { "better than the baseline resets the waiting", new() { Monitor = "loss", Baseline = 3.5f, Patience = 2 }, [4, 3, 5, 5, 0], 3, 1 },
        { "the first epochs do not count", new() { Monitor = "loss", StartFromEpoch = 2 }, [0, 9, 5, 4, 6], 4, 3 },
        { "an accuracy is better when it is more", new() { Monitor = "accuracy" }, [0.1f, 0.2f, 0.2f], 2, 1 },
        { "the mode can be given", new() { Monitor = "loss", Mode = MonitorMode.Max }, [1, 2, 1], 2, 1 },
        { "the mode can be given against the metric", new() { Monitor = "accuracy", Mode = MonitorMode.Min }, [2, 1, 2], 2, 1 },
        { "more with MinDelta", new() { Monitor = "accuracy", MinDelta = 0.25f, Patience = 1 }, [0.25f, 0.5f, 0.75f], 1, 0 },
        { "NaN is no improvement", new() { Monitor = "loss", Patience = 2 }, [1, float.NaN, float.NaN, 0], 2, 0 },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_sequence_of_figures_ends_where_Keras_ends_it(string why, EarlyStopping callback, float[] figures, int? stopped, int best)
    {
        Run(callback, figures);
        callback.StoppedEpoch.Should().Be(stopped, why);
        callback.BestEpoch.Should().Be(best, why);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_best_weights_are_put_back_stopped_or_not(bool stops)
    {
        var callback = new EarlyStopping { Monitor = "loss", RestoreBestWeights = true, Patience = stops ? 1 : 10 };
        // The fake run sets every weight to the number of its epoch.
        Sequential model = Run(callback, [3, 1, 2]);
        callback.StoppedEpoch.HasValue.Should().Be(stops);
        model.Parameters[0].Value.ToArray().Should().AllSatisfy(w => w.Should().Be(1f));
    }

    [Fact]
    public void Without_restoring_the_last_weights_stay()
        => Run(new EarlyStopping { Monitor = "loss" }, [3, 1, 2]).Parameters[0].Value.ToArray().Should().AllSatisfy(w => w.Should().Be(2f));

    [Fact]
    public void The_weights_before_the_epochs_that_count_are_not_kept()
        => Run(new EarlyStopping { Monitor = "loss", StartFromEpoch = 1, RestoreBestWeights = true, Patience = 9 }, [0, 3, 4])
            .Parameters[0].Value.ToArray().Should().AllSatisfy(w => w.Should().Be(1f));

    [Fact]
    public void A_second_run_begins_anew()
    {
        var callback = new EarlyStopping { Monitor = "loss", RestoreBestWeights = true };
        Run(callback, [0, 1]);
        Run(callback, [9, 8, 7]);
        (callback.StoppedEpoch, callback.BestEpoch).Should().Be(((int?)null, 2));
    }

    [Fact]
    public void In_Fit_it_ends_training_and_restores_what_was_best()
    {
        Dataset data = TrainingCases.Plane(64);
        Sequential model = TrainingCases.Line(learningRate: 0.9f);
        var stopping = new EarlyStopping { RestoreBestWeights = true };
        History history = model.Fit(data, new FitOptions { Epochs = 200, BatchSize = 4, ValidationSplit = 0.25, Callbacks = [stopping] });
        history.Epochs.Should().BeLessThan(200).And.Be(stopping.StoppedEpoch + 1);
        stopping.BestEpoch.Should().Be(stopping.StoppedEpoch - 1);
        model.Evaluate(data.Skip(48), batchSize: 4).Loss.Should().Be(history["val_loss"].Min());
    }

    [Fact]
    public void A_figure_that_the_run_lacks_throws_before_training()
    {
        Sequential model = TrainingCases.Line();
        int[] before = model.Bits();
        model.Invoking(m => m.Fit(TrainingCases.Plane(8), new FitOptions { Callbacks = [new EarlyStopping()] }))
            .Should().Throw<ArgumentException>().WithMessage("*val_loss*only loss*Validation*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Options_out_of_range_throw_with_their_names()
    {
        FluentActions.Invoking(() => new EarlyStopping { Patience = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Patience*-1*");
        FluentActions.Invoking(() => new EarlyStopping { MinDelta = float.NaN }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*MinDelta*NaN*");
        FluentActions.Invoking(() => new EarlyStopping { StartFromEpoch = -1 })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*StartFromEpoch*-1*");
    }

    [Theory]
    [InlineData("val_accuracy", true, "*No metric is called accuracy*new Accuracy()*", "ValidationSplit")]
    [InlineData("val_accuracy", false, "*No metric is called accuracy*FitOptions.Validation or ValidationSplit.", null)]
    [InlineData("val_loss", false, "*FitOptions.Validation or ValidationSplit.", "No metric")]
    [InlineData("accuracy", false, "*No metric is called accuracy*", "ValidationSplit")]
    public void Line10_a_figure_that_is_not_there_is_told_what_the_run_lacks(string monitor, bool validates, string message, string? without)
    {
        var options = new FitOptions { ValidationSplit = validates ? 0.5 : 0, Callbacks = [new EarlyStopping(monitor)] };
        string said = TrainingCases.Line().Invoking(m => m.Fit(TrainingCases.Plane(8), options))
            .Should().Throw<ArgumentException>().WithMessage(message).Which.Message;
        if (without is not null) said.Should().NotContain(without);
    }

    [Fact]
    public void Line10_where_every_figure_is_NaN_no_epoch_is_the_best()
    {
        var callback = new EarlyStopping("loss", patience: 5, restoreBestWeights: true);
        Sequential model = Run(callback, [float.NaN, float.NaN, float.NaN]);
        model.Parameters[0].Value.ToArray().Should().AllBeEquivalentTo(0f, "the weights of the first epoch are kept");
        callback.BestEpoch.Should().Be(-1);
    }

    private static Sequential Run(EarlyStopping callback, float[] figures)
    {
        Sequential model = Sequential.Input(2).Dense(3).Build();
        var logs = new Logs(["loss", "accuracy"]);
        var context = new TrainingContext(model, new Sgd(), figures.Length, logs.Names, name => name == "accuracy");
        callback.OnTrainBegin(context);
        for (int epoch = 0; epoch < figures.Length && !context.Stopping; epoch++)
        {
            context.Epoch = epoch;
            model.Parameters[0].Value.AsSpan().Fill(epoch);
            logs.Values.Fill(figures[epoch]);
            callback.OnEpochEnd(context, logs);
        }

        callback.OnTrainEnd(context, logs);
        return model;
    }
}
