using System.Globalization;

namespace DeepLearning;

/// <summary>Marks targets as class labels: a label is an index into a list of classes, not a quantity.</summary>
/// <param name="names">The classes by label; empty if they have no names.</param>
internal sealed class ClassLabels(IReadOnlyList<string> names)
{
    private const int MostShown = 5;

    /// <summary>The first class whose name is a number other than its label: a price that became a class. −1 if there is none.</summary>
    private readonly int misnumbered = Misnumbered(names);

    public static ClassLabels Unnamed { get; } = new([]);

    /// <summary>Accepts labels that are also quantities: 0 and 1, unless they represent two other numbers.</summary>
    /// <param name="targets">The labels, or some of them.</param>
    /// <param name="loss">The loss that needs quantities.</param>
    /// <exception cref="ArgumentException">The labels are only labels; the message says what to write instead.</exception>
    public void RequireQuantities(Tensor targets, string loss)
    {
        ReadOnlySpan<float> labels = targets.AsReadOnlySpan();
        int wrong = labels.IndexOfAnyExcept(0f, 1f);
        if (wrong < 0 && misnumbered < 0 && names.Count <= 2) return;
        string what = names.Count == 0
            ? FormattableString.Invariant($"class labels, given as int, such as {labels[wrong]} in row {wrong}")
            : misnumbered >= 0
                ? $"labels of {names.Count} classes, and label {misnumbered} stands for '{names[misnumbered]}'"
                : $"labels of {names.Count} classes ({string.Join(", ", names.Take(MostShown))}{(names.Count > MostShown ? ", …" : "")})";
        throw new ArgumentException(
            $"{loss} compares quantities, but the targets are {what}: a class number is not a quantity. If they are quantities, such as prices or "
            + "counts, give them as float, and read a column of them with CsvTargets.Values; if they are classes, end the model with Softmax(), one output "
            + "a class, and use SparseCategoricalCrossEntropy.", nameof(targets));
    }

    /// <summary>Throws if two lists of class names differ for a label that both have; allocates nothing.</summary>
    /// <exception cref="ArgumentException">The message names the class and both labels, or the label and both classes.</exception>
    public static void RequireAgreement(IReadOnlyList<string> first, string ofFirst, IReadOnlyList<string> second, string ofSecond)
    {
        if (ReferenceEquals(first, second)) return;
        for (int label = 0; label < Math.Min(first.Count, second.Count); label++)
        {
            if (first[label] == second[label]) continue;
            // Naming the moved class is more helpful than the label: a list was sorted, or lacks a class.
            foreach ((string name, int here) in second.Select((name, i) => (name, i)))
            {
                int before = first.TakeWhile(other => other != name).Count();
                if (before < first.Count && before != here)
                    throw Disagreement($"Class '{name}' is label {here} in {ofSecond}, but label {before} in {ofFirst}");
            }

            throw Disagreement($"Label {label} is class '{second[label]}' in {ofSecond}, but '{first[label]}' in {ofFirst}");
        }
    }

    private static ArgumentException Disagreement(string what)
        => new($"{what}: read both with the same classes, as CsvOptions.ClassNames gives them, or correct ClassNames where one is wrong.");

    private static int Misnumbered(IReadOnlyList<string> names)
    {
        for (int label = 0; label < names.Count; label++)
            if (double.TryParse(names[label], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value != label) return label;
        return -1;
    }
}
