using System.Reflection;
using DeepLearning.Tests.Contracts;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Serialization;

/// <summary>Regularizers, constraints and initializers come back from a model's file, for every part of the library and every layer that has one.</summary>
public sealed class LayerPartsTests
{
    private static readonly Dataset Data = TrainingCases.Plane(24);

    public static TheoryData<int, string> Regularizers => ContractRows.Of(RegularizerContract.Rows);

    public static TheoryData<int, string> Constraints => ContractRows.Of(ConstraintContract.Rows);

    public static TheoryData<int, string> Initializers => ContractRows.Of(InitializerContract.Rows);

    [Theory]
    [MemberData(nameof(Regularizers))]
    public void A_regularizer_comes_back_with_the_same_penalty(int index, string name)
    {
        Regularizer regularizer = RegularizerContract.Rows[index].Regularizer;
        Sequential model = Sequential.Input(3).Add(new Dense(4) { KernelRegularizer = regularizer }).Build(seed: 1), loaded = RoundTrip(model);
        Parameter kernel = loaded.Parameters["dense.kernel"];
        kernel.Options.Regularizer.Should().BeOfType(regularizer.GetType()).And.BeSameAs(((Dense)loaded.Layers[0]).KernelRegularizer);
        kernel.Options.Regularizer!.ToString().Should().Be(name);
        Bits(loaded.Parameters.Penalty()!).Should().Equal(Bits(model.Parameters.Penalty()!));
        Bytes(loaded).Should().Equal(Bytes(model));
    }

    [Theory]
    [MemberData(nameof(Constraints))]
    public void A_constraint_comes_back_and_makes_the_same_of_weights(int index, string name)
    {
        Constraint constraint = ConstraintContract.Rows[index].Constraint;
        Sequential model = Sequential.Input(3).Add(new Dense(4) { KernelConstraint = constraint }).Build(seed: 1), loaded = RoundTrip(model);
        Constraint held = loaded.Parameters["dense.kernel"].Options.Constraint!;
        held.Should().BeOfType(constraint.GetType()).And.BeSameAs(((Dense)loaded.Layers[0]).KernelConstraint);
        held.ToString().Should().Be(name);
        Tensor expected = Tensor.RandomNormal([3, 4], seed: 2), got = expected.Clone();
        constraint.Apply(expected);
        held.Apply(got);
        Bits(got).Should().Equal(Bits(expected));
        Bytes(loaded).Should().Equal(Bytes(model));
    }

