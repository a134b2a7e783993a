namespace DeepLearning;

/// <summary>
/// Predictions for raw rows, by name: the encoding that the model was trained with makes inputs of them, and its outputs become values of the targets, numbers
/// in their own units and classes by their names. Thread-safe. Created by <see cref="Load(string, LayerKinds)"/> or <see cref="Model.ToTablePredictor"/>.
/// </summary>
/// <example>
/// <code>
/// TablePredictor predictor = TablePredictor.Load("houses.safetensors");
/// double price = predictor.Predict(new Dictionary&lt;string, object?&gt; { ["city"] = "Bern", ["age"] = 30 });
/// </code>
/// </example>
public sealed class TablePredictor
{
    private readonly Func<Predictor> current;

    private TablePredictor(Func<Predictor> current)
    {
        this.current = current;
        Predictor predictor = current();
        RequireTargets(predictor);
    }

    /// <summary>How rows become inputs, and outputs values.</summary>
    public TableEncoding Encoding => current().Encoding!;

    /// <summary>Loads a model that was saved with its encoding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <exception cref="ModelFormatException">The file is cut off, damaged, of a newer version, or something else; or it has no encoding.</exception>
    /// <exception cref="InvalidOperationException">The outputs do not fit the targets: see <see cref="Of(Predictor)"/>.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static TablePredictor Load(string path, LayerKinds? layers = null)
    {
        var predictor = Predictor.Load(path, layers);
        return predictor.Encoding is null
            ? throw new ModelFormatException($"{path} holds a model without the encoding of a table: set model.Encoding before it is saved, or predict with "
                + "Predictor.Load.")
            : Of(predictor);
    }

