using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Optimizers;

public sealed class OptimizerRateTests
{
    private static readonly ResumeCase Scheduled = new()
    {
        Optimizer = () => new AdamW(new CosineDecay(0, 60, warmupTarget: 0.02, warmupSteps: 10)) { GradientAccumulationSteps = 3, UseEma = true },
        Callbacks = () => [new Plateau()],
        Options = ResumeEverywhere.Options(60),
    };

    [Fact]
    public void RateFactor_multiplies_a_number_or_a_schedule()
    {
        var number = new Sgd(0.5) { RateFactor = 0.5 };
        var scheduled = new Sgd(Schedule.Of("half", t => 0.5)) { RateFactor = 0.5 };
        foreach (Optimizer optimizer in (Optimizer[])[number, scheduled])
        {
            optimizer.LearningRate.Should().Be(0.25);
            var run = new OptimizerRun(optimizer, [1f, 1f, 1f, 1f]);
            run.Step([1f, 1f, 1f, 1f]);
            run.Weights.Should().Equal(0.75f, 0.75f, 0.75f, 0.75f);
            optimizer.Invoking(o => o.RateFactor = -1).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("RateFactor");
        }
    }

    [Fact]
    public void Setting_the_rate_replaces_a_number_and_its_factor_but_no_schedule()
    {
        var number = new Sgd(0.5) { RateFactor = 0.5 };
        number.LearningRate *= 0.5;
        (number.LearningRate, number.RateFactor).Should().Be((0.125, 1));
        var scheduled = new Sgd(new CosineDecay(0.5, 10));
        scheduled.Invoking(o => o.LearningRate = 0.1).Should().Throw<InvalidOperationException>().WithMessage("*Sgd follows CosineDecay(0.5, 10)*RateFactor*");
        scheduled.LearningRate.Should().Be(0.5);
    }

    [Fact]
    public void The_rule_and_decay_use_one_rate_that_is_read_once_a_step()
    {
        var asked = new List<long>();
        var run = new OptimizerRun(
            new Sgd(Schedule.Of("asked", t =>
            {
                asked.Add(t);
                return 0.5 / asked.Count;
            }))
            { WeightDecay = 0.5 }, [1f, 1f, 1f, 1f]);
        run.Step([1f, 1f, 1f, 1f]);
        run.Weights.Should().Equal(0.25f, 0.25f, 0.25f, 0.25f);
        run.Step([1f, 1f, 1f, 1f]);
        asked.Should().Equal(0, 1);
    }

    [Fact]
    public void From_every_step_a_run_with_a_schedule_a_factor_and_freezing_goes_on_with_the_same_bits()
        => ResumeEverywhere.RequireSteps(Scheduled, "schedule, factor, frozen parameters", every: 1);

    [Fact]
    public void A_run_does_not_go_on_under_another_schedule_but_under_another_number_with_a_warning()
    {
        Refused(new Adam(new CosineDecay(0.01, 20)), new Adam(new CosineDecay(0.01, 21)), "DecaySteps: 20 in the checkpoint, 21 in this run");
        Refused(
            new Adam(new CosineDecay(0.01, 20)), new Adam(new ExponentialDecay(0.01, 20, 0.9)), "Schedule: CosineDecay in the checkpoint, ExponentialDecay");
        Refused(new Adam(0.01), new Adam(new CosineDecay(0.01, 20)), "Schedule");
        Refused(new Adam(new CosineDecay(0.01, 20)), new Adam(0.01), "Schedule");
        Refused(new Adam(Schedule.Of("a", t => 0.01)), new Adam(Schedule.Of("b", t => 0.01)), "Name: a in the checkpoint, b in this run");
        GoesOn(new Adam(0.01), new Adam(0.02)).Should().ContainSingle().Which.Should().Contain("began with a learning rate of 0.01; from here on it is 0.02");
        GoesOn(new Adam(new CosineDecay(0.01, 20)), new Adam(new CosineDecay(0.01, 20)) { RateFactor = 0.5 })
            .Should().ContainSingle().Which.Should().Contain("began with a rate factor of 1; from here on it is 0.5");
        GoesOn(new Adam(new CosineDecay(0.01, 20)), new Adam(new CosineDecay(0.01, 20))).Should().BeEmpty();
    }

    private static void Refused(Optimizer before, Optimizer after, string difference)
        => FluentActions.Invoking(() => GoesOn(before, after)).Should().Throw<CheckpointMismatchException>().WithMessage($"*{difference}*");

    private static IReadOnlyList<string> GoesOn(Optimizer before, Optimizer after)
    {
        using var folder = new ScratchFolder();
        var run = new ResumeCase { Optimizer = () => before };
        run.Run(new CheckpointOptions(folder.Path));
        ResumeCase again = run with { Optimizer = () => after, Options = run.Options with { Epochs = 5 } };
        return again.Run(new CheckpointOptions(folder.Path)).History.Warnings;
    }

    /// <summary>Lowers the factor and freezes by turns, by what it has counted.</summary>
    private sealed class Plateau : Callback
    {
        private long steps;

        public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
        {
            if (++steps % 7 == 0) context.Optimizer.RateFactor *= 0.9;
            context.Model.Parameters[0].Trainable = steps / 9 % 2 == 0;
        }

        public override void SaveState(StateWriter state) => state.Write("steps", steps);

        public override void LoadState(StateReader state) => steps = state.ReadInt64("steps");
    }
}
