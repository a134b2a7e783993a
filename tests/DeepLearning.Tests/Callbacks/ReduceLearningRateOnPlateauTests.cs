using System.Text.Json;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class ReduceLearningRateOnPlateauTests
{
    /// <summary>Figures by epoch, and how often the rate has been lowered after each.</summary>
    public static TheoryData<string, ReduceLearningRateOnPlateau, float[], int[]> Sequences => new()
    {
        { "patience 2 is two epochs", new("loss", patience: 2), [3, 2, 2, 2, 2, 2], [0, 0, 0, 1, 1, 2] },
        { "patience 0 is one epoch", new("loss", patience: 0), [3, 3, 3, 2, 2], [0, 1, 2, 2, 3] },
        { "patience 1 is one epoch too", new("loss", patience: 1), [3, 3, 3, 2, 2], [0, 1, 2, 2, 3] },
        { "an improvement begins the waiting anew", new("loss", patience: 2), [3, 3, 2, 2, 1, 1, 1], [0, 0, 0, 0, 0, 0, 1] },
        { "an improvement is more than MinDelta", new("loss", patience: 2), [1, 0.99995f, 0.9999f, 0.9f], [0, 0, 1, 1] },
        { "small steps add up against the best", new("loss", patience: 2) { MinDelta = 0.5 }, [3, 2.75f, 2.25f, 2.25f, 2.25f], [0, 0, 0, 0, 1] },
        { "cooldown 1 counts as 0 does", new("loss", patience: 2) { Cooldown = 1 }, [1, 1, 1, 1, 1], [0, 0, 1, 1, 2] },
        { "cooldown 3 rests for two epochs", new("loss", patience: 2) { Cooldown = 3 }, [1, 1, 1, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 2] },
        { "an improvement counts while it cools", new("loss", patience: 1) { Cooldown = 3 }, [2, 2, 1, 1, 1, 1], [0, 1, 1, 1, 2, 2] },
        { "an accuracy is better when it is more", new("accuracy", patience: 1), [0.1f, 0.2f, 0.2f], [0, 0, 1] },
        { "the mode can be given", new("loss", patience: 1) { Mode = MonitorMode.Max }, [1, 2, 1], [0, 0, 1] },
        { "NaN is no improvement", new("loss", patience: 2), [1, float.NaN, float.NaN], [0, 0, 1] },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_sequence_of_figures_lowers_the_rate_where_Keras_lowers_it(string why, ReduceLearningRateOnPlateau callback, float[] figures, int[] lowered)
        => Rates(callback, new Sgd(1), figures).Should().Equal([.. lowered.Select(n => Math.Pow(0.1, n))], (a, b) => Math.Abs(a - b) < 1e-15, why);

    [SkippableFact]
    public void The_rates_are_those_of_PyTorch_with_its_patience_and_cooldown_one_more()
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        string file = Path.Combine(data ?? ".", "..", "golden", "golden.json");
        Skip.If(data is null || !File.Exists(file), "DEEPLEARNING_DATA names no folder beside which golden/golden.json lies.");
        JsonElement row = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("schedules")
            .GetProperty("torch ReduceLROnPlateau factor .5 patience 2 threshold 1e-4 abs cooldown 1 min .02");
        float[] figures = [.. row.GetProperty("monitor").EnumerateArray().Select(v => v.GetSingle())];
        double[] rates = [.. row.GetProperty("lr after").EnumerateArray().Select(v => v.GetDouble())];
        // PyTorch acts when the epochs without an improvement exceed its patience, and rests for its whole cooldown.
        var callback = new ReduceLearningRateOnPlateau("loss", factor: 0.5, patience: 3) { Cooldown = 2, MinLearningRate = 0.02 };
        Rates(callback, new Sgd(0.1), figures).Should().Equal(rates).And.HaveCount(18);
    }

    [Fact]
    public void Under_a_schedule_the_factor_of_the_rate_is_lowered_to_the_least_rate_and_no_further()
    {
        var optimizer = new Sgd(new ExponentialDecay(1, 10, 0.5));
        var callback = new ReduceLearningRateOnPlateau("loss", factor: 0.5, patience: 1) { MinLearningRate = 0.2 };
        Rates(callback, optimizer, [1, 1, 1, 1, 1]).Should().Equal([1, 0.5, 0.25, 0.2, 0.2], (a, b) => Math.Abs(a - b) < 1e-15);
        optimizer.RateFactor.Should().BeApproximately(0.2, 1e-15);
    }

    [Fact]
    public void In_Fit_it_lowers_the_rate_and_a_second_run_begins_anew()
    {
        // No loss gets better by 100.
        var callback = new ReduceLearningRateOnPlateau("loss", patience: 2) { MinDelta = 100 };
        var optimizer = new Sgd(1e-3);
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 3).Compile(optimizer, new MeanSquaredError());
        model.Fit(TrainingCases.Plane(16), new FitOptions { Epochs = 3, Callbacks = [callback] });
        optimizer.LearningRate.Should().BeApproximately(1e-4, 1e-18);
        model.Fit(TrainingCases.Plane(16), new FitOptions { Epochs = 2, Callbacks = [callback] });
        optimizer.LearningRate.Should().BeApproximately(1e-4, 1e-18, "the first epoch of a run is its best");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_run_goes_on_from_each_of_its_steps(int cooldown)
        => ResumeEverywhere.RequireSteps(
            new ResumeCase
            {
                Optimizer = () => new Adam(0.01),
                Callbacks = () => [new ReduceLearningRateOnPlateau(factor: 0.5, patience: 2) { MinDelta = 0.05, Cooldown = cooldown }],
                Options = ResumeEverywhere.Options(60),
            },
            "plateaus", every: 4);

    [Fact]
    public void A_state_of_another_figure_or_that_no_run_can_have_is_refused()
    {
        var saved = new StateWriter();
        Begun(new ReduceLearningRateOnPlateau("loss")).SaveState(saved);
        Begun(new ReduceLearningRateOnPlateau("accuracy")).Invoking(c => c.LoadState(saved.Read()))
            .Should().Throw<InvalidOperationException>().WithMessage("*accuracy*'loss'*");
        new ReduceLearningRateOnPlateau("loss").Invoking(c => c.LoadState(saved.Read()))
            .Should().Throw<InvalidOperationException>().WithMessage("*OnTrainBegin*");
        (string, string)[] impossible = [("best", "NaN"), ("best", "-Infinity"), ("waited", "-1"), ("waited", "1"), ("cooling", "-1"), ("monitor", "")];
        foreach ((string name, string value) in impossible)
        {
            var edited = new StateWriter();
            foreach ((string key, string text) in saved.Texts)
                if (key != name || value.Length > 0) edited.Write(key, key == name ? value : text);
            Begun(new ReduceLearningRateOnPlateau("loss")).Invoking(c => c.LoadState(edited.Read()))
                .Should().Throw<ModelFormatException>().WithMessage($"*{name}*");
        }
    }

    [Fact]
    public void Options_out_of_range_throw_with_their_names()
    {
        foreach (double factor in new[] { 0, 1, -0.5, double.NaN })
            Of(() => new ReduceLearningRateOnPlateau(factor: factor)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Factor*");
        Of(() => new ReduceLearningRateOnPlateau(patience: -1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Patience*-1*");
        Of(() => new ReduceLearningRateOnPlateau { Cooldown = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Cooldown*-1*");
        Of(() => new ReduceLearningRateOnPlateau { MinDelta = double.NaN }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*MinDelta*");
        Of(() => new ReduceLearningRateOnPlateau { MinLearningRate = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*MinLearningRate*");
        Of(() => new ReduceLearningRateOnPlateau("")).Should().Throw<ArgumentException>().WithParameterName("monitor");
        TrainingCases.Line().Invoking(m => m.Fit(TrainingCases.Plane(8), new FitOptions { Callbacks = [new ReduceLearningRateOnPlateau()] }))
            .Should().Throw<ArgumentException>().WithMessage("ReduceLearningRateOnPlateau monitors val_loss*");
    }

    private static Func<ReduceLearningRateOnPlateau> Of(Func<ReduceLearningRateOnPlateau> make) => make;

    private static ReduceLearningRateOnPlateau Begun(ReduceLearningRateOnPlateau callback)
    {
        callback.OnTrainBegin(Context(new Sgd(1)));
        return callback;
    }

    private static TrainingContext Context(Optimizer optimizer)
        => new(Sequential.Input(2).Dense(3).Build(), optimizer, 1, ["loss", "accuracy"], name => name == "accuracy");

    /// <summary>The rate after each epoch.</summary>
    private static List<double> Rates(ReduceLearningRateOnPlateau callback, Optimizer optimizer, float[] figures)
    {
        TrainingContext context = Context(optimizer);
        var logs = new Logs(context.Names);
        callback.OnTrainBegin(context);
        var rates = new List<double>();
        foreach (float figure in figures)
        {
            logs.Values.Fill(figure);
            callback.OnEpochEnd(context, logs);
            rates.Add(optimizer.LearningRate);
        }

        return rates;
    }
}