    [Theory]
    [MemberData(nameof(Initializers))]
    public void An_initializer_comes_back_and_makes_the_same_values(int index, string name)
    {
        Initializer initializer = InitializerContract.Rows[index].Initializer;
        Sequential model = Sequential.Input(3).Dense(4, initializer).Build(seed: 1), loaded = RoundTrip(model);
        Initializer read = ((Dense)loaded.Layers[0]).KernelInitializer;
        read.Should().BeOfType(initializer.GetType());
        Values(read).Should().Equal(Values(initializer), name);
        Bytes(loaded).Should().Equal(Bytes(model));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_constant_that_is_no_finite_number_comes_back(double value)
        => ((Constant)((Dense)RoundTrip(Sequential.Input(1).Add(new Dense(1) { BiasInitializer = new Constant(value) }).Build()).Layers[0]).BiasInitializer)
            .Value.Should().Be(value);

    [Fact]
    public void Every_property_of_a_layer_that_is_such_a_part_is_saved_as_itself()
    {
        List<string> lost = [];
        foreach (LayerRow row in LayerContract.Rows)
        {
            foreach (PropertyInfo property in row.Layer.GetType().GetProperties())
            {
                if (PartOf(property.PropertyType) is not { } part) continue;
                Layer layer = RoundTrip(row.ModelOf()).Layers[0];
                property.SetValue(layer, part);
                Layer loaded = RoundTrip(row.ModelOf(layer)).Layers[0];
                foreach (PropertyInfo other in layer.GetType().GetProperties().Where(p => p.PropertyType == property.PropertyType))
                    if (Text(other.GetValue(loaded)) != Text(other.GetValue(layer))) lost.Add($"{row}: {other.Name} of one with {property.Name}");
            }
        }

        lost.Should().BeEmpty();

        static object? PartOf(Type type)
            => type == typeof(Regularizer) ? new L2(0.125)
                : type == typeof(Constraint) ? new NonNegative()
                : type == typeof(Initializer) ? new RandomNormal(3, 0.5) : null;

        static string Text(object? part) => part is Initializer initializer ? string.Join(' ', Values(initializer)) : $"{part}";
    }

    [Fact]
    public void A_loaded_model_is_not_initialized_first()
    {
        var counted = new Counted();
        LayerKinds kinds = LayerKinds.BuiltIn.WithInitializer("Counted", (Counted _, Settings _) => { }, _ => counted);
        using var file = new MemoryStream();
        Sequential model = Sequential.Input(2).Dense(2, counted).Build();
        model.Save(file, kinds);
        file.Position = 0;
        Sequential loaded = Sequential.Load(file, kinds);
        (counted.Fills, loaded.Bits()).Should().BeEquivalentTo((1, model.Bits()));
        Sequential.Input(2).Add(loaded.Layers[0]).Build();
        counted.Fills.Should().Be(2);
    }

    [Fact]
    public void A_file_has_nothing_of_what_a_layer_has_not()
    {
        ArchitectureOf(Sequential.Input(2).Dense(3).PRelu().Build(seed: 1)).Should().Be(
            """{"input":[2],"seed":1,"layers":[{"kind":"Dense","settings":{"units":3,"use_bias":true}},{"kind":"PRelu","settings":{"shared_across":false}}]}""");
        ArchitectureOf(Sequential.Input(2).Add(new Dense(3) { KernelRegularizer = new L2(0.1), BiasConstraint = new NonNegative() }).Build(seed: 1)).Should().Be(
            """
            {"input":[2],"seed":1,"layers":[{"kind":"Dense","settings":{"units":3,"use_bias":true,
            "kernel_regularizer":{"kind":"L2","settings":{"strength":0.1}},"bias_constraint":{"kind":"NonNegative"}}}]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void A_run_that_is_saved_and_loaded_in_between_ends_with_the_bits_of_one_without_a_break()
    {
        Sequential whole = Held(), half = Held(), plain = Sequential.Input(2).Dense(5).Tanh().Dense(1).Build(seed: 3);
        Train(whole, 0, 6);
        Train(plain, 0, 6);
        Train(half, 0, 3);
        half = RoundTrip(half);
        Train(half, 3, 6);
        half.Bits().Should().Equal(whole.Bits()).And.NotEqual(plain.Bits());
        half.Evaluate(Data).Loss.Should().Be(whole.Evaluate(Data).Loss);

        static Sequential Held() => Sequential.Input(2).Add(new Dense(5) { KernelRegularizer = new L2(0.05), BiasRegularizer = new L1(0.02) }).Tanh()
            .Add(new Dense(1) { KernelConstraint = new MaxNorm(0.75) }).Build(seed: 3);
    }

    [Fact]
    public void Models_of_branches_and_shared_layers_keep_them()
    {
        Node a = Model.Input(3), b = Model.Input(3);
        Func<Node, Node> tower = Node.Share(x => x.Add(new Dense(4) { KernelRegularizer = new L1(0.25) }).Add(new PRelu { AlphaConstraint = new NonNegative() }));
        Model model = Model.Of([a, b], [tower(a) + tower(b)]).Build(seed: 1), loaded = RoundTrip(model);
        loaded.Parameters.Penalty()!.ToScalar().Should().Be(model.Parameters.Penalty()!.ToScalar()).And.BeGreaterThan(0);
        loaded.Parameters["prelu.alpha"].Options.Constraint.Should().BeOfType<NonNegative>();
    }

    [Fact]
    public void Copies_and_new_heads_of_a_loaded_model_have_them()
    {
        Sequential loaded = RoundTrip(
            Sequential.Input(2).Add(new Dense(3) { KernelRegularizer = new L2(0.5), BiasConstraint = new NonNegative() }).Relu().Dense(1).Build());
        foreach (ParameterSet parameters in (ParameterSet[])
            [loaded.Clone().Parameters, Model.Of(loaded.InputNodes, [loaded.Upto("relu").Dense(2)]).Build().Parameters])
        {
            parameters["dense.kernel"].Options.Regularizer!.ToString().Should().Be("L2(0.5)");
            parameters["dense.bias"].Options.Constraint.Should().BeOfType<NonNegative>();
        }
    }

    [Fact]
    public void The_description_of_a_run_names_them_once_as_before_they_were_saved()
    {
        Model model = Sequential.Input(2).Add(new Dense(3) { KernelRegularizer = new L2(0.5) }).Build();
        IReadOnlyDictionary<string, string> run = RunDescription.Of(model, null, LayerKinds.BuiltIn).Texts;
        (run["Layer 1"], run["dense.kernel"]).Should().Be(("Dense {\"units\":3,\"use_bias\":true}", "[2, 3], L2(0.5)"));
        RunDescription.Of(RoundTrip(model), null, LayerKinds.BuiltIn).Texts.Should().Equal(run);
    }

    private static void Train(Sequential model, int from, int to)
        => model.Compile(new Sgd(0.05), new MeanSquaredError()).Fit(Data, new FitOptions { InitialEpoch = from, Epochs = to, BatchSize = 8 });

    private static string ArchitectureOf(Model model) => SafetensorsFile.Read(new MemoryStream(Bytes(model))).Metadata["architecture"];

    private static TModel RoundTrip<TModel>(TModel model) where TModel : Model => (TModel)Model.Load(new MemoryStream(Bytes(model)));

    private static byte[] Bytes(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static int[] Values(Initializer initializer)
    {
        Tensor values = Tensor.Zeros([5, 4]);
        initializer.Fill(values.AsSpan(), values.Shape, new RandomStream(1));
        return Bits(values);
    }

    private static int[] Bits(Tensor tensor) => [.. tensor.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private sealed class Counted : Initializer
    {
        public int Fills { get; private set; }

        public override void Fill(Span<float> values, Shape shape, RandomStream random)
        {
            Fills++;
            values.Fill(0.5f);
        }
    }
}
