namespace DeepLearning;

/// <summary>A custom initializer that was not loaded. The model has its values already; only a new model of the layer would need it.</summary>
internal sealed class UnknownInitializer(UnknownPart unknown) : Initializer, IUnknownPart
{
    public UnknownPart Unknown => unknown;

    public override void Fill(Span<float> values, Shape shape, RandomStream random) => throw unknown.Missing(nameof(Initializer));

    public override string ToString() => unknown.Text;
}
