using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>For each pair of equal labels, the distance to its semi-hard negative (<see cref="SemiHard"/>); only that distance gets a gradient.</summary>
internal sealed class SemiHardNegatives : Op
{
    private Tensor distances = null!, chosen = null!;

    /// <param name="distances">[n, n], between all samples.</param>
    /// <param name="labels">n of them.</param>
    /// <returns>[n, n]; far where there is no such pair or no negative.</returns>
    public static Tensor Apply(Tensor distances, Tensor labels)
    {
        Tape? tape = Tape.Of(distances);
        Tensor chosen = Tensor.Allocate(tape, distances.Shape), y = Tensor.Allocate(tape, distances.Shape);
        SemiHard.Forward(distances.AsReadOnlySpan(), labels.AsReadOnlySpan(), y.AsSpan(), chosen.AsSpan(), distances.Shape[0]);
        if (tape?.Record<SemiHardNegatives>(y, distances) is { } op) (op.distances, op.chosen) = (distances, chosen);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (places.Wants(distances, out Span<float> dd, out bool accumulate))
            SemiHard.Backward(chosen.AsReadOnlySpan(), dy.AsReadOnlySpan(), dd, distances.Shape[0], accumulate);
    }
}
