using System.Globalization;
using System.Numerics.Tensors;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Looks for inputs and targets that are too large to be trained on as they are. Pixels up to 255 or 65,535, years, ages, and prices up to millions are
/// ordinary;
/// times in seconds or milliseconds, ids and amounts in billions are not.
/// </summary>
internal static class ScaleWarnings
{
    /// <summary>
    /// 2²⁴. Above it float32 no longer distinguishes all whole numbers, and a gradient, the product of input and error, is too large for any default learning
    /// rate.
    /// </summary>
    private const float Ordinary = 16_777_216f;

    private const int MostNamed = 3;

    /// <summary>Whether no value is above 2²⁴ in magnitude, NaN or infinite: a single pass that makes further checks unnecessary.</summary>
    public static bool AllOrdinary(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets)
        => inputs.Concat(targets).All(t => t.IsInteger || Reductions.AllWithin(t.AsReadOnlySpan(), Ordinary));

    /// <summary>A warning for the inputs, one for the targets, both, or none.</summary>
    /// <param name="model">Inputs are judged as its first layer with weights receives them: a <see cref="Normalization"/> may come before.</param>
    /// <param name="inputs">[n, …] each.</param>
    /// <param name="targets">[n, …] each.</param>
    /// <param name="features">The name of each column of the only input, or none.</param>
    public static IReadOnlyList<string> Of(Model model, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, IReadOnlyList<string> features)
        => [.. inputs.SelectMany(x => Of(model, x, features)), .. targets.SelectMany(OfTargets)];

    private static List<string> Of(Model model, Tensor inputs, IReadOnlyList<string> features)
    {
        var warnings = new List<string>();
        (int Column, int Row, float Size)[] large = [.. Large(inputs).Where(l => ReachesWeights(model, inputs, l.Row))];
        if (large.Length > 0)
        {
            IEnumerable<string> named = large.Take(MostNamed)
                .Select(l => string.Create(CultureInfo.InvariantCulture, $"{Name(l.Column)} reaches {l.Size:G3}"));
            string others = large.Length > MostNamed ? $", and {large.Length - MostNamed} more columns are above 2^24" : "";
            warnings.Add($"Inputs are too large to learn from as they are: {string.Join(", ", named)}{others}. "
                + "Scale them first, with StandardScaler, MinMaxScaler or a Normalization layer.");
        }

        return warnings;

        string Name(int column)
            => features.Count == inputs.Count / inputs.Shape[0] ? $"feature '{features[column]}'" : string.Create(CultureInfo.InvariantCulture, $"column {column}");
    }

    private static List<string> OfTargets(Tensor targets)
    {
        var warnings = new List<string>();
        if (Large(targets) is [var most, ..])
        {
            string figure = string.Create(CultureInfo.InvariantCulture, $"column {most.Column} reaches {most.Size:G3}");
            warnings.Add($"Targets are too large to learn as they are: {figure}. "
                + "Scale them first, with StandardScaler or MinMaxScaler, and scale the predictions back.");
        }

        return warnings;
    }

    /// <summary>The first of the warnings, as the likely cause of a failure; null if there is none.</summary>
    public static string? FirstOf(Model model, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, IReadOnlyList<string> features)
        => Of(model, inputs, targets, features) is [var first, ..] ? first : null;

    /// <summary>The columns with values above 2²⁴ in magnitude, the largest first, and a row where each is largest.</summary>
    private static IReadOnlyList<(int Column, int Row, float Size)> Large(Tensor values)
    {
        if (values.IsInteger || Reductions.AllWithin(values.AsReadOnlySpan(), Ordinary)) return [];
        int rows = values.Shape[0], columns = values.Count / rows;
        var largest = new (int Column, int Row, float Size)[columns];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> sample = values.AsReadOnlySpan().Slice(row * columns, columns);
            for (int c = 0; c < columns; c++)
                if (MathF.Abs(sample[c]) is > Ordinary and <= float.MaxValue and var size && size > largest[c].Size) largest[c] = (c, row, size);
        }

        return [.. largest.Where(l => l.Size > 0f).OrderByDescending(l => l.Size)];
    }

    private static bool ReachesWeights(Model model, Tensor inputs, int row)
    {
        if (!model.Graph.IsChain) return true;
        int before = 0;
        while (before < model.Slots.Length && model.Slots[before].Parameters.Length == 0) before++;
        if (before == model.Slots.Length) return false;
        var pass = new ForwardPass(model.Graph);
        pass[0] = inputs.RowsView(row, 1);
        pass.Run(model.Graph.All.AsSpan(0, before), null, training: false, model.Seed, step: 0);
        ReadOnlySpan<float> seen = pass[before].AsReadOnlySpan();
        return MathF.Abs(TensorPrimitives.MaxMagnitude(seen)) > Ordinary;
    }
}
