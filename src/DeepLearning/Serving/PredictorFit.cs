namespace DeepLearning;

/// <summary>Whether one model may replace another while callers rely on its shapes and labels.</summary>
internal static class PredictorFit
{
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    /// <exception cref="InvalidDataException">The outputs mean something else, or a weight is NaN or infinite.</exception>
    public static void Require(Predictor current, Predictor next)
    {
        (string taken, string takenNow) = (Text(next.Inputs.Select(i => i.Shape)), Text(current.Inputs.Select(i => i.Shape)));
        if (taken != takenNow) throw new ShapeMismatchException($"The new model takes {taken}, the one in service {takenNow}.");
        (string given, string givenNow) = (Text(next.Outputs.Select(o => o.Shape)), Text(current.Outputs.Select(o => o.Shape)));
        if (given != givenNow) throw new ShapeMismatchException($"The new model gives {given}, the one in service {givenNow}.");
        if (!next.ClassNames.SequenceEqual(current.ClassNames))
            throw new InvalidDataException($"The new model's classes are {Text(next.ClassNames)}, those of the one in service {Text(current.ClassNames)}.");
        if (current.Encoding is not null) RequireTables(current, next);
        // With several outputs, a softmax gives one class, a sigmoid any number of labels.
        if (Text(next) != Text(current))
            throw new InvalidDataException($"The new model gives {Text(next)}, the one in service {Text(current)}.");
        RequireFinite(next);
    }

    /// <exception cref="InvalidDataException">A weight or a state is NaN or infinite.</exception>
    public static void RequireFinite(Predictor next)
    {
        foreach (Parameter parameter in next.Values)
        {
            int place = IndexOfNonFinite(parameter.Value.AsReadOnlySpan());
            if (place >= 0) throw new InvalidDataException($"The new model's {parameter} holds {parameter.Value.AsReadOnlySpan()[place]} at {place}.");
        }
    }

    private static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i])) return i;
        return -1;
    }

    private static string Text(IEnumerable<Shape> shapes) => string.Join(" and ", shapes.Select(s => s.WithBatch()));

    /// <summary>Callers with rows of a table rely on its columns, its targets and their classes; not on means and units, which each model brings.</summary>
    private static void RequireTables(Predictor current, Predictor next)
    {
        if (Text(next.Encoding) != Text(current.Encoding))
            throw new InvalidDataException($"The new model takes {Text(next.Encoding)}, the one in service {Text(current.Encoding)}.");
        for (int i = 0; i < next.Outputs.Count; i++)
        {
            if (next.MeaningOf(i) == current.MeaningOf(i) || current.Encoding!.Outputs.ElementAtOrDefault(i) is not { IsClass: true }) continue;
            throw new InvalidDataException(
                $"The new model's output {next.Outputs[i].Name} gives {next.MeaningOf(i)}, that of the one in service {current.MeaningOf(i)}.");
        }
    }

    private static string Text(TableEncoding? encoding) => encoding is null ? "no rows of a table"
        : $"rows with {string.Join(", ", encoding.InputColumns.Order())} for "
            + string.Join(", ", encoding.Outputs.Select(o => string.Join(", ", o.Targets) + (o.IsClass ? $" ({string.Join(", ", o.ClassNames)})" : "")));

    private static string Text(IReadOnlyList<string> names) => names.Count == 0 ? "without names" : string.Join(", ", names);

    private static string Text(Predictor predictor)
        => predictor.GivesProbabilities ? $"probabilities of a {predictor.OutputActivation?.ToString() ?? $"layer of {predictor.OutputMeaning}"}" : "no probabilities";
}
