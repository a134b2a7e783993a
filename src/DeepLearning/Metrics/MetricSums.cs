namespace DeepLearning;

/// <summary>
/// The accumulated sums of a metric: <see cref="Metric.Size"/> sums in double precision, and for a metric of ranks the gathered rows, such as a score, a target
/// and a weight for each sample. <see cref="Merge"/> adds the sums of another batch, validation, run or machine: the result then covers both.
/// </summary>
public sealed class MetricSums
{
    private readonly double[] sums;
    private float[] gathered = [];
    private float[] scratch = [];
    private int width;

    /// <summary>Sums of 0, and no rows.</summary>
    /// <param name="size">The number of sums, 0 or more: <see cref="Metric.Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public MetricSums(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        sums = new double[size];
    }

    /// <summary>The number of sums.</summary>
    public int Size => sums.Length;

    /// <summary>The number of gathered rows.</summary>
    public int Rows { get; private set; }

    /// <summary>One sum.</summary>
    /// <param name="index">From 0 to <see cref="Size"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sum.</exception>
    public double this[int index]
    {
        get => sums[Within(index, sums.Length, "sums")];
        set => sums[Within(index, sums.Length, "sums")] = value;
    }

    /// <summary>Gathers a row: <c>sums.Append(score, target, weight)</c>. Rows keep their order and take memory for each sample of an epoch.</summary>
    /// <param name="row">One or more values, the same number in each row.</param>
    /// <exception cref="ArgumentException">The row is empty, or its length differs from earlier rows.</exception>
    public void Append(params ReadOnlySpan<float> row)
    {
        if (row.IsEmpty) throw new ArgumentException("A gathered row must have one or more values, got none.", nameof(row));
        if (Rows > 0 && row.Length != width)
            throw new ArgumentException($"Gathered rows must have {width} values, like the first, got {row.Length}.", nameof(row));
        Reserve(1, row.Length);
        row.CopyTo(gathered.AsSpan(Rows++ * width));
    }

    /// <summary>A gathered row.</summary>
    /// <param name="index">From 0 to <see cref="Rows"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<float> Row(int index) => gathered.AsSpan(Within(index, Rows, "gathered rows") * width, width);

    /// <summary>A copy of one value of every row, which may be sorted. Empty if nothing was gathered.</summary>
    /// <param name="index">The place in the row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows have no such place.</exception>
    public float[] Column(int index)
    {
        var column = new float[Rows];
        if (Rows > 0) Within(index, width, "values a row");
        for (int i = 0; i < column.Length; i++) column[i] = gathered[i * width + index];
        return column;
    }

    /// <summary>Adds the sums of another part of the data, and joins its rows to these.</summary>
    /// <param name="other">The sums of the same metric for the other part; not changed.</param>
    /// <exception cref="ArgumentException">It has a different number of sums, or rows of another length. Nothing is changed.</exception>
    public void Merge(MetricSums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Size != Size)
            throw new ArgumentException($"Expected {Size} sums, like these, got {other.Size}: merge only sums of one metric.", nameof(other));
        if (Rows > 0 && other.Rows > 0 && other.width != width)
            throw new ArgumentException($"Expected rows of {width} values, like these, got {other.width}: merge only rows of one metric.", nameof(other));
        int more = other.Rows;
        if (more > 0)
        {
            Reserve(more, other.width);
            other.gathered.AsSpan(0, more * width).CopyTo(gathered.AsSpan(Rows * width));
            Rows += more;
        }

        for (int i = 0; i < sums.Length; i++) sums[i] += other.sums[i];
    }

    /// <summary>All sums.</summary>
    internal Span<double> Values => sums;

    /// <summary>Resets to sums of 0 and no rows; the memory is kept.</summary>
    internal void Clear()
    {
        Array.Clear(sums);
        (Rows, width) = (0, 0);
    }

    /// <summary>Memory for this many values, valid until the next call: a metric has no state to keep it in.</summary>
    internal Span<float> Scratch(int count)
    {
        if (scratch.Length < count) scratch = new float[count];
        return scratch.AsSpan(0, count);
    }

    internal void SaveState(StateWriter to)
    {
        for (int i = 0; i < sums.Length; i++) to.Write($"sum.{i}", sums[i]);
        to.Write("rows", Rows);
        if (Rows == 0) return;
        to.Write("width", width);
        to.Write("gathered", [Rows, width], gathered.AsMemory(0, Rows * width));
    }

    /// <summary>Reads what <see cref="SaveState"/> wrote for a metric of this size.</summary>
    /// <exception cref="ModelFormatException">Something is missing, or there are not as many rows as there should be.</exception>
    internal static MetricSums Read(StateReader from, int size)
    {
        var read = new MetricSums(size);
        // A metric may have any value, and so may its sums.
        for (int i = 0; i < size; i++) read.sums[i] = from.ReadDouble($"sum.{i}");
        if (from.Contains($"sum.{size}")) throw from.Wrong($"sum.{size}", $"nothing, as the metric has {size} sums,");
        int rows = from.ReadInt32("rows", 0, Array.MaxLength);
        if (rows == 0 && from.Contains("gathered")) throw from.Wrong("gathered", "nothing, as there are 0 rows,");
        if (rows == 0) return read;
        int width = from.ReadInt32("width", 1, Array.MaxLength / rows);
        (read.Rows, read.width, read.gathered) = (rows, width, from.ReadArray("gathered", [rows, width]));
        return read;
    }

    /// <summary>Applies what was read.</summary>
    internal void Take(MetricSums read)
    {
        read.sums.CopyTo(sums, 0);
        (Rows, width, gathered) = (read.Rows, read.width, read.gathered);
    }

    private void Reserve(int more, int length)
    {
        long needed = (Rows + (long)more) * length;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException($"More than {Array.MaxLength / length} rows of {length} values cannot be gathered: use a metric of sums.");
        width = length;
        if (needed > gathered.Length) Array.Resize(ref gathered, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * gathered.Length)));
    }

    private static int Within(int index, int count, string what)
        => (uint)index < (uint)count
            ? index
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {count} {what}, counted from 0; {index} is none of them.");
}
