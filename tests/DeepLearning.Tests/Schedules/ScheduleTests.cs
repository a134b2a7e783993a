using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void A_rate_is_a_number_or_a_schedule_under_one_name()
    {
        Optimizer[] all =
        [
            new Adam(1e-3), new Adam(learningRate: 1e-3), new Adam(1), new Adam(0.5f), new Adam(), new Adam(new CosineDecay(1e-3, 10)),
            new Adam(learningRate: new CosineDecay(1e-3, 10)),
            new AdamW(new CosineDecay(1e-3, 10), weightDecay: 0.1), new Sgd(new CosineDecay(1e-3, 10), 0.9, nesterov: true),
            new Nadam(new CosineDecay(1e-3, 10)),
            new RmsProp(new CosineDecay(1e-3, 10)),
            new Adagrad(new CosineDecay(1e-3, 10)), new Adadelta(new CosineDecay(1e-3, 10)), new Lion(new CosineDecay(1e-3, 10)),
            new Adamax(new CosineDecay(1e-3, 10)), new RAdam(new CosineDecay(1e-3, 10)), new AdaBelief(new CosineDecay(1e-3, 10)),
            new Yogi(new CosineDecay(1e-3, 10)), new Rprop(new CosineDecay(1e-3, 10)), new Lars(new CosineDecay(1e-3, 10)),
            new Lamb(new CosineDecay(1e-3, 10)), new Adafactor(new CosineDecay(1e-3, 10)), new Muon(new CosineDecay(1e-3, 10)),
        ];
        all.Select(o => o.LearningRate).Should().Equal([1e-3, 1e-3, 1, 0.5, .. Enumerable.Repeat(1e-3, all.Length - 4)]);
        all.Select(o => o.Schedule is null).Should().Equal([.. Enumerable.Range(0, all.Length).Select(i => i < 5)]);
        all[5].ToString().Should().Be("Adam(CosineDecay(0.001, 10))");
        (all[7].WeightDecay, ((Sgd)all[8]).Momentum, ((Sgd)all[8]).Nesterov).Should().Be((0.1, 0.9, true));
        FluentActions.Invoking(() => new Adam(null!)).Should().Throw<ArgumentNullException>().WithParameterName("learningRate");
    }

    [Theory]
    [InlineData(-1e-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void A_rate_that_is_negative_or_not_finite_is_refused_with_schedule_step_and_value_before_anything_changes(double wrong)
    {
        var run = new OptimizerRun(
            new Adam(Schedule.Of("broken", t => t < 2 ? 0.1 : wrong)) { GradientAccumulationSteps = 2, UseEma = true, WeightDecay = 0.1 }, [1f, 2f, 3f, 4f]);
        for (int call = 0; call < 4; call++) run.Step([1f, 1f, 1f, 1f]);
        string before = Training.StateBits.Of(run.Optimizer.SaveState);
        float[] weights = run.Weights;
        string value = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wrong}");
        run.Invoking(r => r.Step([1f, 1f, 1f, 1f]))
            .Should().Throw<InvalidOperationException>().WithMessage($"broken gives a learning rate of {value} at step 2: *");
        run.Optimizer.Invoking(o => o.LearningRate).Should().Throw<InvalidOperationException>();
        run.Weights.Should().Equal(weights);
        Training.StateBits.Of(run.Optimizer.SaveState).Should().Be(before);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Refused(() => new CosineDecay(-1, 10), "initialLearningRate");
        Refused(() => new CosineDecay(1, 0), "decaySteps");
        Refused(() => new CosineDecay(1, 10, alpha: 1.5), "alpha");
        Refused(() => new CosineDecay(1, 10, warmupTarget: double.NaN, warmupSteps: 1), "warmupTarget");
        Refused(() => new CosineDecay(1, 10, warmupTarget: 1, warmupSteps: -1), "warmupSteps");
        Refused(() => new CosineDecay(1, 10, warmupTarget: 1, warmupSteps: long.MaxValue), "warmupSteps");
        Refused(() => new ExponentialDecay(double.NaN, 10, 0.9), "initialLearningRate");
        Refused(() => new ExponentialDecay(1, 0, 0.9), "decaySteps");
        Refused(() => new ExponentialDecay(1, 10, 0), "decayRate");
        Refused(() => new PolynomialDecay(-1, 10), "initialLearningRate");
        Refused(() => new PolynomialDecay(1, 0), "decaySteps");
        Refused(() => new PolynomialDecay(1, 10, endLearningRate: -1), "endLearningRate");
        Refused(() => new PolynomialDecay(1, 10, power: 0), "power");
        Refused(() => new InverseTimeDecay(double.NaN, 10, 1), "initialLearningRate");
        Refused(() => new InverseTimeDecay(1, 0, 1), "decaySteps");
        Refused(() => new InverseTimeDecay(1, 10, -1), "decayRate");
        Refused(() => new CosineDecayRestarts(-1, 10), "initialLearningRate");
        Refused(() => new CosineDecayRestarts(1, 0), "firstDecaySteps");
        Refused(() => new CosineDecayRestarts(1, 10, tMul: 0.5), "tMul");
        Refused(() => new CosineDecayRestarts(1, 10, tMul: double.PositiveInfinity), "tMul");
        Refused(() => new CosineDecayRestarts(1, 10, mMul: 1.5), "mMul");
        Refused(() => new CosineDecayRestarts(1, 10, alpha: -1), "alpha");
        Refused(() => new CyclicLearningRate(-1, 1), "baseLearningRate");
        Refused(() => new CyclicLearningRate(0.1, double.NaN), "maxLearningRate");
        Refused(() => new CyclicLearningRate(0.1, 0.01), "maxLearningRate");
        Refused(() => new CyclicLearningRate(0, 1, stepSizeUp: 0), "stepSizeUp");
        Refused(() => new CyclicLearningRate(0, 1, stepSizeDown: 0), "stepSizeDown");
        Refused(() => new CyclicLearningRate(0, 1, mode: (CyclicMode)7), "mode");
        Refused(() => new CyclicLearningRate(0, 1, gamma: 2), "gamma");
        Refused(() => new OneCycle(-1, 10), "maxLearningRate");
        Refused(() => new OneCycle(1, 1), "totalSteps");
        Refused(() => new OneCycle(1, 10, percentStart: 1), "percentStart");
        Refused(() => new OneCycle(1, 10, divFactor: 0), "divFactor");
        Refused(() => new OneCycle(1, 10, finalDivFactor: -1), "finalDivFactor");
        Refused(() => new LinearWarmup(Schedule.Constant(1), 0), "warmupSteps");
        Refused(() => new LinearWarmup(Schedule.Constant(1), 1, -1), "initialLearningRate");
        Refused(() => Schedule.Constant(-1), "learningRate");
        Refused(() => Schedule.Constant(1).Then(0, Schedule.Constant(1)), "steps");
        Refused(() => new PiecewiseConstantDecay([-1], [1, 2]), "boundaries");
        Refused(() => new PiecewiseConstantDecay([1], [1, -2]), "values");
        Refused(() => PiecewiseConstantDecay.AtMilestones(-1, [1]), "initialLearningRate");
        Refused(() => PiecewiseConstantDecay.AtMilestones(1, [0]), "milestones");
        Refused(() => PiecewiseConstantDecay.AtMilestones(1, [1], gamma: 0), "gamma");
        FluentActions.Invoking(() => Schedule.Of(" ", t => 1)).Should().Throw<ArgumentException>().WithParameterName("name");
        FluentActions.Invoking(() => Schedule.Of("none", null!)).Should().Throw<ArgumentNullException>().WithParameterName("rate");

        static void Refused(Func<Schedule> make, string name) => make.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
    }

    [Fact]
    public void Half_a_warm_up_is_refused_with_what_is_missing()
    {
        FluentActions.Invoking(() => new CosineDecay(0, 10, warmupSteps: 5)).Should().Throw<ArgumentException>().WithMessage("*5 steps*warmupTarget*");
        FluentActions.Invoking(() => new CosineDecay(0, 10, warmupTarget: 0.1)).Should().Throw<ArgumentException>().WithMessage("*0.1*warmupSteps*");
    }

    [Fact]
    public void Pieces_that_do_not_fit_are_refused_with_their_numbers()
    {
        FluentActions.Invoking(() => new PiecewiseConstantDecay([5, 5], [1, 2, 3])).Should().Throw<ArgumentException>().WithMessage("*boundaries*5 after 5*");
        FluentActions.Invoking(() => new PiecewiseConstantDecay([5], [1])).Should().Throw<ArgumentException>().WithMessage("1 boundaries*2 values, got 1*");
        FluentActions.Invoking(() => PiecewiseConstantDecay.AtMilestones(1, [9, 3])).Should().Throw<ArgumentException>().WithMessage("*milestones*3 after 9*");
        FluentActions.Invoking(() => new LinearWarmup(null!, 1)).Should().Throw<ArgumentNullException>().WithParameterName("schedule");
        FluentActions.Invoking(() => Schedule.Constant(1).Then(1, null!)).Should().Throw<ArgumentNullException>().WithParameterName("next");
    }

    [Fact]
    public void Keras_s_boundaries_are_the_last_steps_of_a_rate_and_PyTorch_s_milestones_the_first()
    {
        // The example of Keras's page: 1.0 for the first 100,001 steps, 0.5 for the next 10,000, then 0.1.
        var keras = new PiecewiseConstantDecay([100_000, 110_000], [1.0, 0.5, 0.1]);
        new long[] { 100_000, 100_001, 110_000, 110_001 }.Select(keras.At).Should().Equal(1, 0.5, 0.5, 0.1);
        PiecewiseConstantDecay.AtMilestones(1, [10], gamma: 0.5).At(10).Should().Be(0.5);
    }

    [Fact]
    public void A_polynomial_s_cycles_are_as_long_as_the_steps_that_they_reach()
    {
        var cycle = new PolynomialDecay(1, 10, endLearningRate: 0, cycle: true);
        // At 10 the first cycle ends; from 11 on a cycle of 20 steps has gone 11 of them, from 21 on one of 30.
        new long[] { 0, 5, 10, 11, 20, 21 }.Select(cycle.At).Should().Equal(1, 0.5, 0, 1 - 11 / 20.0, 0, 1 - 21 / 30.0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.1)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_restart_begins_at_the_peak(double tMul)
    {
        var restarts = new CosineDecayRestarts(1, 100, tMul, mMul: 0.5);
        double beginning = 0;
        for (int period = 0; period < 8; period++)
        {
            // The first whole step of the period: less than one step after its peak.
            long step = (long)Math.Ceiling(beginning - 1e-9);
            restarts.At(step).Should().BeApproximately(Math.Pow(0.5, period), 3e-4 * Math.Pow(0.5, period), "period {0}", period);
            if (period > 0) restarts.At(step - 1).Should().BeLessThan(3e-4 * Math.Pow(0.5, period - 1));
            beginning += 100 * Math.Pow(tMul, period);
        }
    }

    [Fact]
    public void A_cycle_without_a_rise_begins_at_its_peak()
    {
        var falling = new OneCycle(1, 11, percentStart: 0, finalDivFactor: 4e8, linear: true);
        falling.At(0).Should().Be(1);
        falling.At(5).Should().BeApproximately(0.5, 1e-9);
        falling.At(10).Should().Be(falling.At(1_000)).And.BeApproximately(1e-10, 1e-16);
    }

    [Fact]
    public void Parts_of_a_schedule_say_what_they_are()
    {
        new LinearWarmup(new CosineDecay(0.1, 50), 10).ToString().Should().Be("LinearWarmup(CosineDecay(0.1, 50), 10)");
        Schedule.Constant(0.1).Then(10, new InverseTimeDecay(0.1, 5, 2)).ToString().Should().Be("Schedule.Constant(0.1).Then(10, InverseTimeDecay(0.1, 5, 2))");
    }
}
