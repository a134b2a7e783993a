namespace DeepLearning;

/// <summary>How a classification metric reads predictions: a single yes-or-no output, one of several classes, or several labels.</summary>
/// <param name="Metric">The metric's name, for messages.</param>
/// <param name="Classes">The number of classes or labels; 2 for a single output.</param>
/// <param name="MultiLabel">Whether each output is an independent yes or no.</param>
internal readonly record struct ClassReading(string Metric, int Classes, bool MultiLabel)
{
    /// <summary>Reads the outputs of a model with this loss and this last layer.</summary>
    /// <param name="who">What reads them.</param>
    /// <param name="name">The metric's name.</param>
    /// <param name="averaging">How it averages over classes; null if it takes only exclusive classes.</param>
    /// <param name="loss">The loss; null if the model is not compiled.</param>
    /// <param name="last">The last layer.</param>
    /// <param name="output">The shape of one prediction.</param>
    /// <exception cref="ArgumentException">The outputs are not classes, or of another kind.</exception>
    public static ClassReading Of(string who, string name, Averaging? averaging, Loss? loss, Layer last, Shape output)
    {
        bool exclusive = loss?.Targets is TargetKind.OneHot or TargetKind.Labels || last.OutputMeaning is OutputMeaning.Probabilities;
        bool yesOrNo = loss?.Targets is TargetKind.Binary || last.OutputMeaning.IsYesOrNo();
        if (!exclusive && !yesOrNo) throw NoClasses(who, loss, last);
        int outputs = output.Rank == 0 ? 1 : output[-1];
        var reading = new ClassReading(name, Math.Max(2, outputs), yesOrNo && outputs > 1);
        if (reading.MultiLabel && averaging is null)
        {
            throw new ArgumentException(
                $"{who} takes one class for each sample, but each of the {outputs} outputs of {last} is a yes or no by itself: use {nameof(HammingLoss)}, "
                + $"{nameof(SubsetAccuracy)} or {nameof(F1Score)}, or end a model of exclusive classes with Softmax().");
        }

        return averaging == Averaging.Binary && (reading.MultiLabel || outputs > 2)
            ? throw new ArgumentException(
                $"{who} of yes and no takes one output or two classes, but the model has {outputs} {(reading.MultiLabel ? "labels" : "classes")}: say how to "
                + $"average over them, as new {who}({nameof(Averaging)}.{nameof(Averaging.Macro)}) does.")
            : reading;
    }

    /// <summary>Reads the outputs of a model for a metric.</summary>
    /// <exception cref="ArgumentException">The outputs are not classes, or of another kind.</exception>
    public static ClassReading Of(Metric metric, Averaging? averaging, Loss loss, Layer last, Shape output)
        => Of(metric.GetType().Name, metric.Name, averaging, loss, last, output);

    /// <summary>Reads each output as an independent yes or no.</summary>
    /// <exception cref="ArgumentException">The outputs are quantities, or exclusive classes.</exception>
    public static ClassReading OfLabels(Metric metric, Loss loss, Layer last, Shape output)
    {
        ClassReading reading = Of(metric, Averaging.Micro, loss, last, output);
        return reading.MultiLabel || output.Size == 1 || output[-1] == 1
            ? reading
            : throw new ArgumentException(
                $"{metric.GetType().Name} judges labels, a yes or no for each output, but {last} gives {output[-1]} exclusive classes: "
                + $"use {nameof(Accuracy)}.");
    }

    /// <summary>Reads the outputs of a model whose predictions are one of several classes.</summary>
    /// <exception cref="ArgumentException">The outputs are something else.</exception>
    public static ClassReading OfClasses(Metric metric, Loss loss, Layer last, Shape output)
    {
        ClassReading reading = Of(metric, averaging: null, loss, last, output);
        ClassRows.Require(output, metric.Name);
        return reading;
    }

    /// <summary>Reads a batch by its shapes, without a model.</summary>
    /// <exception cref="ArgumentException">Targets do not fit the predictions.</exception>
    public static ClassPlaces ReadAny(string metric, Tensor predictions, Tensor targets, bool multiLabel = false)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        int outputs = predictions.Rank < 2 ? 1 : predictions.Shape[-1];
        return new ClassReading(metric, Math.Max(2, outputs), multiLabel && outputs > 1).Read(predictions, targets);
    }

    /// <summary>Checks targets that are a yes or no for each output.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void ValidateLabels(string metric, Tensor targets, Shape output)
        => new ClassReading(metric, output.Rank == 0 ? 2 : Math.Max(2, output[-1]), output.Rank > 0 && output[-1] > 1).Validate(targets, output);

    /// <summary>Checks targets that are one class for each place.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void ValidateClasses(string metric, Tensor targets, Shape output)
        => new ClassReading(metric, output.Rank == 0 ? 2 : Math.Max(2, output[-1]), MultiLabel: false).Validate(targets, output);

    /// <summary>Checks targets for predictions of this shape.</summary>
    /// <exception cref="ArgumentException">They are not classes.</exception>
    public void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        int outputs = output.Rank == 0 ? 1 : output[-1], rows = targets.Rank == 0 ? 0 : targets.Shape.Dimensions[0];
        RequireTargets(targets, rows, rows * (output.Size / outputs), outputs, output, isBatch: false);
    }

    /// <summary>Reads a batch; allocates nothing.</summary>
    /// <exception cref="ArgumentException">The predictions have another number of classes, or targets do not fit them.</exception>
    public ClassPlaces Read(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Rank == 0) throw new ShapeMismatchException($"{Metric} expects predictions [batch, …], got {predictions.Shape}.", nameof(predictions));
        int outputs = predictions.Rank == 1 ? 1 : predictions.Shape[-1];
        if (outputs != Classes && (outputs != 1 || Classes != 2 || MultiLabel))
        {
            throw new ShapeMismatchException(
                $"{Metric} counts {Classes} {(MultiLabel ? "labels" : "classes")}, but the predictions are {predictions.Shape}: by hand set Classes to "
                + "the size of their last dimension; Compile does it by itself.", nameof(predictions));
        }

        int places = predictions.Count / outputs, samples = predictions.Shape.Dimensions[0];
        bool labels = RequireTargets(targets, samples, places, outputs, predictions.Shape, isBatch: true);
        return new ClassPlaces(predictions, targets, outputs, labels, samples == 0 ? 0 : places / samples);
    }

    /// <summary>Checks the number and the values of targets; whether there is one for each place.</summary>
    private bool RequireTargets(Tensor targets, int samples, int places, int outputs, Shape shape, bool isBatch)
    {
        bool labels = targets.Count == places && !MultiLabel;
        if (!labels && targets.Count != places * outputs)
        {
            string one = outputs == 1 ? "a 0 or 1 for each prediction" : "one label for each row, or one-hot rows,";
            string expected = MultiLabel ? "a 0 or 1 for each output" : one;
            string of = isBatch ? shape.ToString() : shape.WithBatch();
            throw new ShapeMismatchException($"{Metric} expects {expected} of predictions {of}, got {targets.Shape}.", nameof(targets));
        }

        if (labels && outputs > 1) CrossEntropy.RequireLabels(targets, Classes, Metric);
        else if (labels || MultiLabel) RequireYesOrNo(targets, samples);
        else CrossEntropy.RequireShares(targets, shape, Metric);
        return labels;
    }

    /// <summary>Checks that targets are 0 or 1.</summary>
    private void RequireYesOrNo(Tensor targets, int samples)
    {
        ReadOnlySpan<float> t = targets.AsReadOnlySpan();
        int wrong = t.IndexOfAnyExcept(0f, 1f);
        if (wrong < 0) return;
        throw new ArgumentException(
            FormattableString.Invariant($"{Metric} expects targets 0 and 1, got {t[wrong]} in row {wrong / (t.Length / samples)}: for quantities use ")
            + $"{nameof(MeanAbsoluteError)} or {nameof(RSquared)}; labels of more classes need a model with an output for each.", nameof(targets));
    }

    private static ArgumentException NoClasses(string who, Loss? loss, Layer last)
    {
        const string Fix = "end the model with Sigmoid() or Softmax()";
        return new ArgumentException(loss switch
        {
            null => $"{who} judges classes by their probabilities, but the model ends with {last}: {Fix}, or compile it with a loss that takes logits.",
            { IsRegression: true } => $"{who} judges classes, but {loss.Name} of a model that ends with {last} compares quantities: use {nameof(RSquared)} or "
                + $"{nameof(MeanAbsoluteError)}; for classes {Fix} and use its cross-entropy.",
            _ => $"{who} judges classes by their probabilities, but what {last} gives under {loss.Name} may be anything: {Fix}.",
        });
    }
}
