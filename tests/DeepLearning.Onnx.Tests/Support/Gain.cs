namespace DeepLearning.Onnx.Tests;

/// <summary>A custom layer: each value times a trained number.</summary>
internal sealed class Gain : Layer
{
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        builder.AddParameter("gamma", input, Constant.Ones);
        return input;
    }

    public override Tensor Forward(Tensor x, LayerContext context) => x * context["gamma"];
}
