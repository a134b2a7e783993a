namespace DeepLearning;

/// <content>The encoding of the tables that the model was trained on.</content>
public abstract partial class Model
{
    /// <summary>
    /// How rows of a table become inputs, and outputs values of the targets; null by default. Saved with the model, so that a <c>TablePredictor</c> takes raw
    /// rows. The classes of an only target become <see cref="ClassNames"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The model's inputs or outputs are not those of the encoding, or its class names differ.</exception>
    public TableEncoding? Encoding
    {
        get;
        set
        {
            if (value is not null) RequireEncoding(value);
            field = value;
            if (value is { ClassNames.Count: > 0 } && ClassNames.Count == 0) ClassNames = value.ClassNames;
        }
    }

    private void RequireEncoding(TableEncoding encoding)
    {
        string needed = string.Join(", ", encoding.Inputs.Select(i => Text(i.Shape, i.IsInteger))),
            taken = string.Join(", ", Inputs.Select(i => Text(i.Shape, i.IsInteger)));
        if (needed != taken)
            throw new ShapeMismatchException($"The encoding gives {needed} ({string.Join(", ", encoding.Inputs.Select(i => i.Name))}), but the model takes "
                + $"{taken}.", nameof(encoding));
        if (encoding.Outputs.Count == 0) return;
        if (encoding.Outputs.Count != Outputs.Count)
        {
            throw new ShapeMismatchException($"The encoding has {encoding.Outputs.Count} outputs, "
                + $"{string.Join(" and ", encoding.Outputs.Select(o => string.Join(", ", o.Targets)))}, but the model has {Outputs.Count}.", nameof(encoding));
        }

        for (int i = 0; i < Outputs.Count; i++)
        {
            EncodedOutput output = encoding.Outputs[i];
            int size = Outputs[i].Shape.Size;
            if (size == output.Size || (output.ClassNames.Count == 2 && size == 1)) continue;
            throw new ShapeMismatchException($"The output {Outputs[i].Name} has {size} values, but {string.Join(", ", output.Targets)} "
                + (output.IsClass ? $"has {output.Size} classes." : $"needs {output.Size}."), nameof(encoding));
        }

        if (encoding.ClassNames.Count > 0) ClassLabels.RequireAgreement(ClassNames, "the model", encoding.ClassNames, "the encoding");

        static string Text(Shape shape, bool isInteger) => shape.WithBatch() + (isInteger ? " of indices" : "");
    }
}
