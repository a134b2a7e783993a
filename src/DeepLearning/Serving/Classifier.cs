namespace DeepLearning;

/// <summary>Makes classifiers: labels for a predictor's outputs.</summary>
/// <remarks>
/// The model's last layer must be a <see cref="Softmax"/> or a <see cref="Sigmoid"/>; nothing is applied in silence, as linear outputs may just as well be
/// values. For a model that was trained on logits, say so with <c>fromLogits</c>: softmax is then applied here, or for one output the logistic function.
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
    /// <param name="predictor">The model; it has class names.</param>
    /// <param name="fromLogits">True if the outputs are logits, without softmax or sigmoid.</param>
    /// <exception cref="ArgumentException">The model has no class names, or its outputs are no probabilities (no logits).</exception>
    public static Classifier<string> Of(IPredictor predictor, bool fromLogits = false)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        if (predictor.ClassNames.Count == 0)
            throw new ArgumentException("The model has no class names: set ClassNames before it is frozen or saved, or give labels.", nameof(predictor));
        return Of(predictor, predictor.ClassNames, fromLogits);
    }

    /// <summary>Labels of any kind.</summary>
    /// <typeparam name="TLabel">The kind of label.</typeparam>
    /// <param name="predictor">The model.</param>
    /// <param name="labels">One for each output, in order; two for a single output, the negative one first.</param>
    /// <param name="fromLogits">True if the outputs are logits, without softmax or sigmoid.</param>
    /// <exception cref="ArgumentException">Another number of labels, or the outputs are no probabilities (no logits), or not a vector.</exception>
    public static Classifier<TLabel> Of<TLabel>(IPredictor predictor, IReadOnlyList<TLabel> labels, bool fromLogits = false)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(labels);
        if (predictor.OutputShape.Rank != 1)
            throw new ArgumentException($"A classifier needs outputs [batch, classes], the model gives {predictor.OutputShape.WithBatch()}.", nameof(predictor));
        if (predictor.GivesProbabilities == fromLogits)
        {
            throw new ArgumentException(
                fromLogits
                    ? "The model ends in Softmax or Sigmoid, so its outputs are probabilities, not logits."
                    : "The model ends neither in Softmax nor in Sigmoid; end it so, or pass fromLogits if its outputs are logits.", nameof(predictor));
        }

        int outputs = predictor.OutputShape.Count, expected = outputs == 1 ? 2 : outputs;
        if (labels.Count != expected) throw new ArgumentException($"An output of {outputs} values has {expected} labels, got {labels.Count}.", nameof(labels));
        return new Classifier<TLabel>(predictor, [.. labels], fromLogits);
    }

    /// <summary>The members of an enum as labels: matched with the model's class names where it has some, else in the order of their values.</summary>
    /// <typeparam name="TEnum">The enum; without class names, it has a member for each output.</typeparam>
    /// <param name="predictor">The model.</param>
    /// <param name="fromLogits">True if the outputs are logits, without softmax or sigmoid.</param>
    /// <exception cref="ArgumentException">
    /// A class name is no member, two names stand for one value, another number of members, or the outputs are no probabilities (no logits).
    /// </exception>
    public static Classifier<TEnum> OfEnum<TEnum>(IPredictor predictor, bool fromLogits = false) where TEnum : struct, Enum
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

        return Of(predictor, labels, fromLogits);
    }

    /// <summary>Numbers in a name are no members: the class "1" must not become whatever has the value 1.</summary>
    private static TEnum Member<TEnum>(string name) where TEnum : struct, Enum
        => Enum.GetNames<TEnum>().Contains(name, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<TEnum>(name, ignoreCase: true)
            : throw new ArgumentException($"The model's class {name} is no member of {typeof(TEnum).Name}: {string.Join(", ", Enum.GetNames<TEnum>())}.", nameof(name));
}
