namespace DeepLearning;

/// <summary>
/// What <see cref="TableEncoder.Fit"/> learned: tables become tensors, and predictions values of the targets. Columns are found by name: their order, and
/// others beside them, do not matter. Immutable and thread-safe. <c>model.Encoding = encoding</c> saves it with the model.
/// </summary>
public sealed partial class TableEncoding
{
    /// <summary>The name of the input that has the numbers of all columns.</summary>
    private const string Values = "values";

    private readonly FittedColumn[] inputs, targets, numbers, indices;
    private readonly FittedScale[] scales;

    internal TableEncoding(FittedColumn[] inputs, FittedColumn[] targets)
    {
        (this.inputs, this.targets) = (inputs, targets);
        (numbers, indices) = ([.. inputs.Where(c => c.IndexCount == 0)], [.. inputs.Where(c => c.IndexCount > 0)]);
        scales = [.. targets.OfType<FittedScale>()];
        FeatureNames = [.. numbers.SelectMany(c => c.FeatureNames)];
        Inputs = [.. numbers.Length == 0 ? (EncodedInput[])[] : [new EncodedInput(Values, [FeatureNames.Count], 0)],
            .. indices.Select(c => new EncodedInput(c.Sources[0], [c.Width], c.IndexCount))];
        Outputs = [.. OutputsOf(targets)];
    }

    /// <summary>The inputs that a model needs: the numbers of all columns together, then the indices of each column that has them.</summary>
    public IReadOnlyList<EncodedInput> Inputs { get; }

    /// <summary>The outputs that a model needs: the targets that are numbers together, where the first of them stands, and each class.</summary>
    public IReadOnlyList<EncodedOutput> Outputs { get; }

    /// <summary>The shape of one sample, for <c>Sequential.Input(encoding.InputShape)</c>.</summary>
    /// <exception cref="InvalidOperationException">There are several inputs, since a column gives indices: see <see cref="Inputs"/>.</exception>
    public Shape InputShape => Inputs is [var only]
        ? only.Shape
        : throw new InvalidOperationException($"The encoding has the inputs {string.Join(", ", Inputs.Select(i => i.Name))}: see "
            + $"{nameof(TableEncoding)}.{nameof(Inputs)}.");

    /// <summary>The name of each number of the first input, such as <c>city=Bern</c>; none if all columns give indices.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The columns that a table needs for predictions.</summary>
    public IReadOnlyList<string> InputColumns => [.. inputs.SelectMany(c => c.Sources).Distinct()];

    /// <summary>The columns to predict.</summary>
    public IReadOnlyList<string> TargetColumns => [.. targets.Select(c => c.Sources[0])];

    /// <summary>The classes of the only target by label; empty if it is a number, or if there are several targets.</summary>
    public IReadOnlyList<string> ClassNames => Outputs is [var only] ? only.ClassNames : [];

    /// <summary>The data set of a table: inputs and targets, for Fit and Evaluate.</summary>
    /// <param name="table">At least one row, with the columns of inputs and targets.</param>
    /// <exception cref="TableMismatchException">A column is not there or holds another type, or a value is missing, unseen or out of range.</exception>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    /// <exception cref="InvalidOperationException">The encoding has no targets: see <see cref="TransformInputs"/>.</exception>
    public Dataset Transform(Table table)
    {
        if (targets.Length == 0) throw new InvalidOperationException($"The encoding has no targets; {nameof(TransformInputs)} makes the inputs alone.");
        IReadOnlyList<Tensor> x = TransformInputs(table);
        IReadOnlyList<string> names = x.Count == 1 && numbers.Length > 0 ? FeatureNames : [];
        if (targets is [FittedClass only]) return new Dataset(x, only.Indices(table)) { FeatureNames = names, ClassNames = only.Classes };
        return new Dataset(x, [.. Outputs.Select(o => o.IsClass ? Labels(o, table) : Scaled(table))]) { FeatureNames = names };
    }

    /// <summary>The inputs of a table, for predictions; it needs no targets.</summary>
    /// <param name="table">Rows with the columns of the inputs.</param>
    /// <returns>A tensor for each of <see cref="Inputs"/>: [rows, …].</returns>
    /// <exception cref="TableMismatchException">A column is not there or holds another type, or a value is missing, unseen or out of range.</exception>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public IReadOnlyList<Tensor> TransformInputs(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Count == 0) throw new ArgumentException("Expected at least one row, got none.", nameof(table));
        var tensors = new List<Tensor>();
        if (numbers.Length > 0) tensors.Add(Block(numbers, table));
        foreach (FittedColumn column in indices) tensors.Add(Tensor.FromIndices(column.Indices(table), [table.Count, column.Width]));
        return tensors;
    }

    /// <summary>Predictions of the targets that are numbers, in their own units.</summary>
    /// <param name="predictions">[rows, targets], of the output that has the numbers.</param>
    /// <returns>[rows, targets].</returns>
    /// <exception cref="ShapeMismatchException">The number of columns is not that of the targets.</exception>
    public double[,] Inverse(Tensor predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (scales.Length == 0 || predictions.Rank < 1 || predictions.Count != predictions.Shape[0] * scales.Length)
            throw new ShapeMismatchException($"The encoding has {scales.Length} targets that are numbers, got predictions of shape {predictions.Shape}.",
                nameof(predictions));
        var values = new double[predictions.Shape[0], scales.Length];
        ReadOnlySpan<float> y = predictions.AsReadOnlySpan();
        for (int i = 0; i < y.Length; i++) values[i / scales.Length, i % scales.Length] = scales[i % scales.Length].Inverse(y[i]);
        return values;
    }

    /// <summary>For example <c>TableEncoding: city, age → values [5]; price</c>.</summary>
    public override string ToString()
        => $"{nameof(TableEncoding)}: {string.Join(", ", InputColumns)} → {string.Join(", ", Inputs.Select(i => $"{i.Name} {i.Shape}"))}; "
            + string.Join(", ", Outputs.Select(o => string.Join(", ", o.Targets) + (o.IsClass ? $" ({string.Join(", ", o.ClassNames.Take(10))})" : "")));

    private static IEnumerable<EncodedOutput> OutputsOf(FittedColumn[] targets)
    {
        bool hasNumbers = false;
        foreach (FittedColumn target in targets)
        {
            if (target is FittedClass classes) yield return new EncodedOutput(target.Sources, classes.Classes);
            else if (!hasNumbers) yield return new EncodedOutput([.. targets.Where(t => t is FittedScale).Select(t => t.Sources[0])], []);
            hasNumbers |= target is FittedScale;
        }
    }

    private static Tensor Block(FittedColumn[] columns, Table table)
    {
        int width = columns.Sum(c => c.Width), offset = 0;
        Tensor block = Tensor.Zeros([table.Count, width]);
        foreach (FittedColumn column in columns)
        {
            column.Encode(table, block.AsSpan()[offset..], width);
            offset += column.Width;
        }

        return block;
    }

    private Tensor Scaled(Table table) => Block(scales, table);

    private Tensor Labels(EncodedOutput output, Table table) => Dataset.LabelTensor(targets.Single(t => t.Sources[0] == output.Targets[0]).Indices(table));
}
