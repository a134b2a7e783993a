namespace DeepLearning.Tests.Optimizers;

/// <summary>Rules that need whole parameters.</summary>
public sealed class ByParameterTests
{
    [Fact]
    public void Such_a_rule_is_given_one_parameter_at_a_time_with_its_shape_rate_and_state()
    {
        ParameterOptions half = new() { RateScale = 0.5 }, frozen = new() { Trainable = false };
        var parameters = new ParameterSet(("kernel", [4, 5], null), ("bias", [5], half), ("frozen", [2], frozen));
        var optimizer = new Listening(0.25);
        for (int t = 1; t <= 2; t++) Step(optimizer, parameters);
        optimizer.Seen.Should().Equal("kernel [4, 5] 32 0.25", "bias [5] 16 0.125", "kernel [4, 5] 32 0.25", "bias [5] 16 0.125");
    }

    [Fact]
    public void Any_other_rule_has_no_parameter_and_neither_has_any_between_steps()
    {
        var parameters = new ParameterSet(("kernel", [4, 5]));
        FluentActions.Invoking(() => Step(new Listening(0.25) { Alone = false }, parameters))
            .Should().Throw<InvalidOperationException>().WithMessage("*ByParameter*");
        new Listening(0.25).Invoking(o => o.Ask()).Should().Throw<InvalidOperationException>().WithMessage("Parameter belongs in Update*");
    }

    [Fact]
    public void Weights_that_are_all_0_move_under_Lars_and_Lamb()
    {
        foreach (Optimizer optimizer in new Optimizer[] { new Lars(0.5, momentum: 0), new Lamb(0.5) })
        {
            var parameters = new ParameterSet(("bias", [3]));
            Step(optimizer, parameters);
            parameters[0].Value.ToArray().Should().OnlyContain(w => Math.Abs(w + 0.5f) < 1e-5f, "the ratio is 1");
        }
    }

    [Fact]
    public void Lamb_spares_what_does_not_decay_in_its_ratio_too()
    {
        var parameters = new ParameterSet(("kernel", [3]), ("bias", [3]));
        foreach (Parameter p in parameters) p.Assign(Tensor.From([1f, -2f, 3f]));
        Step(new Lamb(0.1) { WeightDecay = 0.5, DecayInRatio = true, ExcludeFromWeightDecay = ["bias"] }, parameters);
        var alone = new ParameterSet(("bias", [3]));
        alone[0].Assign(Tensor.From([1f, -2f, 3f]));
        Step(new Lamb(0.1), alone);
        parameters[1].Value.ToArray().Should().Equal(alone[0].Value.ToArray()).And.NotEqual(parameters[0].Value.ToArray());
    }

    [Fact]
    public void A_gradient_near_0_is_not_scaled_up_beyond_all_numbers()
    {
        var parameters = new ParameterSet(("kernel", [3]));
        parameters[0].Assign(Tensor.From([1f, 1f, 1f]));
        for (int step = 0; step < 3; step++) Step(new Lars(), parameters, 1e-44f);
        parameters[0].Value.ToArray().Should().OnlyContain(w => float.IsFinite(w));
    }

    private static void Step(Optimizer optimizer, ParameterSet parameters, float slope = 1)
    {
        var tape = new Tape();
        Tensor loss = Tensor.Zeros([]);
        foreach (Parameter p in parameters) loss += (tape.Watch(p) * slope).Sum();
        optimizer.Update(parameters, tape.Gradients(loss));
    }

    private sealed class Listening(double rate) : Optimizer(rate)
    {
        public bool Alone { get; init; } = true;

        public List<string> Seen { get; } = [];

        protected override bool ByParameter => Alone;

        public Parameter Ask() => Parameter;

        protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
            => Seen.Add(FormattableString.Invariant($"{Parameter} {Math.Min(w.Length, State(0).Length)} {Rate}"));
    }
}
