namespace DeepLearning;

/// <summary>
/// Windows over a series, to learn what follows: sample i has the rows i·stride, i·stride + rate, … as inputs [length, features], and the target of the row
/// that is <see cref="Offset"/> rows after its last one. Windows reach only as far as the rows they are made of: split a series first, and make windows of
/// each part, then none has seen the other part.
/// </summary>
/// <remarks>
/// As Keras's <c>timeseries_dataset_from_array</c> (<c>sequence_stride</c>, <c>sampling_rate</c>), whose targets begin at the first row of a window: there
/// the caller shifts them by (length − 1)·rate + offset rows, here <see cref="Offset"/> says how far ahead to look.
/// </remarks>
/// <example>
/// <code>
/// (Dataset past, Dataset recent) = hours.SplitLast(0.2); var day = new TimeSeriesWindows(length: 24, offset: 1);
/// Dataset train = day.Over(past), test = day.Over(recent);
/// </code>
/// </example>
public sealed record TimeSeriesWindows
{
    /// <summary>Windows of this length.</summary>
    /// <param name="length">Rows in a window, at least 1.</param>
    /// <param name="offset">Rows from the last of a window to its target, at least 0: 1, the default, is the next row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public TimeSeriesWindows(int length, int offset = 1) => (Length, Offset) = (AtLeast(1, length, nameof(length)), AtLeast(0, offset, nameof(offset)));

    /// <summary>Rows in a window.</summary>
    public int Length { get; }

    /// <summary>
    /// Rows from the last of a window to its target: 1, the default, is the next row. At 0 the target is that of the last row itself, for classes of what a
    /// window shows; as a forecast of its own inputs, that would be the answer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0.</exception>
    public int Offset { get; init => field = AtLeast(0, value, nameof(Offset)); }

    /// <summary>Rows from the beginning of a window to that of the next, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Stride { get; init => field = AtLeast(1, value, nameof(Stride)); } = 1;

    /// <summary>Rows from one row of a window to its next: 1, the default, for neighbours, 6 for hours of a series of ten minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int SamplingRate { get; init => field = AtLeast(1, value, nameof(SamplingRate)); } = 1;

    /// <summary>Windows over a series that is forecast itself: the targets are its rows.</summary>
    /// <param name="series">[n, features], or [n] for one feature.</param>
    /// <returns>Inputs [windows, length, features], targets [windows, features].</returns>
    /// <exception cref="ArgumentException">The series is too short for a window with its target, or <see cref="Offset"/> is 0.</exception>
    public Dataset Over(Tensor series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (Offset == 0)
        {
            throw new ArgumentException(
                "A series that is forecast needs an offset of at least 1: with 0 the target would be the last row of the inputs. Give a data set with other "
                + "targets to learn what a window shows.", nameof(series));
        }

        Tensor rows = series.Rank == 1 ? series.View(null, [series.Count, 1]) : series;
        return Over(new Dataset(rows, rows));
    }

    /// <summary>Windows over the rows of a data set, in the order of time; names of features and classes are kept.</summary>
    /// <param name="data">Inputs [n, …], and what to learn of each row as targets.</param>
    /// <returns>Inputs [windows, length, …]; targets, and weights if there are any, of the row that is looked at. All are copies.</returns>
    /// <exception cref="ArgumentException">There are fewer rows than a window needs with its target.</exception>
    public Dataset Over(Dataset data)
    {
        int windows = CountOver(data);
        var targets = new int[windows];
        for (int w = 0; w < windows; w++) targets[w] = TargetRow(w);
        return data.Select(targets).WithRowsOf([.. data.InputTensors.Select(rows => Windows(rows, windows))]);
    }

    /// <summary>The windows over so many rows: each has its target among them.</summary>
    internal int CountOver(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        long reach = (Length - 1L) * SamplingRate + Offset + 1;
        return reach <= data.Count
            ? (int)((data.Count - reach) / Stride) + 1
            : throw new ArgumentException(
                $"Expected at least {reach} rows for a window of {Length}{(SamplingRate > 1 ? $", {SamplingRate} apart," : "")} with its target "
                + $"{Offset} ahead, "
                + $"got {data.Count}.", nameof(data));
    }

    internal int TargetRow(int window) => FirstRow(window) + (Length - 1) * SamplingRate + Offset;

    internal int FirstRow(int window) => window * Stride;

    /// <summary>Fills numbers of the rows of a window.</summary>
    internal void FillRows(Span<int> rows, int window)
    {
        for (int i = 0; i < rows.Length; i++) rows[i] = FirstRow(window) + i * SamplingRate;
    }

    private Tensor Windows(Tensor rows, int windows)
    {
        var numbers = new int[(long)windows * Length];
        for (int w = 0; w < windows; w++) FillRows(numbers.AsSpan(w * Length, Length), w);
        Tensor gathered = Dataset.NewRows(rows, numbers.Length);
        gathered.GatherRows(rows, numbers);
        return gathered.View(null, [windows, Length, .. rows.Shape.WithoutFirst()]);
    }

    private static int AtLeast(int least, int value, string name)
        => value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be ≥ {least}, got {value}.");
}
