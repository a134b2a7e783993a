namespace DeepLearning.Tests.Support;

/// <summary>Batch normalization (Ioffe and Szegedy 2015) of vectors, against the public surface alone: the state is read, and its update is staged.</summary>
internal sealed class MovingNormalization(double momentum = 0.9) : Layer
{
    private const float Epsilon = 1e-3f;

    public double Momentum => momentum;

    public override Shape Build(Shape input, LayerBuilder builder)
    {
        builder.AddParameter("gamma", input, Constant.Ones);
        builder.AddParameter("beta", input, Constant.Zeros);
        builder.AddState("moving_mean", input, Constant.Zeros);
        builder.AddState("moving_variance", input, Constant.Ones);
        return input;
    }

    public override Tensor Forward(Tensor x, LayerContext context)
    {
        Tensor mean = context.State("moving_mean"), variance = context.State("moving_variance");
        if (context.Training && !context.Frozen)
        {
            Tensor ofBatch = x.Mean(0), spread = (x - ofBatch).Square().Mean(0);
            context.Update("moving_mean", mean * momentum + ofBatch * (1 - momentum));
            context.Update("moving_variance", variance * momentum + spread * (1 - momentum));
            (mean, variance) = (ofBatch, spread);
        }

        return (x - mean) / (variance + Epsilon).Sqrt() * context["gamma"] + context["beta"];
    }

    public static LayerKinds Kinds { get; } = LayerKinds.BuiltIn.With(
        "MovingNormalization", (MovingNormalization n, Settings s) => s.Set("momentum", n.Momentum), s => new MovingNormalization(s.GetDouble("momentum")));
}
