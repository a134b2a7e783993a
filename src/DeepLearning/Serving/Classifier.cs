namespace DeepLearning;

/// <summary>Makes classifiers: labels for a predictor's outputs.</summary>
/// <remarks>
/// The model's last layer must be a <see cref="Softmax"/>, or a <see cref="Sigmoid"/> with one output; with several, a sample may have several labels, and
/// <see cref="MultiLabel(IPredictor, bool, float)"/> gives them. Nothing is applied silently, since linear outputs may also be plain values: for a model
/// trained on logits, pass <c>fromLogits</c>. <c>Of</c> then applies softmax, or for one output the logistic function, <c>MultiLabel</c> the latter.
/// </remarks>
/// <example>
/// <code>
/// Classifier&lt;Digit&gt; classifier = Classifier.OfEnum&lt;Digit&gt;(model.ToPredictor());
/// (Digit digit, float probability) = classifier.Classify(pixels);
/// </code>
/// </example>
public static class Classifier
{
    /// <summary>Labels by the model's own class names.</summary>
    /// <param name="predictor">The model; it must have class names.</param>
    /// <param name="fromLogits">True if the outputs are logits, without softmax or sigmoid.</param>
    /// <param name="threshold">For a single output: the probability above which the second class is chosen, in (0, 1); 0.5 by default.</param>
    /// <exception cref="ArgumentException">
    /// The model has no class names, its outputs are not probabilities (but logits), or each is the probability of an independent label.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static Classifier<string> Of(IPredictor predictor, bool fromLogits = false, float threshold = 0.5f)
        => Of(predictor, NamesOf(predictor), fromLogits, threshold);

    /// <summary>Labels of any kind.</summary>
    /// <typeparam name="TLabel">The kind of label.</typeparam>
    /// <param name="predictor">The model.</param>
    /// <param name="labels">One for each output, in order; two for a single output, the negative one first.</param>
    /// <param name="fromLogits">True if the outputs are logits, without softmax or sigmoid.</param>
    /// <param name="threshold">For a single output: the probability above which the second label is chosen, in (0, 1); 0.5 by default.</param>
    /// <exception cref="ArgumentException">
    /// The number of labels is wrong, the outputs are not probabilities (but logits), each is the probability of an independent label, or they are not a
    /// vector.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static Classifier<TLabel> Of<TLabel>(IPredictor predictor, IReadOnlyList<TLabel> labels, bool fromLogits = false, float threshold = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int outputs = RequireProbabilities(predictor, fromLogits), expected = outputs == 1 ? 2 : outputs;
        if (predictor.OutputMeaning is OutputMeaning.IndependentProbabilities && outputs > 1)
        {
            throw new ArgumentException(
                $"The model ends in Sigmoid with {outputs} outputs, each the probability of an independent label, so a sample may have several labels: use "
                + $"{nameof(Classifier)}.{nameof(MultiLabel)}, or end a model of exclusive classes in Softmax.", nameof(predictor));
        }

