namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>An optimizer that moves nothing and keeps the gradients: so a training step shows what it computed before its update.</summary>
internal sealed class GradientRecorder() : Optimizer(learningRate: 1)
{
    private float[] last = [];

    /// <summary>The gradient of a parameter in the last step.</summary>
    public ReadOnlySpan<float> Of(Parameter parameter) => last.AsSpan(parameter.Offset, parameter.Shape.Size);

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t) => last = g.ToArray();
}
