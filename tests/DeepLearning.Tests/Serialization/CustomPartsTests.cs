using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Serialization;

/// <summary>Regularizers, constraints and initializers of a user's own, in files: with their kinds, and without.</summary>
public sealed class CustomPartsTests
{
    private static readonly Dataset Data = TrainingCases.Plane(24);

    private static readonly LayerKinds Own = LayerKinds.BuiltIn
        .WithRegularizer("Spread", (Spread r, Settings s) => s.Set("strength", r.Strength), s => new Spread(s.GetDouble("strength")))
        .WithRegularizer(
            "Sum", (Sum r, Settings s) => s.Set("first", r.First).Set("then", r.Then), s => new Sum(s.GetRegularizer("first")!, s.GetRegularizer("then")!))
        .WithConstraint("AtMost", (AtMost c, Settings s) => s.Set("limit", c.Limit), s => new AtMost(s.GetDouble("limit")));

    [Fact]
    public void They_come_back_where_Save_and_Load_have_their_kinds()
    {
        Sequential loaded = Load(Saved(Held(), Own), Own);
        Dense layer = (Dense)loaded.Layers[0];
        layer.KernelRegularizer.Should().BeOfType<Spread>().Which.Strength.Should().Be(0.1);
        layer.BiasConstraint.Should().BeOfType<AtMost>().Which.Limit.Should().Be(0.25);
        Sequential whole = Held();
        Train(whole);
        Train(loaded);
        loaded.Bits().Should().Equal(whole.Bits());
        ArchitectureOf(Saved(Held(), Own)).Should().Contain("""
            "kernel_regularizer":{"kind":"Spread","text":"Spread(0.1)","settings":{"strength":0.1}}
            """).And.Contain("""
            "bias_constraint":{"kind":"AtMost","text":"AtMost()","settings":{"limit":0.25}}
            """);
    }