        RequireThreshold(threshold);
        if (outputs > 1 && threshold != 0.5f)
            throw new ArgumentException($"A threshold decides about a single output; of {outputs} classes the most likely is chosen.", nameof(threshold));
        if (labels.Count != expected) throw new ArgumentException($"An output of {outputs} values has {expected} labels, got {labels.Count}.", nameof(labels));
        return new Classifier<TLabel>(predictor, [.. labels], fromLogits, threshold);
    }

    /// <summary>The members of an enum as labels: matched with the model's class names if it has any, otherwise in the order of their values.</summary>
    /// <typeparam name="TEnum">The enum; without class names, it has a member for each output.</typeparam>
    /// <param name="predictor">The model.</param>
    /// <param name="fromLogits">True if the outputs are logits, without softmax or sigmoid.</param>
    /// <param name="threshold">For a single output: the probability above which the second label is chosen, in (0, 1); 0.5 by default.</param>
    /// <exception cref="ArgumentException">
    /// A class name is not a member, two names have one value, the number of members is wrong, the outputs are not probabilities (but logits), or each is the
    /// probability of an independent label.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static Classifier<TEnum> OfEnum<TEnum>(IPredictor predictor, bool fromLogits = false, float threshold = 0.5f) where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(predictor);
        IReadOnlyList<string> names = predictor.ClassNames;
        // GetValues puts negative values last, as if they had no sign.
        TEnum[] labels = names.Count == 0 ? [.. Enum.GetValues<TEnum>().Order()] : [.. names.Select(Member<TEnum>)];
        if (labels.CountBy(label => label).FirstOrDefault(label => label.Value > 1) is { Value: > 1, Key: var twice })
        {
            throw new ArgumentException(
                $"{typeof(TEnum).Name} has more than one name for the value {twice:D}, which would stand for two outputs.", nameof(predictor));
        }

        return Of(predictor, labels, fromLogits, threshold);
    }

    /// <summary>All labels of a sample, by the model's own class names: for models that end in several outputs with a <see cref="Sigmoid"/>.</summary>
    /// <param name="predictor">The model; it must have class names.</param>
    /// <param name="fromLogits">True if the outputs are logits, without sigmoid.</param>
    /// <param name="threshold">The probability above which a sample has a label, in (0, 1); 0.5 by default.</param>
    /// <exception cref="ArgumentException">The model has no class names, or not several outputs with a sigmoid (or logits).</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static MultiLabelClassifier<string> MultiLabel(IPredictor predictor, bool fromLogits = false, float threshold = 0.5f)
        => MultiLabel(predictor, NamesOf(predictor), fromLogits, threshold);

    /// <summary>All labels of a sample, of any kind: for models that end in several outputs with a <see cref="Sigmoid"/>.</summary>
    /// <typeparam name="TLabel">The kind of label.</typeparam>
    /// <param name="predictor">The model.</param>
    /// <param name="labels">One for each output, in order.</param>
    /// <param name="fromLogits">True if the outputs are logits, without sigmoid.</param>
    /// <param name="threshold">The probability above which a sample has a label, in (0, 1); 0.5 by default.</param>
    /// <exception cref="ArgumentException">The number of labels is wrong, or not several outputs with a sigmoid (or logits).</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static MultiLabelClassifier<TLabel> MultiLabel<TLabel>(
        IPredictor predictor, IReadOnlyList<TLabel> labels, bool fromLogits = false, float threshold = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int outputs = RequireProbabilities(predictor, fromLogits);
        if (predictor.OutputMeaning is OutputMeaning.Probabilities || outputs == 1)
        {
            string who = outputs == 1 ? "A single output" : "A model that ends in Softmax";
            throw new ArgumentException($"{who} gives one class per sample: use {nameof(Classifier)}.{nameof(Of)}.", nameof(predictor));
        }

        RequireThreshold(threshold);
        if (labels.Count != outputs) throw new ArgumentException($"An output of {outputs} values has {outputs} labels, got {labels.Count}.", nameof(labels));
        return new MultiLabelClassifier<TLabel>(predictor, [.. labels], fromLogits, threshold);
    }

    /// <summary>The logistic function.</summary>
    internal static float Probability(float logit) => 1f / (1f + MathF.Exp(-logit));

    internal static ArgumentException NotANumber<TLabel>(TLabel label, string argument)
        => new($"The probability of {label} is NaN: the sample holds NaN or infinity, or the weights do.", argument);

    private static IReadOnlyList<string> NamesOf(IPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return predictor.ClassNames.Count > 0
            ? predictor.ClassNames
            : throw new ArgumentException("The model has no class names: set ClassNames before it is frozen or saved, or give labels.", nameof(predictor));
    }

    /// <summary>Checks that the outputs are a vector of what the caller says; returns its length.</summary>
    private static int RequireProbabilities(IPredictor predictor, bool fromLogits)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        if (predictor.OutputShape.Rank != 1)
            throw new ArgumentException($"A classifier needs outputs [batch, classes], the model gives {predictor.OutputShape.WithBatch()}.", nameof(predictor));
        if (fromLogits && predictor.GivesProbabilities)
            throw new ArgumentException("The model ends in Softmax or Sigmoid, so its outputs are probabilities, not logits.", nameof(predictor));
        if (fromLogits && !predictor.OutputMeaning.CanBeLogits())
        {
            string end = predictor.OutputActivation?.ToString() ?? $"a layer of {predictor.OutputMeaning}";
            throw new ArgumentException($"The model ends in {end}, so its outputs are not logits.", nameof(predictor));
        }

        if (!fromLogits && !predictor.GivesProbabilities)
        {
            throw new ArgumentException(
                "The model ends neither in Softmax nor in Sigmoid; append one, or pass fromLogits if its outputs are logits.", nameof(predictor));
        }

        return predictor.OutputShape.Size;
    }

    private static void RequireThreshold(float threshold)
    {
        if (threshold is not (> 0f and < 1f))
        {
            throw new ArgumentOutOfRangeException(
                nameof(threshold), threshold, FormattableString.Invariant($"The threshold is a probability between 0 and 1, got {threshold}."));
        }
    }

    /// <summary>A number is not a member name: the class "1" must not match the member with the value 1.</summary>
    private static TEnum Member<TEnum>(string name) where TEnum : struct, Enum
        => Enum.GetNames<TEnum>().Contains(name, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<TEnum>(name, ignoreCase: true)
            : throw new ArgumentException($"The model's class {name} is not a member of {typeof(TEnum).Name}: "
                + $"{string.Join(", ", Enum.GetNames<TEnum>())}.", nameof(name));
}
