using System.Globalization;

namespace DeepLearning;

/// <summary>How far the output of one layer is from the expected values.</summary>
/// <param name="Number">The layer's position, from 1.</param>
/// <param name="Name">Its name in the model: <c>dense_1</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="LargestDifference">The largest |got − expected|; infinite if only one of the two is a number.</param>
/// <param name="Element">The position of the largest difference, row-major over [batch, …output].</param>
/// <param name="Got">The model's value there.</param>
/// <param name="Expected">The value expected there.</param>
/// <param name="Differs">Whether an element exceeds the tolerance.</param>
public sealed record LayerDifference(int Number, string Name, Layer Layer, double LargestDifference, int Element, float Got, float Expected, bool Differs)
{
    /// <summary>A sentence.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"layer {Number} ({Name}, {Layer}) {(Differs ? "differs" : "agrees")}: by at most {LargestDifference:G3}, at element {Element}: {Got} for {Expected}");
}
