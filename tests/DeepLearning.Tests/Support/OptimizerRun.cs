namespace DeepLearning.Tests.Support;

/// <summary>An optimizer on parameters whose gradients a test gives: those of Σ g·w.</summary>
internal sealed class OptimizerRun
{
    private readonly ParameterSet parameters;

    /// <param name="optimizer">The optimizer.</param>
    /// <param name="start">The first weights: three in one parameter, the rest in another, so that there is padding between.</param>
    public OptimizerRun(Optimizer optimizer, float[] start)
    {
        Optimizer = optimizer;
        int first = Math.Min(3, start.Length);
        parameters = new ParameterSet(("first", [first]), ("second", [start.Length - first]));
        parameters[0].Assign(Tensor.From(start.AsSpan(0, first)));
        parameters[1].Assign(Tensor.From(start.AsSpan(first)));
    }

    public Optimizer Optimizer { get; }

    public float[] Weights => [.. parameters[0].Value.ToArray(), .. parameters[1].Value.ToArray()];

    /// <summary>What stands between and behind the parameters.</summary>
    public float[] Padding
        => [.. Enumerable.Range(0, parameters.Flat.Length).Where(i => !parameters.Any(p => i >= p.Offset && i < p.Offset + p.Value.Count))
            .Select(i => parameters.Flat.AsSpan()[i])];

    public void Step(float[] g)
    {
        var tape = new Tape();
        int first = parameters[0].Shape.Size;
        Tensor loss = (tape.Watch(parameters[0]) * Tensor.From(g.AsSpan(0, first))).Sum() + (tape.Watch(parameters[1]) * Tensor.From(g.AsSpan(first))).Sum();
        Optimizer.Update(parameters, tape.Gradients(loss));
    }
}
