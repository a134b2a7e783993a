using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class LearningRateSchedulerTests
{
    [Fact]
    public void Each_epoch_trains_with_its_rate()
        => RatesOf(new LearningRateScheduler(epoch => 0.1 / (1 + epoch))).Should().Equal(0.1, 0.1 / 2, 0.1 / 3);

    [Fact]
    public void The_function_may_change_the_rate_so_far()
        => RatesOf(new LearningRateScheduler((epoch, rate) => epoch == 0 ? rate : rate * 0.5)).Should().Equal(0.2, 0.1, 0.05);

    [Fact]
    public void A_run_goes_on_from_each_of_its_steps()
        => ResumeEverywhere.RequireSteps(
            new ResumeCase { Callbacks = () => [new LearningRateScheduler((_, rate) => rate * 0.8)], Options = ResumeEverywhere.Options(20) },
            "rates by epoch", every: 3);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void A_rate_that_is_negative_or_not_finite_ends_the_run_with_epoch_and_value(double wrong)
    {
        Sequential model = TrainingCases.Line();
        int[]? before = null;
        model.Invoking(m => m.Fit(TrainingCases.Plane(8), new FitOptions
        {
            Epochs = 3,
            Callbacks = [new Recorder(epoch: c => before = c.Model.Bits()), new LearningRateScheduler(epoch => epoch < 1 ? 0.1 : wrong)],
        })).Should().Throw<InvalidOperationException>()
            .WithMessage(FormattableString.Invariant($"LearningRateScheduler gives a learning rate of {wrong} in epoch 1*"));
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void A_rate_that_follows_a_schedule_is_refused_before_training()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 3).Compile(new Sgd(new CosineDecay(0.1, 10)), new MeanSquaredError());
        int[] before = model.Bits();
        model.Invoking(m => m.Fit(TrainingCases.Plane(8), new FitOptions { Callbacks = [new LearningRateScheduler(_ => 0.1)] }))
            .Should().Throw<InvalidOperationException>().WithMessage("*Sgd follows CosineDecay(0.1, 10)*");
        model.Bits().Should().Equal(before);
        FluentActions.Invoking(() => new LearningRateScheduler((Func<int, double>)null!)).Should().Throw<ArgumentNullException>().WithParameterName("schedule");
    }

    private static List<double> RatesOf(LearningRateScheduler callback)
    {
        var rates = new List<double>();
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 3).Compile(new Sgd(0.2), new MeanSquaredError());
        var recorder = new Recorder(batch: (c, _) => rates.Add(c.Optimizer.LearningRate));
        model.Fit(TrainingCases.Plane(8), new FitOptions { Epochs = 3, Callbacks = [callback, recorder] });
        return rates;
    }
}
