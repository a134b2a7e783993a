namespace DeepLearning.Tests.Layers;

public sealed class LayerKindsTests
{
    private static readonly LayerKinds Own = LayerKinds.BuiltIn.With(
        "Gain", static (layer, settings) => settings.Set("factor", layer.Factor).Set("name", layer.Name).Set("on", layer.On), static settings
            => new Gain(settings.GetSingle("factor")) { Name = settings.GetString("name"), On = settings.GetBoolean("on") });

    [Fact]
    public void Every_public_layer_has_a_kind_named_after_it()
    {
        IEnumerable<Type> layers = typeof(Layer).Assembly.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Layer)) && !t.IsAbstract);
        // A file cannot hold a function: Lambda is saved by kinds that know its functions.
        LayerKinds.BuiltIn.Names.Should().BeEquivalentTo(layers.Select(t => t.Name).Where(name => name != nameof(Lambda)));
    }

    [Fact]
    public void A_layer_of_ones_own_is_saved_and_loaded_by_the_kind_that_was_given()
    {
        Sequential model = Sequential.Input(2).Add(new Gain(0.1f) { Name = "loud", On = true }).Build();
        Gain layer = RoundTrip(model, Own, Own).Layers[0].Should().BeOfType<Gain>().Subject;
        (layer.Factor, layer.Name, layer.On).Should().Be((0.1f, "loud", true));
    }

    [Fact]
    public void Fault49_an_unknown_kind_is_named_and_the_message_says_how_to_register_it()
    {
        Sequential model = Sequential.Input(2).Dense(2).Add(new Gain(2f)).Build();
        model.Invoking(m => m.Save(Stream.Null)).Should().Throw<InvalidOperationException>().WithMessage("layer 2 (Gain())*LayerKinds.BuiltIn.With(\"Gain\"*");
        FluentActions.Invoking(() => RoundTrip(model, Own, LayerKinds.BuiltIn)).Should().Throw<ModelFormatException>()
            .WithMessage("*layer 2 is of the unknown kind Gain*LayerKinds.BuiltIn.With(\"Gain\"*");
    }

    [Fact]
    public void Fault49_names_of_types_mean_nothing()
    {
        string typeName = typeof(Gain).AssemblyQualifiedName!;
        LayerKinds lying = LayerKinds.BuiltIn.With<Gain>(typeName, static (_, _) => { }, static _ => new Gain(1f));
        FluentActions.Invoking(() => RoundTrip(Sequential.Input(2).Add(new Gain(2f)).Build(), lying, Own)).Should().Throw<ModelFormatException>()
            .WithMessage("*unknown kind DeepLearning.Tests*");
    }

    [Fact]
    public void A_name_or_a_class_has_one_kind()
    {
        FluentActions.Invoking(() => Own.With("Gain", (Gain _, Settings _) => { }, _ => new Gain(1f))).Should().Throw<ArgumentException>()
            .WithMessage("*Gain is taken*");
        FluentActions.Invoking(() => Own.With("Other", (Gain _, Settings _) => { }, _ => new Gain(1f))).Should().Throw<ArgumentException>()
            .WithMessage("*Gain has the name Gain*");
    }

    [Fact]
    public void Whole_numbers_of_every_width_come_back_exactly()
    {
        (uint, long, ulong) got = default;
        LayerKinds kinds = LayerKinds.BuiltIn.With(
            "Gain", static (Gain _, Settings s) => s.Set("a", uint.MaxValue).Set("b", long.MinValue + 1).Set("c", ulong.MaxValue), s =>
            {
                got = (s.GetUInt32("a"), s.GetInt64("b"), s.GetUInt64("c"));
                return new Gain(1f);
            });
        RoundTrip(Sequential.Input(2).Add(new Gain(2f)).Build(), kinds, kinds);
        got.Should().Be((uint.MaxValue, long.MinValue + 1, ulong.MaxValue));
    }

    [Theory]
    [InlineData("missing", "expected a number for the setting missing, got none")]
    [InlineData("text", "expected a number for the setting text, got the text x")]
    [InlineData("list", "expected a number for the setting list, got 2 numbers")]
    [InlineData("large", "the setting large is 1E+300, which is no Single")]
    public void Fault44_a_setting_that_cannot_be_read_names_the_layer_and_what_came(string asked, string message)
    {
        LayerKinds kinds = LayerKinds.BuiltIn.With(
            "Gain", static (Gain _, Settings s) => s.Set("text", "x").Set("list", [1, 2]).Set("large", 1e300), s => new Gain(s.GetSingle(asked)));
        FluentActions.Invoking(() => RoundTrip(Sequential.Input(2).Add(new Gain(2f)).Build(), kinds, kinds)).Should().Throw<ModelFormatException>()
            .WithMessage($"*layer 1 (Gain): {message}*");
    }

    [Fact]
    public void Fault44_a_setting_that_the_layer_does_not_know_is_named()
    {
        LayerKinds newer = LayerKinds.BuiltIn.With("Gain", static (Gain _, Settings s) => s.Set("dilation", 2), static _ => new Gain(1f));
        FluentActions.Invoking(() => RoundTrip(Sequential.Input(2).Add(new Gain(2f)).Build(), newer, newer)).Should().Throw<ModelFormatException>()
            .WithMessage("*layer 1 (Gain): the setting dilation is unknown*");
    }

    [Fact]
    public void Settings_are_finite_and_have_one_value_a_name()
    {
        LayerKinds twice = LayerKinds.BuiltIn.With("Gain", static (Gain _, Settings s) => s.Set("a", 1).Set("a", 2), static _ => new Gain(1f));
        LayerKinds infinite = LayerKinds.BuiltIn.With("Gain", static (Gain _, Settings s) => s.Set("a", float.NaN), static _ => new Gain(1f));
        Sequential model = Sequential.Input(2).Add(new Gain(2f)).Build();
        model.Invoking(m => m.Save(Stream.Null, twice)).Should().Throw<ArgumentException>().WithMessage("*a appears twice*");
        model.Invoking(m => m.Save(Stream.Null, infinite)).Should().Throw<ArgumentException>().WithMessage("*finite*NaN*");
    }

    private static Sequential RoundTrip(Sequential model, LayerKinds writing, LayerKinds reading)
    {
        using var stream = new MemoryStream();
        model.Save(stream, writing);
        stream.Position = 0;
        return Sequential.Load(stream, reading);
    }

    private sealed class Gain(float factor) : Layer
    {
        public float Factor => factor;

        public string Name { get; init; } = "";

        public bool On { get; init; }

        public override Tensor Forward(Tensor x, LayerContext context) => x * factor;
    }
}
