using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>Looks for classes that only the training data or only the validation data has, as happens when sorted rows are split.</summary>
internal static class AbsentClasses
{
    private const int MostNamed = 10;

    /// <summary>One warning for each side that lacks classes of the other.</summary>
    public static IEnumerable<string> Of(Model model, Compilation compilation, Dataset train, Dataset? validation)
    {
        // Data sets with several inputs or outputs have no class names.
        if (validation is null || compilation.Objectives is not [var objective] || train.InputTensors.Count > 1 || KindOf(objective, train) is not { } kind) return [];
        Shape output = model.OutputShape;
        // The targets of an autoencoder are not labels, though they may all be 0 or 1.
        if (kind == TargetKind.Binary && output.Size > 1 && train.TargetShape == train.InputShape) return [];
        // Values between 0 and 1 identify no class.
        if (!AreClasses(train, kind) || !AreClasses(validation, kind)) return [];
        bool several = kind == TargetKind.Binary && output.Size > 1;
        int? ignored = (objective.Loss as SparseCategoricalCrossEntropy)?.IgnoreClass;
        HashSet<int> trained = Present(train, kind, output), validated = Present(validation, kind, output);
        return
        [
            .. Warning("validation", "training", trained.Except(validated).Where(c => c != ignored), "the figures of the validation say nothing about it"),
            .. Warning("training", "validation", validated.Except(trained).Where(c => c != ignored), "the model cannot learn it"),
        ];

        IEnumerable<string> Warning(string without, string with, IEnumerable<int> lacking, string consequence)
        {
            string[] names = [.. lacking.Order().Select(NameOf)];
            if (names.Length == 0) yield break;
            string list = string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
            yield return $"No row for {without} is of class {list}, though rows for {with} are: {consequence}. Shuffle rows that are sorted before they are "
                + (several ? "split." : "split, or use Dataset.Split with stratified: true.");
        }

        string NameOf(int label) => new[] { train.ClassNames, validation.ClassNames, model.ClassNames }
            .FirstOrDefault(names => label >= 0 && label < names.Count)?[label] ?? FormattableString.Invariant($"{label}");
    }

    /// <summary>How to read the targets; null if they are not classes.</summary>
    private static TargetKind? KindOf(Objective objective, Dataset train)
    {
        if (objective.Loss.Targets == TargetKind.Unmatched) return null;
        if (objective.Loss.Targets == TargetKind.Signs) return TargetKind.Binary;
        if (objective.Loss.Targets is TargetKind.Labels or TargetKind.OneHot or TargetKind.Binary) return objective.Loss.Targets;
        if (train.ClassLabels is not null || objective.Forms.Any(f => f is SparseCategoricalAccuracy)) return TargetKind.Labels;
        if (objective.Forms.Any(f => f is BinaryAccuracy)) return TargetKind.Binary;
        if (objective.Forms.Any(f => f is CategoricalAccuracy)) return TargetKind.OneHot;
        if (objective.Forms.Any(f => f is Accuracy)) return train.TargetShape.Size > 1 ? TargetKind.OneHot : TargetKind.Labels;
        return (objective.Last.OutputMeaning) switch
        {
            var meaning when meaning.IsYesOrNo() => TargetKind.Binary,
            var meaning when meaning.IsOverClasses() && train.TargetShape == objective.OutputShape => TargetKind.OneHot,
            var meaning when meaning.IsOverClasses() && train.TargetShape.Size == 1 => TargetKind.Labels,
            _ => null,
        };
    }

    private static bool AreClasses(Dataset data, TargetKind kind)
    {
        ReadOnlySpan<float> targets = data.Targets.AsReadOnlySpan();
        if (kind != TargetKind.Labels) return !targets.ContainsAnyExcept(0f, 1f);
        foreach (float label in targets)
            if (MathF.Floor(label) != label) return false;
        return true;
    }

    /// <summary>The classes that occur; with several labels per sample, those that any sample has.</summary>
    private static HashSet<int> Present(Dataset data, TargetKind kind, Shape output)
    {
        bool several = kind == TargetKind.OneHot || kind == TargetKind.Binary && output.Size > 1;
        int width = !several ? 1 : kind == TargetKind.OneHot ? output[-1] : output.Size;
        int all = several ? width : kind == TargetKind.Binary ? 2 : output.Size > 1 ? output[-1] : int.MaxValue;
        ReadOnlySpan<float> targets = data.Targets.AsReadOnlySpan();
        var present = new HashSet<int>();
        for (int at = 0; at < targets.Length && present.Count < all; at += width)
        {
            ReadOnlySpan<float> row = targets.Slice(at, width);
            if (kind == TargetKind.Labels) present.Add((int)row[0]);
            else if (kind == TargetKind.OneHot) present.Add(TensorPrimitives.IndexOfMax(row));
            else if (!several) present.Add(row[0] > 0.5f ? 1 : 0);
            else
                for (int label = 0; label < width; label++)
                    if (row[label] > 0.5f) present.Add(label);
        }

        return present;
    }
}
