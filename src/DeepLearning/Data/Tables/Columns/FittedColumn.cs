namespace DeepLearning;

/// <summary>A column of an encoding with what it learned: how values become numbers, or indices, in every table.</summary>
internal abstract class FittedColumn
{
    /// <summary>The name of its kind in files.</summary>
    public abstract string Kind { get; }

    /// <summary>The columns of a table that it reads.</summary>
    public abstract IReadOnlyList<string> Sources { get; }

    /// <summary>The name of each number that it gives, such as <c>city=Bern</c>.</summary>
    public abstract IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The number of different indices, if it gives indices, which are an input of their own; 0 if it gives numbers.</summary>
    public virtual int IndexCount => 0;

    /// <summary>The numbers of a row.</summary>
    public int Width => FeatureNames.Count;

    /// <summary>Writes the numbers of all rows, if <see cref="IndexCount"/> is 0.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="block">[rows, stride], at this column's first number.</param>
    /// <param name="stride">The distance from a row to the next.</param>
    /// <exception cref="TableMismatchException">A column or a value does not fit.</exception>
    public virtual void Encode(Table table, Span<float> block, int stride) => throw new NotSupportedException($"{GetType().Name} gives indices, not numbers.");

    /// <summary>The indices of all rows, [rows, width], if <see cref="IndexCount"/> is not 0.</summary>
    /// <exception cref="TableMismatchException">A column or a value does not fit.</exception>
    public virtual int[] Indices(Table table) => throw new NotSupportedException($"{GetType().Name} gives numbers, not indices.");

    /// <summary>Stores what it learned.</summary>
    public abstract void Write(Settings settings);
}
