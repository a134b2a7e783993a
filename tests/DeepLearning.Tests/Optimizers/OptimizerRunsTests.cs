using DeepLearning.Tests.Contracts;

namespace DeepLearning.Tests.Optimizers;

/// <summary>Parameters with options of their own under every optimizer.</summary>
public sealed class OptimizerRunsTests
{
    private static readonly float[] Start = [0.5f, -1f, 2f, 0.25f, -0.125f];

    public static TheoryData<int, string> Rows() => ContractRows.Of(OptimizerContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_parameter_moves_as_under_an_optimizer_of_its_own_with_its_options(int index, string name)
    {
        OptimizerRow row = OptimizerContract.Rows[index];
        ParameterOptions[] options = [new(), new() { RateScale = 2 }, new() { RateScale = 2 }, new() { RateScale = 0 }, new() { RateScale = 0.5 }];
        ParameterSet together = Set(options);
        Optimizer optimizer = row.Make(0.25f);
        (ParameterSet Set, Optimizer Optimizer)[] alone = [.. options.Select(o => (Set([new()]), row.Make((float)(0.25 * o.RateScale))))];
        for (int t = 1; t <= 5; t++)
        {
            Step(optimizer, together, p => Gradient(p, t));
            for (int i = 0; i < alone.Length; i++) Step(alone[i].Optimizer, alone[i].Set, _ => Gradient(i, t));
        }

        together.Select(p => p.Value.ToArray()).Should().BeEquivalentTo(alone.Select(a => a.Set[0].Value.ToArray()), o => o.WithStrictOrdering(), name);
        together[3].Value.ToArray().Should().Equal(Start, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_not_trainable_stays_with_its_state_whatever_momentum_decay_and_gradients_there_are(int index, string name)
    {
        Optimizer optimizer = OptimizerContract.Rows[index].Make(0.25f);
        ParameterSet set = Set([new(), new(), new()]);
        Step(optimizer, set, p => Gradient(p, 1));
        float[] weights = set[1].Value.ToArray(), state = StateOf(optimizer, set[1]);
        set[1].Trainable = false;
        for (int t = 2; t <= 4; t++) Step(optimizer, set, p => p == 1 ? [float.NaN, 1e38f, 1f, 1f, 1f] : Gradient(p, t));
        set[1].Value.ToArray().Should().Equal(weights, name);
        StateOf(optimizer, set[1]).Should().Equal(state, name);
        float[] other = set[2].Value.ToArray();
        other.Should().NotEqual(weights, name);
        set[1].Trainable = true;
        Step(optimizer, set, p => Gradient(p, 5));
        set[1].Value.ToArray().Should().NotEqual(weights, name);
        optimizer.Steps.Should().Be(5);
    }

    [Fact]
    public void A_rate_that_a_scale_makes_infinite_moves_nothing()
    {
        var parameters = new ParameterSet(("a", [2], null), ("b", [2], new ParameterOptions { RateScale = 1e38 }));
        var optimizer = new Sgd(1e3);
        var tape = new Tape();
        Gradients gradients = tape.Gradients(tape.Watch(parameters[0]).Sum() + tape.Watch(parameters[1]).Sum());
        optimizer.Invoking(o => o.Update(parameters, gradients)).Should().Throw<InvalidOperationException>().WithMessage("*1000*RateScale*1E+38*");
        parameters.SelectMany(p => p.Value.ToArray()).Should().OnlyContain(w => w == 0);
        optimizer.Steps.Should().Be(0);
    }

    [Fact]
    public void What_is_frozen_in_a_call_adds_nothing_to_what_accumulates()
    {
        var parameters = new ParameterSet(("a", [1]), ("b", [1]));
        var optimizer = new Sgd(1) { GradientAccumulationSteps = 4 };
        foreach (float slope in new[] { 1f, float.NaN, 100f, 3f })
        {
            parameters[1].Trainable = slope is 1f or 3f;
            var tape = new Tape();
            Tensor b = tape.Watch(parameters[1]);
            optimizer.Update(parameters, tape.Gradients((tape.Watch(parameters[0]) + b * slope).Sum()));
        }

        parameters.Select(p => (float)p.Value).Should().Equal(-1f, -(1f + 3f) / 4);
    }

    [Fact]
    public void The_rule_is_called_once_where_all_options_are_equal_and_once_a_run_elsewhere()
    {
        Lengths(new Counting(), [new(), new(), new()]).Should().Equal(48);
        Lengths(new Counting(), [new() { Decays = false }, new(), new()]).Should().Equal([48], "without decay the option means nothing");
        Lengths(new Counting { WeightDecay = 0.1 }, [new() { Decays = false }, new(), new()]).Should().Equal(16, 32);
        Lengths(new Counting { WeightDecay = 0.1, ExcludeFromWeightDecay = ["p0"] }, [new(), new() { Decays = false }, new()]).Should().Equal(32, 16);
        Lengths(new Counting(), [new() { RateScale = 2 }, new() { Trainable = false }, new() { RateScale = 2 }]).Should().Equal(16, 16);

        static IEnumerable<int> Lengths(Counting optimizer, ParameterOptions[] options)
        {
            Step(optimizer, Set(options), p => Gradient(p, 1));
            return optimizer.Lengths;
        }
    }

    [Fact]
    public void Decays_and_ExcludeFromWeightDecay_give_the_same_bits()
    {
        ParameterSet excluded = Set([new(), new(), new()]), spared = Set([new(), new() { Decays = false }, new()]);
        Optimizer byName = new AdamW(0.1, 0.5) { ExcludeFromWeightDecay = ["p1"] }, byOption = new AdamW(0.1, 0.5);
        for (int t = 1; t <= 3; t++)
        {
            Step(byName, excluded, p => Gradient(p, t));
            Step(byOption, spared, p => Gradient(p, t));
        }

        spared.SelectMany(p => p.Value.ToArray()).Should().Equal(excluded.SelectMany(p => p.Value.ToArray()));
        spared[1].Value.ToArray().Should().NotEqual(spared[0].Value.ToArray());
    }

    [Fact]
    public void The_scale_of_the_rate_counts_in_decay_too()
    {
        ParameterSet set = Set([new() { RateScale = 0.5 }, new()]);
        Step(new Sgd(0.5) { WeightDecay = 0.2 }, set, _ => new float[5]);
        set[0].Value.ToArray().Should().Equal(Start.Select(w => w * (1f - 0.25f * 0.2f)));
        set[1].Value.ToArray().Should().Equal(Start.Select(w => w * (1f - 0.5f * 0.2f)));
    }

    [Fact]
    public void What_is_not_trainable_counts_in_no_norm()
    {
        ParameterSet set = Set([new(), new() { Trainable = false }]), alone = Set([new()]);
        Optimizer both = new Sgd(1) { GlobalClipNorm = 0.5 }, one = new Sgd(1) { GlobalClipNorm = 0.5 };
        Step(both, set, p => p == 1 ? [100f, 100f, 100f, 100f, 100f] : Gradient(0, 1));
        Step(one, alone, _ => Gradient(0, 1));
        set[0].Value.ToArray().Should().Equal(alone[0].Value.ToArray()).And.NotEqual(Start);
        set[1].Value.ToArray().Should().Equal(Start);
    }

    [Fact]
    public void Where_nothing_is_trainable_a_step_says_so_each_time()
    {
        ParameterSet set = Set([new() { Trainable = false }]);
        var optimizer = new Adam();
        for (int call = 0; call < 2; call++)
            FluentActions.Invoking(() => Step(optimizer, set, p => Gradient(p, 1)))
                .Should().Throw<InvalidOperationException>().WithMessage("No parameter is trainable*");
        optimizer.Steps.Should().Be(0);
        set[0].Trainable = true;
        Step(optimizer, set, p => Gradient(p, 1));
        optimizer.Steps.Should().Be(1);
    }

    [Fact]
    public void An_average_leaves_what_is_not_trainable_as_it_is_whenever_it_was_frozen()
    {
        ParameterSet set = Set([new(), new(), new() { Trainable = false }]);
        var optimizer = new Sgd(1) { UseEma = true, EmaMomentum = 0.5 };
        for (int t = 1; t <= 3; t++) Step(optimizer, set, p => Gradient(p, t));
        set[0].Trainable = false;
        float[] frozen = set[0].Value.ToArray(), trained = set[1].Value.ToArray();
        optimizer.ApplyAverage();
        set[0].Value.ToArray().Should().Equal(frozen);
        set[1].Value.ToArray().Should().NotEqual(trained);
        set[2].Value.ToArray().Should().Equal(Start);
    }

    [Fact]
    public void A_constraint_holds_after_the_update_and_before_the_average_but_not_what_does_not_move()
    {
        ParameterOptions held = new() { Constraint = new NonNegative() };
        ParameterSet set = Set([held, held with { Trainable = false }, held with { RateScale = 0 }, new()]);
        var optimizer = new Sgd(1) { UseEma = true, EmaMomentum = 0.5 };
        Step(optimizer, set, _ => [1f, 1f, 1f, 1f, 1f]);
        float[] moved = [.. Start.Select(w => w - 1f)], positive = [.. moved.Select(w => Math.Max(w, 0f))];
        set.Select(p => p.Value.ToArray()).Should().BeEquivalentTo([positive, Start, Start, moved], o => o.WithStrictOrdering());
        optimizer.ApplyAverage();
        set[0].Value.ToArray().Should().Equal(positive, "the first average is of the weights that are held");
    }

    [Fact]
    public void Fault59_a_first_step_that_fails_in_a_later_run_leaves_the_weights()
    {
        ParameterSet set = Set([new(), new() { RateScale = 2 }]);
        var optimizer = new Counting { FailsAt = 2 };
        FluentActions.Invoking(() => Step(optimizer, set, p => Gradient(p, 1))).Should().Throw<InsufficientMemoryException>();
        set.Select(p => p.Value.ToArray()).Should().AllBeEquivalentTo(Start, o => o.WithStrictOrdering());
        Step(new Sgd(), set, p => Gradient(p, 1));
    }

    private static float[] Gradient(int parameter, int t) => [.. Enumerable.Range(0, 5).Select(i => MathF.Cos(parameter + 3 * t + i))];

    private static ParameterSet Set(ParameterOptions[] options)
    {
        var set = new ParameterSet([.. options.Select((o, i) => ($"p{i}", new Shape(5), (ParameterOptions?)o))]);
        foreach (Parameter parameter in set) parameter.Assign(Tensor.From(Start));
        return set;
    }

    private static void Step(Optimizer optimizer, ParameterSet set, Func<int, float[]> gradient)
    {
        var tape = new Tape();
        Tensor loss = Tensor.Zeros([]);
        for (int i = 0; i < set.Count; i++) loss += (tape.Watch(set[i]) * Tensor.From(gradient(i))).Sum();
        optimizer.Update(set, tape.Gradients(loss));
    }

    /// <summary>What the rule keeps for a parameter.</summary>
    private static float[] StateOf(Optimizer optimizer, Parameter parameter)
    {
        var state = new StateWriter();
        optimizer.SaveState(state);
        return [.. state.Arrays.Where(a => a.Name.StartsWith("buffer.", StringComparison.Ordinal))
            .SelectMany(a => a.Values.Slice(parameter.Offset, 5).ToArray())];
    }

    private sealed class Counting() : Optimizer(1)
    {
        public List<int> Lengths { get; } = [];

        public int FailsAt { get; init; }

        protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        {
            Lengths.Add(w.Length);
            State(0).Length.Should().Be(w.Length);
            w.Fill(7f);
            if (Lengths.Count == FailsAt) throw new InsufficientMemoryException();
        }
    }
}
