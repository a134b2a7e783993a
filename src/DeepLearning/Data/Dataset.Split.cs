using System.Numerics.Tensors;

namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>
    /// How far n·fraction may be from the intended number, relative to n: 0.1 and 1 − 0.9 are not exact in floating point, and neither are products with them.
    /// All rounding in one formula is below this, 2⁻⁵¹.
    /// </summary>
    private const double Rounding = 2 * 2.220446049250313e-16;

    private const string StratifiedSplit = "A stratified split";

    /// <summary>Shuffles and splits: a fraction of the rows for testing, the others for training.</summary>
    /// <param name="testFraction">
    /// The fraction to test on, between 0 and 1: n·fraction rows, rounded half up as in exact arithmetic: 0.145 of 100 rows is 15.
    /// </param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <param name="stratified">Whether every class keeps its proportion on both sides; for labels, or one-hot rows that sum to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">One side would have no rows.</exception>
    /// <exception cref="InvalidOperationException">
    /// Stratified, but the targets are not classes, as when a row may have several labels, or there are several targets.
    /// </exception>
    public (Dataset Train, Dataset Test) Split(double testFraction, Seed seed = default, bool stratified = false)
    {
        RequireFraction(testFraction, nameof(testFraction));
        int tests = TestRows(Count, testFraction);
        RequireBothSides(tests, testFraction, nameof(testFraction));
        int[] order = Permutation(seed);
        if (stratified) MoveStratifiedFirst(order, tests);
        return (Select(order.AsSpan(tests)), Select(order.AsSpan(0, tests)));
    }

    /// <summary>
    /// Splits off the last rows for validation, without shuffling, like Keras's <c>validation_split</c>: training keeps the first ⌊n·(1 − fraction)⌋ rows,
    /// computed exactly: 0.9 of 10 rows leaves 1. Both sides share this data set's values.
    /// </summary>
    /// <param name="fraction">The fraction to validate on, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">One side would have no rows.</exception>
    public (Dataset Train, Dataset Validation) SplitLast(double fraction)
    {
        RequireFraction(fraction, nameof(fraction));
        int training = TrainingRows(Count, fraction);
        RequireBothSides(training, fraction, nameof(fraction));
        return (Take(training), Skip(training));
    }

    /// <summary>n·fraction, rounded half up.</summary>
    internal static int TestRows(int n, double fraction) => (int)Math.Floor(n * fraction + 0.5 + n * Rounding);

    /// <summary>⌊n·(1 − fraction)⌋.</summary>
    internal static int TrainingRows(int n, double fraction) => (int)Math.Floor(n * (1 - fraction) + n * Rounding);

    private static void RequireFraction(double fraction, string name)
    {
        if (fraction is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(name, fraction, FormattableString.Invariant($"Expected a fraction between 0 and 1, got {fraction}."));
    }

    private void RequireBothSides(int oneSide, double fraction, string name)
    {
        if (oneSide == 0 || oneSide == Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Splitting {Count} rows by {fraction} leaves no rows on one side; both need at least one."), name);
        }
    }

    /// <summary>Reorders so that the first <paramref name="tests"/> rows hold each class in proportion; both parts keep their random order.</summary>
    private void MoveStratifiedFirst(int[] order, int tests)
    {
        int[] classes = Classes();
        Dictionary<int, int> quota = Quotas(classes, tests);
        var chosen = new List<int>(tests);
        var others = new List<int>(order.Length - tests);
        foreach (int row in order) (quota[classes[row]]-- > 0 ? chosen : others).Add(row);
        chosen.CopyTo(order);
        others.CopyTo(order, chosen.Count);
    }

    /// <summary>How many rows of each class to take: shares rounded down, and the rest to the classes that lost most.</summary>
    private static Dictionary<int, int> Quotas(int[] classes, int tests)
    {
        (int Class, double Share)[] shares = [.. classes.GroupBy(c => c).OrderBy(g => g.Key)
            .Select(g => (g.Key, (double)g.Count() * tests / classes.Length))];
        Dictionary<int, int> quota = shares.ToDictionary(s => s.Class, s => (int)s.Share);
        int missing = tests - quota.Values.Sum();
        foreach ((int c, _) in shares.OrderByDescending(s => s.Share - Math.Floor(s.Share)).Take(missing)) quota[c]++;
        return quota;
    }

    /// <summary>The class of each row: its label, or the place of the largest value of its one-hot row.</summary>
    /// <param name="purpose">What needs the classes, for messages.</param>
    private int[] Classes(string purpose = StratifiedSplit)
    {
        if (targets.Length > 1)
        {
            string advice = purpose == StratifiedSplit ? "split it without stratified, or choose the rows of each side" : "choose the rows";
            throw new InvalidOperationException(
                $"{purpose} needs one class per row, but the data set has {targets.Length} targets, {SeveralTensors.ShapesOf(targets)}: {advice} by the target "
                + "that counts, with Select.");
        }

        if (Targets.Rank != 2 || Targets.Shape[1] == 1) return Labels;
        for (int r = 0; r < Count; r++) RequireShares(r, purpose);
        return OneHot.Decode(Targets);
    }

    /// <summary>A row with several labels, or none, belongs to no single class: its largest value means nothing.</summary>
    private void RequireShares(int row, string purpose)
    {
        const float Tolerance = 1e-3f;
        ReadOnlySpan<float> shares = Targets.AsReadOnlySpan().Slice(row * Targets.Shape[1], Targets.Shape[1]);
        float sum = TensorPrimitives.Sum(shares);
        if (!shares.ContainsAnyExceptInRange(0f, 1f) && MathF.Abs(sum - 1f) <= Tolerance) return;
        throw new InvalidOperationException(FormattableString.Invariant(
            $"{purpose} needs one class per row, as a label or a one-hot row that sums to 1, but the targets of row {row} sum to {sum}.")
            + (purpose == StratifiedSplit ? " Where a row may have several labels, or its values are quantities, split without stratified." : ""));
    }
}
