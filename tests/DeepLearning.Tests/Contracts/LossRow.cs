namespace DeepLearning.Tests.Contracts;

/// <summary>One loss at one place.</summary>
/// <param name="Name">The loss and its options.</param>
/// <param name="Make">Makes it with a reduction.</param>
/// <param name="Predictions">[3, …], away from kinks.</param>
/// <param name="Targets">[3, …].</param>
/// <param name="Formula">The loss of one sample from its predictions and targets, in double.</param>
/// <param name="Perfect">Predictions that are right, as far as float32 goes.</param>
/// <param name="Least">The loss of a sample there: 0, but for the labels' smoothing and likelihoods.</param>
/// <param name="OfBatch">The losses of all samples from all predictions and targets, where a sample's depends on the others; then the formula is not
/// used.</param>
public sealed record LossRow(
    string Name, Func<LossReduction, Loss> Make, Tensor Predictions, Tensor Targets, Func<double[], double[], double> Formula, Tensor Perfect, double Least = 0,
    Func<double[][], double[][], double[]>? OfBatch = null)
{
    public double[] Expected => OfBatch is null
        ? [.. Enumerable.Range(0, 3).Select(i => Formula(RowOf(Predictions, i), RowOf(Targets, i)))]
        : OfBatch([.. Enumerable.Range(0, 3).Select(i => RowOf(Predictions, i))], [.. Enumerable.Range(0, 3).Select(i => RowOf(Targets, i))]);

    public override string ToString() => Name;

    private static double[] RowOf(Tensor x, int i) => [.. x.ToArray().Skip(i * x.Count / 3).Take(x.Count / 3).Select(v => (double)v)];
}
