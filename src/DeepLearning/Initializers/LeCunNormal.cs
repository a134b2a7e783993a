namespace DeepLearning;

/// <summary>
/// Truncated normal with variance 1/fanIn: for linear and <see cref="Selu"/> layers. LeCun et al. 1998, section 4.6; Keras: <c>LecunNormal</c>.
/// </summary>
public sealed class LeCunNormal : Initializer
{
    private static readonly VarianceScaling Scaling = new();

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => Scaling.Fill(values, shape, random);

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of("LeCunNormal", static () => new LeCunNormal());
}
