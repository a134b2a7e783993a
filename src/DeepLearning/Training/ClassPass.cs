namespace DeepLearning;

/// <summary>A pass over data that compares a classifier's predictions with the targets.</summary>
internal static class ClassPass
{
    /// <summary>The probability above which one output, the second of two classes, or a label is predicted.</summary>
    public const float Threshold = 0.5f;

    /// <summary>Takes the places of a batch.</summary>
    public delegate void Take(ClassPlaces places);

    /// <summary>Goes through data once.</summary>
    /// <param name="who">What the pass is for, in messages.</param>
    /// <param name="model">A model of one output.</param>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="batchSize">Samples at a time.</param>
    /// <param name="begin">Receives how predictions are read; returns the handler of batches.</param>
    /// <returns>The class names of the model or the data; otherwise the class numbers.</returns>
    /// <exception cref="ArgumentException">The model's outputs are not classes, targets do not fit, or a prediction is NaN.</exception>
    public static IReadOnlyList<string> Over(string who, Model model, BatchSource data, int batchSize, Func<ClassReading, Take> begin)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (model.Outputs is not [{ } output])
            throw new InvalidOperationException($"{who} takes a model of one output, but this has {string.Join(", ", model.Outputs.Select(o => o.Name))}.");
        Objective? objective = model.Trainer.OnlyObjective;
        LayerSlot last = model.Graph.MakerOf(model.Graph.OutputValues[0]) ?? throw new ArgumentException("The output is an input of the model.", nameof(model));
        ClassReading reading = ClassReading.Of(who, who, Averaging.Macro, objective?.Loss, last.Layer, output.Shape);
        Take take = begin(reading);
        IReadOnlyList<string> names = model.ClassNames;
        int rows = 0;
        var position = new EpochPosition { BatchSize = batchSize, Random = RandomStreams.OfOrder(model.Seed, 0) };
        foreach (Batch batch in data.RecycledEpoch(position, new BatchBuffers()))
        {
            Tensor predictions = model.Inference.Predict(batch.InputTensors, CancellationToken.None)[0];
            if (objective?.Loss.OfLogits == true) predictions = objective.Probabilities(predictions);
            int nan = predictions.AsReadOnlySpan().IndexOf(float.NaN);
            if (nan >= 0) throw new ArgumentException($"The prediction of sample {rows + nan / output.Shape.Size} is NaN, which is no class.", nameof(data));
            ClassLabels.RequireAgreement(names, "the model", batch.ClassNames, "the data");
            take(reading.Read(predictions, LossShapes.Align(batch.Targets, predictions)));
            if (names.Count == 0) names = batch.ClassNames;
            rows += batch.Count;
        }

        return rows > 0 ? Named(names, reading.Classes) : throw new ArgumentException("There were no samples.", nameof(data));
    }

    /// <summary>A name for each class; its number where there is none.</summary>
    public static IReadOnlyList<string> Named(IReadOnlyList<string> names, int classes)
        => [.. Enumerable.Range(0, classes).Select(c => c < names.Count ? names[c] : FormattableString.Invariant($"{c}"))];
}