    [Fact]
    public void One_may_have_others_as_deep_as_it_likes()
    {
        Regularizer deep = new Spread(0.1);
        for (int i = 0; i < 20; i++) deep = new Sum(new L1(i), deep);
        Sequential model = Sequential.Input(2).Add(new Dense(1) { KernelRegularizer = deep }).Build(seed: 1), loaded = Load(Saved(model, Own), Own);
        loaded.Parameters.Penalty()!.ToScalar().Should().Be(model.Parameters.Penalty()!.ToScalar());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_its_kind_a_model_predicts_and_what_needs_a_regularizer_says_what_is_missing(bool savedWithKind)
    {
        Sequential model = Sequential.Input(2).Add(new Dense(1) { KernelRegularizer = new Spread(0.1) }).Build(seed: 3);
        Sequential loaded = Load(Saved(model, savedWithKind ? Own : null), null).Compile(new Sgd(), new MeanSquaredError());
        loaded.Predict(Data.Inputs).ToArray().Should().Equal(model.Predict(Data.Inputs).ToArray());
        int[] before = loaded.Bits();
        string message = "The regularizer Spread(0.1) of dense.kernel was not loaded*"
            + (savedWithKind
                ? "Give Load LayerKinds.BuiltIn.WithRegularizer(\"Spread\", *"
                : "saved without its kind*Give Save and Load LayerKinds.BuiltIn.WithRegularizer(name, *")
            + "LoadWeights.";
        Action[] uses =
        [
            () => loaded.Fit(Data), () => loaded.TrainOnBatch(Data.Inputs, Data.Targets), () => loaded.Evaluate(Data), () => loaded.Parameters.Penalty(),
            () => loaded.Parameters.Penalty(new Tape()),
        ];
        foreach (Action use in uses) use.Should().Throw<InvalidOperationException>().WithMessage(message);
        FluentActions.Invoking(() => ((Dense)loaded.Layers[0]).KernelRegularizer!.Penalty(Tensor.Zeros([1]))).Should().Throw<InvalidOperationException>()
            .WithMessage("The regularizer Spread(0.1) was not loaded*");
        (loaded.StepsTrained, loaded.Bits()).Should().BeEquivalentTo((0UL, before));
        loaded.Parameters["dense.kernel"].Trainable = false;
        loaded.Fit(Data);
        loaded.Parameters["dense.bias"].Value.ToArray().Should().NotEqual(model.Parameters["dense.bias"].Value.ToArray(), "a frozen parameter has no penalty");
    }

    [Fact]
    public void Without_its_kind_a_constraint_stops_steps_before_they_change_anything_and_nothing_else()
    {
        Sequential model = Sequential.Input(2).Add(new Dense(1) { BiasConstraint = new AtMost(0.25) }).Build(seed: 3);
        Sequential loaded = Load(Saved(model, Own), null).Compile(new Sgd(), new MeanSquaredError());
        loaded.Evaluate(Data).Loss.Should().Be(model.Compile(new Sgd(), new MeanSquaredError()).Evaluate(Data).Loss);
        int[] before = loaded.Bits();
        var optimizer = new Adam();
        Action[] steps = [() => loaded.Fit(Data), () => loaded.TrainOnBatch(Data.Inputs, Data.Targets), () => Step(optimizer)];
        foreach (Action step in steps)
            step.Should().Throw<InvalidOperationException>()
                .WithMessage("The constraint AtMost() on dense.bias was not loaded*LayerKinds.BuiltIn.WithConstraint(\"AtMost\", *");
        FluentActions.Invoking(() => ((Dense)loaded.Layers[0]).BiasConstraint!.Apply(Tensor.Zeros([1]))).Should().Throw<InvalidOperationException>();
        (loaded.StepsTrained, optimizer.Steps, loaded.Bits()).Should().BeEquivalentTo((0UL, 0L, before));
        loaded.Parameters["dense.bias"].Trainable = false;
        Step(optimizer);
        optimizer.Steps.Should().Be(1);
        loaded.Bits().Should().NotEqual(before);

        void Step(Optimizer by)
        {
            var tape = new Tape();
            by.Update(loaded.Parameters, tape.Gradients(DeepLearning.Losses.MeanSquaredError(loaded.Forward(Data.Inputs, tape), Data.Targets)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_model_that_was_loaded_without_them_is_saved_again_with_the_same_bytes(bool savedWithKinds)
    {
        byte[] saved = Saved(Held(), savedWithKinds ? Own : null);
        Saved(Load(saved, null), null).Should().Equal(saved);
        Saved(Load(saved, null), Own).Should().Equal(saved);
        if (savedWithKinds) ((Dense)Load(Saved(Load(saved, null), null), Own).Layers[0]).KernelRegularizer.Should().BeOfType<Spread>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_initializer_is_missed_only_by_a_new_model_of_the_layer(bool savedWithKind)
    {
        LayerKinds kinds = LayerKinds.BuiltIn.WithInitializer("Halves", (Halves i, Settings s) => s.Set("sign", i.Sign), s => new Halves(s.GetInt32("sign")));
        Sequential model = Sequential.Input(2).Dense(1, new Halves(-1)).Build(seed: 3);
        byte[] saved = Saved(model, savedWithKind ? kinds : null);
        Sequential loaded = Load(saved, null);
        loaded.Bits().Should().Equal(model.Bits());
        loaded.Clone().Bits().Should().Equal(model.Bits());
        Train(loaded);
        Saved(Load(saved, null), null).Should().Equal(saved);
        FluentActions.Invoking(() => Sequential.Input(2).Add(loaded.Layers[0]).Build()).Should().Throw<InvalidOperationException>()
            .WithMessage("The initializer *Halves was not loaded*LayerKinds.BuiltIn.WithInitializer(*");
        if (savedWithKind) Sequential.Input(2).Add(Load(saved, kinds).Layers[0]).Build().Parameters[0].Value.ToArray().Should().Equal(-0.5f, -0.5f);
    }

    [Fact]
    public void A_checkpoint_is_of_the_same_run_whether_they_were_loaded_or_not()
    {
        IReadOnlyDictionary<string, string> run = RunDescription.Of(Held(), null, Own).Texts;
        RunDescription.Of(Load(Saved(Held(), Own), null), null, LayerKinds.BuiltIn).Texts.Should().Equal(run);
        run["dense.kernel"].Should().Be("[2, 1], Spread(0.1)");
    }

    [Fact]
    public void A_custom_layer_writes_and_reads_its_own()
    {
        LayerKinds kinds = Own.With("Scale", (Scale l, Settings s) => s.Set("gamma_regularizer", l.GammaRegularizer).Set("gamma_constraint", l.GammaConstraint), s
            => new Scale { GammaRegularizer = s.GetRegularizer("gamma_regularizer"), GammaConstraint = s.GetConstraint("gamma_constraint") });
        Sequential model = Sequential.Input(2).Add(new Scale { GammaRegularizer = new Spread(0.5), GammaConstraint = new MaxNorm(3) }).Add(new Scale()).Build();
        Sequential loaded = Load(Saved(model, kinds), kinds);
        loaded.Parameters.Select(p => $"{p.Options.Regularizer} {p.Options.Constraint}").Should().Equal("Spread(0.5) MaxNorm(3, axis: 0)", " ");
        kinds.Describe(model.Layers[0]).Should().Be("Scale", "a run's description has them with the parameter");
    }

    [Fact]
    public void A_name_and_a_class_have_one_kind()
    {
        Refused(() => Own.WithRegularizer("L2", (Sum _, Settings _) => { }, _ => null!), "*L2 is taken*");
        Refused(() => Own.WithConstraint("Spread", (MaxNorm _, Settings _) => { }, _ => null!), "*Spread is taken*");
        Refused(() => Own.WithRegularizer("Other", (Spread _, Settings _) => { }, _ => null!), "*Spread has the name Spread*");
        FluentActions.Invoking(() => Own.WithConstraint<AtMost>("", null!, null!)).Should().Throw<ArgumentException>().WithParameterName("name");
        FluentActions.Invoking(() => Own.WithConstraint<AtMost>("Other", null!, _ => null!)).Should().Throw<ArgumentNullException>().WithParameterName("write");
        FluentActions.Invoking(() => Own.WithRegularizer<Sum>("Other", (_, _) => { }, null!)).Should().Throw<ArgumentNullException>().WithParameterName("read");

        static void Refused(Func<LayerKinds> with, string message) => with.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void A_kind_that_fails_or_makes_nothing_is_named()
    {
        LayerKinds nothing = LayerKinds.BuiltIn.WithRegularizer("Spread", (Spread _, Settings _) => { }, _ => null!);
        LayerKinds more = LayerKinds.BuiltIn.WithRegularizer("Spread", (Spread _, Settings s) => s.Set("more", 1), _ => new Spread(1));
        LayerKinds failing = LayerKinds.BuiltIn.WithRegularizer<Spread>("Spread", (_, _) => { }, _ => throw new NotSupportedException("not today"));
        foreach ((LayerKinds kinds, string message) in (IEnumerable<(LayerKinds, string)>)
            [(nothing, "expected a kind of regularizer, got none"), (more, "the setting more is unknown"), (failing, "not today")])
        {
            FluentActions.Invoking(() => Load(Saved(Held(), kinds), kinds)).Should().Throw<ModelFormatException>()
                .WithMessage($"*layer 1 (Dense): kernel_regularizer (Spread): {message}*");
        }
    }

    private static Sequential Held()
        => Sequential.Input(2).Add(new Dense(1) { KernelRegularizer = new Spread(0.1), BiasConstraint = new AtMost(0.25) }).Build(seed: 3);

    private static void Train(Sequential model) => model.Compile(new Sgd(0.05), new MeanSquaredError()).Fit(Data, new FitOptions { Epochs = 2, BatchSize = 8 });

    private static byte[] Saved(Model model, LayerKinds? kinds)
    {
        using var stream = new MemoryStream();
        model.Save(stream, kinds);
        return stream.ToArray();
    }

    private static Sequential Load(byte[] file, LayerKinds? kinds) => Sequential.Load(new MemoryStream(file), kinds);

    private static string ArchitectureOf(byte[] file) => SafetensorsFile.Read(new MemoryStream(file)).Metadata["architecture"];

    private sealed class Spread(double strength) : Regularizer
    {
        public double Strength => strength;

        public override Tensor Penalty(Tensor parameter) => strength * (parameter - parameter.Mean()).Square().Sum();

        public override string ToString() => FormattableString.Invariant($"Spread({strength})");
    }

    private sealed class Sum(Regularizer first, Regularizer then) : Regularizer
    {
        public Regularizer First => first;

        public Regularizer Then => then;

        public override Tensor Penalty(Tensor parameter) => first.Penalty(parameter) + then.Penalty(parameter);
    }

    private sealed class AtMost(double limit) : Constraint
    {
        public double Limit => limit;

        public override void Apply(Tensor parameter)
        {
            foreach (ref float value in parameter.AsSpan()) value = MathF.Min(value, (float)limit);
        }
    }

    private sealed class Halves(int sign) : Initializer
    {
        public int Sign => sign;

        public override void Fill(Span<float> values, Shape shape, RandomStream random) => values.Fill(sign * 0.5f);
    }

    private sealed class Scale : Layer
    {
        public Regularizer? GammaRegularizer { get; init; }

        public Constraint? GammaConstraint { get; init; }

        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("gamma", input, Constant.Ones, new ParameterOptions { Regularizer = GammaRegularizer, Constraint = GammaConstraint });
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x * context["gamma"];
    }
}