    /// <summary>Predictions of this model.</summary>
    /// <param name="predictor">A model with an encoding.</param>
    /// <exception cref="InvalidOperationException">It has no encoding, the encoding no targets, or a class does not come from a softmax or a
    /// sigmoid.</exception>
    public static TablePredictor Of(Predictor predictor)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return new TablePredictor(() => predictor);
    }

    /// <summary>Predictions of the model in service: each call uses one model together with its own encoding.</summary>
    /// <param name="predictor">A predictor whose models have encodings of the same columns and targets.</param>
    /// <exception cref="InvalidOperationException">It has no encoding, the encoding no targets, or a class does not come from a softmax or a
    /// sigmoid.</exception>
    public static TablePredictor Of(ReloadingPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return new TablePredictor(() => predictor.Current);
    }

    /// <summary>The number that a model of one such target predicts for a row, in the target's own unit.</summary>
    /// <param name="row">A value for each input column, in any order; null where one is missing. Others are ignored.</param>
    /// <exception cref="TableMismatchException">A column is not there or holds another type, or a value is missing, unseen or out of range.</exception>
    /// <exception cref="InvalidOperationException">The model predicts a class, or several targets.</exception>
    public double Predict(IReadOnlyDictionary<string, object?> row) => Predict(One(row))[0];

    /// <summary>The numbers that a model of one such target predicts, in the target's own unit.</summary>
    /// <param name="rows">The input columns, in any order; others are ignored.</param>
    /// <exception cref="TableMismatchException">A column is not there or holds another type, or a value is missing, unseen or out of range.</exception>
    /// <exception cref="InvalidOperationException">The model predicts a class, or several targets.</exception>
    public double[] Predict(Table rows)
    {
        Predictor predictor = current();
        RequireOnly(predictor, isClass: false, nameof(Classify));
        return Numbers(predictor.Encoding!, Outputs(predictor, rows)[0], 0);
    }

    /// <summary>The most likely class of a row, with its probability.</summary>
    /// <param name="row">A value for each input column, in any order; null where one is missing. Others are ignored.</param>
    /// <exception cref="TableMismatchException">A column is not there or holds another type, or a value is missing, unseen or out of range.</exception>
    /// <exception cref="InvalidOperationException">The model predicts a number, or several targets.</exception>
    public Classification<string> Classify(IReadOnlyDictionary<string, object?> row) => Classify(One(row))[0];

    /// <summary>The most likely class of each row, with its probability; of two with a single sigmoid, the second above 0.5.</summary>
    /// <param name="rows">The input columns, in any order; others are ignored.</param>
    /// <exception cref="TableMismatchException">A column is not there or holds another type, or a value is missing, unseen or out of range.</exception>
    /// <exception cref="InvalidOperationException">The model predicts a number, or several targets.</exception>
    public Classification<string>[] Classify(Table rows)
    {
        Predictor predictor = current();
        RequireOnly(predictor, isClass: true, nameof(Predict));
        return Classes(predictor, 0, Outputs(predictor, rows)[0]);
    }

    /// <summary>The predictions of all targets of a row, as a table of one row.</summary>
    /// <inheritdoc cref="PredictAll(Table)"/>
    /// <param name="row">A value for each input column, in any order; null where one is missing. Others are ignored.</param>
    public Table PredictAll(IReadOnlyDictionary<string, object?> row) => PredictAll(One(row));

    /// <summary>The predictions of all targets: a column of numbers or of class names for each, and beside the latter one with the probabilities,
    /// <c>kind probability</c>.</summary>
    /// <param name="rows">The input columns, in any order; others are ignored.</param>
    /// <exception cref="TableMismatchException">A column is not there or holds another type, or a value is missing, unseen or out of range.</exception>
    public Table PredictAll(Table rows)
    {
        Predictor predictor = current();
        TableEncoding encoding = predictor.Encoding!;
        IReadOnlyList<Tensor> outputs = Outputs(predictor, rows);
        var columns = new List<TableColumn>();
        for (int i = 0; i < outputs.Count; i++)
        {
            IReadOnlyList<string> targets = encoding.Outputs[i].Targets;
            if (encoding.Outputs[i].IsClass)
            {
                Classification<string>[] classes = Classes(predictor, i, outputs[i]);
                columns.Add(TableColumn.Texts(targets[0], [.. classes.Select(c => c.Label)]));
                columns.Add(TableColumn.Numbers($"{targets[0]} probability", [.. classes.Select(c => (double?)c.Probability)]));
            }
            else
            {
                for (int t = 0; t < targets.Count; t++)
                    columns.Add(TableColumn.Numbers(targets[t], [.. Numbers(encoding, outputs[i], t).Select(v => (double?)v)]));
            }
        }

        return new Table(columns);
    }

    /// <summary>A table of the columns that the model takes: what else a row has may be of any type.</summary>
    private Table One(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new Table([.. Encoding.InputColumns.Select(name => row.TryGetValue(name, out object? value)
            ? TableColumn.Of(name, [value])
            : throw new TableMismatchException($"Column '{name}' is not there: the row has {string.Join(", ", row.Keys)}. A missing value is a null, not a "
                + "missing column.", name))]);
    }

    private static IReadOnlyList<Tensor> Outputs(Predictor predictor, Table rows)
    {
        IReadOnlyList<Tensor> outputs = predictor.Predict(predictor.Encoding!.TransformInputs(rows));
        for (int i = 0; i < outputs.Count; i++)
        {
            if (Array.Exists(outputs[i].ToArray(), float.IsNaN))
                throw new InvalidOperationException($"The output {predictor.Outputs[i].Name} is NaN: a weight of the model is not finite.");
        }

        return outputs;
    }

    private static double[] Numbers(TableEncoding encoding, Tensor output, int target)
    {
        double[,] values = encoding.Inverse(output);
        return [.. Enumerable.Range(0, values.GetLength(0)).Select(r => values[r, target])];
    }

    private static Classification<string>[] Classes(Predictor predictor, int output, Tensor predictions)
    {
        IReadOnlyList<string> names = predictor.Encoding!.Outputs[output].ClassNames;
        bool isLog = predictor.MeaningOf(output) == OutputMeaning.LogProbabilities;
        int width = predictions.Count / predictions.Shape[0];
        var classes = new Classification<string>[predictions.Shape[0]];
        for (int r = 0; r < classes.Length; r++)
        {
            ReadOnlySpan<float> row = predictions.AsReadOnlySpan().Slice(r * width, width);
            if (row.Length == 1)
            {
                classes[r] = row[0] > 0.5f ? new(names[1], row[0]) : new(names[0], 1f - row[0]);
                continue;
            }

            int best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row);
            classes[r] = new(names[best], isLog ? MathF.Exp(row[best]) : row[best]);
        }

        return classes;
    }

    private static void RequireTargets(Predictor predictor)
    {
        if (predictor.Encoding is not { } encoding)
            throw new InvalidOperationException($"The model has no encoding of a table: set model.{nameof(Encoding)} before it is frozen or saved.");
        if (encoding.Outputs.Count == 0)
            throw new InvalidOperationException($"The encoding has no targets, so that outputs have no unit and no names: give the encoder a target, or "
                + $"predict with {nameof(Predictor)}.");
        for (int i = 0; i < encoding.Outputs.Count; i++)
        {
            OutputMeaning meaning = predictor.MeaningOf(i);
            bool isSingle = predictor.Outputs[i].Shape.Size == 1;
            if (!encoding.Outputs[i].IsClass || (isSingle ? meaning == OutputMeaning.IndependentProbabilities : meaning.IsOverClasses())) continue;
            throw new InvalidOperationException($"The class {encoding.Outputs[i].Targets[0]} needs probabilities, but the output {predictor.Outputs[i].Name} "
                + $"gives {meaning}: end the model in Softmax, or for two classes in Dense(1) and Sigmoid.");
        }
    }

    private static void RequireOnly(Predictor predictor, bool isClass, string other)
    {
        IReadOnlyList<EncodedOutput> outputs = predictor.Encoding!.Outputs;
        if (outputs.Count > 1 || outputs[0].Targets.Count > 1)
            throw new InvalidOperationException($"The model predicts {string.Join(", ", outputs.SelectMany(o => o.Targets))}: use {nameof(PredictAll)}.");
        if (outputs[0].IsClass != isClass)
            throw new InvalidOperationException($"The model predicts {outputs[0].Targets[0]}, which is {(isClass ? "a number" : "a class")}: use {other}.");
    }
}
