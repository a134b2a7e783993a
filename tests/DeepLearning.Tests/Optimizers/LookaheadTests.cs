using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Optimizers;

public sealed class LookaheadTests
{
    [Fact]
    public void Every_k_updates_the_slow_weights_go_a_share_of_the_way_and_the_weights_come_back_to_them()
    {
        var run = new OptimizerRun(new Sgd(1) { Lookahead = new Lookahead(syncPeriod: 2, slowStepSize: 0.25) }, [10f, 20f, 30f, 40f]);
        var weights = new List<float>();
        foreach (float slope in new[] { 1f, 3f, 2f, 2f, 5f })
        {
            run.Step([slope, slope, slope, slope]);
            weights.Add(run.Weights[0]);
        }

        // 9, 6 → 10 − ¼·4; 7, 5 … from 9: 7, 5 → 9 − ¼·4; 8 − 5.
        weights.Should().Equal(9, 9, 7, 8, 3);
        run.Weights.Should().Equal(3, 13, 23, 33);
    }

    [Fact]
    public void At_1_it_is_the_optimizer_alone_and_at_0_nothing_is_kept()
    {
        float[] start = [1, 2, 3, 4], g = [0.5f, -1, 2, 0.25f];
        OptimizerRun alone = new(new Adam(0.1), start), whole = new(new Adam(0.1) { Lookahead = new Lookahead(3, 1) }, start);
        var none = new OptimizerRun(new Adam(0.1) { Lookahead = new Lookahead(3, 0) }, start);
        for (int t = 1; t <= 6; t++)
        {
            alone.Step(g);
            whole.Step(g);
            none.Step(g);
        }

        whole.Weights.Should().Equal(alone.Weights);
        none.Weights.ShouldBeCloseTo([.. start.Select(w => (double)w)], 1e-6);
    }

    [Fact]
    public void What_is_frozen_stays_and_steps_of_rate_0_move_nothing()
    {
        var parameters = new ParameterSet(("a", [1]), ("b", [1]));
        var optimizer = new Sgd(1, momentum: 0.5) { Lookahead = new Lookahead(2) };
        parameters[1].Trainable = false;
        Step();
        parameters[1].Trainable = true;
        optimizer.LearningRate = 0;
        Step();
        parameters.Select(p => (float)p.Value).Should().Equal(-1, 0);
        optimizer.LearningRate = 1;
        Step();
        Step();
        // a: v is −1, −0.5, −1.25, −1.625, so the way is −3.875, of which half is kept; b: 0, −1 at step 3, v −1.5.
        parameters.Select(p => (float)p.Value).Should().Equal(-3.875f / 2, (-1f - 1.5f) / 2);

        void Step()
        {
            var tape = new Tape();
            optimizer.Update(parameters, tape.Gradients((tape.Watch(parameters[0]) + tape.Watch(parameters[1])).Sum()));
        }
    }

    [Fact]
    public void A_run_goes_on_from_each_of_its_steps()
        => ResumeEverywhere.RequireSteps(
            new ResumeCase { Optimizer = () => new Adam(0.01) { Lookahead = new Lookahead(4), UseEma = true }, Options = ResumeEverywhere.Options(30) },
            "slow weights", every: 3);

    [Fact]
    public void Another_setting_is_another_run_and_a_state_without_it_is_refused()
    {
        using var folder = new ScratchFolder();
        var checkpoint = new CheckpointOptions(folder.Path);
        ResumeCase of(Lookahead? setting) => new() { Optimizer = () => new Adam(0.01) { Lookahead = setting }, Options = ResumeEverywhere.Options(10) };
        of(new Lookahead(4)).Run(checkpoint);
        foreach (Lookahead? other in new[] { null, new Lookahead(5), new Lookahead(4, 0.6) })
            of(other).Invoking(r => r.Run(checkpoint)).Should().Throw<CheckpointMismatchException>().WithMessage("*Lookahead*");
        var state = new StateWriter();
        var run = new OptimizerRun(new Sgd { Lookahead = new Lookahead() }, [1f, 2f, 3f, 4f]);
        run.Step([1f, 1f, 1f, 1f]);
        run.Optimizer.SaveState(state);
        var parameters = new ParameterSet(("first", [3]), ("second", [1]));
        new Sgd().Invoking(o => o.PrepareState(parameters, state.Read())).Should().Throw<ModelFormatException>().WithMessage("*lookahead*");
        var (plain, without) = (new OptimizerRun(new Sgd(), [1f, 2f, 3f, 4f]), new StateWriter());
        plain.Step([1f, 1f, 1f, 1f]);
        plain.Optimizer.SaveState(without);
        new Sgd { Lookahead = new Lookahead() }.Invoking(o => o.PrepareState(parameters, without.Read()))
            .Should().Throw<ModelFormatException>().WithMessage("*lookahead*");
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        FluentActions.Invoking(() => new Lookahead(0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("syncPeriod");
        FluentActions.Invoking(() => new Lookahead(slowStepSize: 1.5)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("slowStepSize");
    }
}
