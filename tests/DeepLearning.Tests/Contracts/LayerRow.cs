namespace DeepLearning.Tests.Contracts;

/// <summary>One layer on one shape.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Output">The shape that it makes of it.</param>
/// <param name="Parameters">The names of its parameters, in order.</param>
public sealed record LayerRow(Layer Layer, Shape Input, Shape Output, params string[] Parameters)
{
    public override string ToString() => $"{Layer} of {Input}";
}
