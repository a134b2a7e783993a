using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>
/// Where two optimizers take weights in three steps with the same gradients. The weights begin at 0, so that they end at the movement itself, without the
/// rounding of a sum with something larger. The gradients are others at each step: under one that stays, the bias correction of Adam cancels both of its decay
/// rates, and a wrong one does not show.
/// </summary>
internal static class OptimizerSteps
{
    private const int Steps = 3;

    /// <summary>No multiple of a vector.</summary>
    private const int Weights = 1001;

    /// <summary>Of the gradients. Three thousand of them reach down to 10⁻⁴, where an ε of 10⁻⁹ still shows, and the comparisons' own do not.</summary>
    private const double StandardDeviation = 0.1;

    public static (float[] Ours, float[] Theirs) Run(Optimizer ours, Func<IEnumerable<TorchSharp.Modules.Parameter>, torch.optim.Optimizer> theirs)
    {
        var parameters = new ParameterSet(("weights", [Weights]));
        using var parameter = new TorchSharp.Modules.Parameter(torch.zeros(Weights));
        using torch.optim.Optimizer optimizer = theirs([parameter]);
        var gradients = new float[Weights];
        for (int t = 1; t <= Steps; t++)
        {
            new RandomStream(5, step: (ulong)t).FillNormal(gradients, standardDeviation: StandardDeviation);
            var tape = new Tape();
            ours.Update(parameters, tape.Gradients(tape.Watch(parameters[0]), seed: Tensor.From(gradients)));
            parameter.grad = torch.tensor(gradients);
            optimizer.step();
        }

        return (parameters[0].Value.AsReadOnlySpan().ToArray(), parameter.data<float>().ToArray());
    }
}
