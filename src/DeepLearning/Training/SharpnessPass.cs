using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>The gradients of sharpness-aware minimization (<see cref="Optimizer.SharpnessRho"/>), taken at the worst point near the weights.</summary>
internal sealed class SharpnessPass(Model model, Compilation compilation)
{
    private readonly ObjectivePass pass = new(model, compilation);
    private readonly FlatBuffer weights = new(model.Parameters.Flat.Length);

    /// <summary>The gradients at w + ρ·g/‖g‖, with the state updates of the pass at w; null if the loss there is not finite. The weights keep their bits.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="atWeights">g, finite.</param>
    /// <param name="rho">ρ.</param>
    public Gradients? Gradients(Batch batch, Gradients atWeights, float rho)
    {
        Span<float> w = model.Parameters.Flat.AsSpan();
        ReadOnlySpan<float> g = atWeights.Flat(model.Parameters);
        double norm = Math.Sqrt(Reductions.Dot(g, g));
        // At a flat point every direction is as good as another.
        if (norm == 0) return atWeights;
        Blocks.Copy(w, weights.AsSpan());
        try
        {
            Elementwise.Map(new ScaledBy((float)(rho / norm)), g, w, accumulate: true);
            Tensor total = pass.Run(batch);
            if (!float.IsFinite(total.ToScalar())) return null;
            Gradients gradients = pass.Tape.Gradients(total);
            gradients.Staged.Replace(atWeights.Staged);
            return gradients;
        }
        finally
        {
            Blocks.Copy(weights.AsSpan(), w);
        }
    }
}
