namespace DeepLearning;

/// <summary>
/// How a column of a table becomes numbers. Immutable; learns nothing before <see cref="TableEncoder.Fit"/>. What is missing is refused unless
/// <c>missing</c> says what stands in for it.
/// </summary>
public abstract class Column
{
    private protected Column() { }

    /// <summary>Whether it takes several columns together.</summary>
    internal virtual bool IsGroup => false;

    /// <summary>(x − mean) / standard deviation over the rows it is fitted to, the population's, as scikit-learn's StandardScaler; a constant column becomes
    /// 0.</summary>
    /// <param name="missing">What stands in for missing values, which are otherwise refused; they do not count in mean and deviation.</param>
    /// <param name="missingFlag">Whether a second number is 1 where the value is missing, and 0 elsewhere; it is left out if no value was missing in the rows
    /// it is fitted to, as the model could not learn what it means.</param>
    public static Column Standard(Impute? missing = null, bool missingFlag = false)
        => new ScaledColumn(FittedScale.Standard, nameof(Standard), missing, missingFlag, isLog: false, ScaledColumn.OfMoments);

    /// <summary>(x − minimum) / (maximum − minimum): from 0 to 1 over the rows it is fitted to; others may fall outside. A constant column becomes 0.</summary>
    /// <inheritdoc cref="Standard"/>
    public static Column MinMax(Impute? missing = null, bool missingFlag = false)
        => new ScaledColumn(FittedScale.MinMax, nameof(MinMax), missing, missingFlag, isLog: false, ScaledColumn.OfRange);

    /// <summary>(x − median) / (third quartile − first), for columns with outliers; as scikit-learn's RobustScaler. Divided by 1 if the quartiles are
    /// equal.</summary>
    /// <inheritdoc cref="Standard"/>
    public static Column Robust(Impute? missing = null, bool missingFlag = false)
        => new ScaledColumn(FittedScale.Robust, nameof(Robust), missing, missingFlag, isLog: false, ScaledColumn.OfQuartiles);

    /// <summary>log(1 + x), then standardised: for amounts and counts of very different sizes. Numbers of −1 and below are refused.</summary>
    /// <param name="missing">What stands in for missing values, before the logarithm; they are otherwise refused.</param>
    /// <param name="missingFlag">Whether a second number is 1 where the value is missing, and 0 elsewhere.</param>
    /// <param name="standardize">False for the plain logarithm.</param>
    public static Column Log1p(Impute? missing = null, bool missingFlag = false, bool standardize = true)
        => new ScaledColumn(FittedScale.Log1p, nameof(Log1p), missing, missingFlag, isLog: true, standardize ? ScaledColumn.OfMoments : static _ => (0, 1));

    /// <summary>The number as it is; true is 1 and false 0. Whole numbers that float32 cannot hold are refused.</summary>
    /// <inheritdoc cref="Standard"/>
    public static Column PassThrough(Impute? missing = null, bool missingFlag = false)
        => new ScaledColumn(FittedScale.PassThrough, nameof(PassThrough), missing, missingFlag, isLog: false, static _ => (0, 1));

    /// <summary>
    /// A place for each category, sorted, with 1 in the row's and 0 elsewhere. Rare ones share the last place, and unseen ones with them; if none is rare, an
    /// unseen one is all 0. Like scikit-learn's OneHotEncoder with <c>handle_unknown="infrequent_if_exist"</c>.
    /// </summary>
    /// <param name="maximum">Keeps the most frequent categories; the others are rare. All by default.</param>
    /// <param name="minimumCount">Keeps categories that occur as often at least; the others are rare.</param>
    /// <param name="unseen">What becomes of unseen categories.</param>
    /// <param name="missing">What stands in for missing values, such as <c>Impute.Constant("missing")</c>, a category of its own; they are otherwise
    /// refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    /// <exception cref="ArgumentException">Categories are dropped, but unseen ones refused.</exception>
    public static Column OneHot(int? maximum = null, int minimumCount = 1, Unseen unseen = Unseen.Bucket, Impute? missing = null)
        => Categories(isIndex: false, maximum, minimumCount, unseen, missing);

    /// <summary>
    /// The number of the category, for an embedding: an input of its own, of integers [rows, 1]. 0 stands for rare and unseen ones unless they are refused;
    /// then come the categories, the most frequent first, as in Keras's StringLookup.
    /// </summary>
    /// <inheritdoc cref="OneHot"/>
    public static Column Index(int? maximum = null, int minimumCount = 1, Unseen unseen = Unseen.Bucket, Impute? missing = null)
        => Categories(isIndex: true, maximum, minimumCount, unseen, missing);

    /// <summary>
    /// The number of a bucket, for an embedding, from a hash of the category (64 bits): an input of its own, of integers [rows, 1]. Several categories
    /// may share one; none is unseen.
    /// </summary>
    /// <param name="buckets">How many, ≥ 2.</param>
    /// <param name="missing">What stands in for missing values; they are otherwise refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two.</exception>
    public static Column Hash(int buckets, Impute? missing = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 2);
        return new HashColumn(buckets, missing);
    }

    /// <summary>A place for each interval of numbers, with 1 in the row's: about as many rows in each as in the next.</summary>
    /// <param name="count">How many intervals, ≥ 2; fewer if many numbers are equal.</param>
    /// <param name="missing">What stands in for missing values; they are otherwise refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two.</exception>
    public static Column Bins(int count, Impute? missing = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return new BinColumn(count, null, missing);
    }

    /// <summary>A place for each interval: below the first boundary, from one to below the next, from the last on.</summary>
    /// <param name="boundaries">Finite, increasing, at least one.</param>
    /// <param name="missing">What stands in for missing values; they are otherwise refused.</param>
    /// <exception cref="ArgumentException">There is none, one is not finite, or they do not increase.</exception>
    public static Column Bins(IReadOnlyList<double> boundaries, Impute? missing = null)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        double[] all = [.. boundaries];
        if (all.Length == 0 || !Array.TrueForAll(all, double.IsFinite) || all.Zip(all.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException($"Expected finite boundaries that increase, got [{string.Join(", ", all.Select(CellValue.Text))}].",
                nameof(boundaries));
        return new BinColumn(0, all, missing);
    }

    /// <summary>Parts of a date.</summary>
    /// <param name="parts">Which; by default the year, the month and the day of the week.</param>
    /// <exception cref="ArgumentOutOfRangeException">None, or one that does not exist.</exception>
    public static Column Date(DateParts parts = DateParts.Year | DateParts.Month | DateParts.DayOfWeek)
        => (int)parts is >= 1 and <= 127 ? new DateColumn(parts)
            : throw new ArgumentOutOfRangeException(nameof(parts), parts, $"Expected parts of a date, got {parts}.");

    /// <summary>How often each word occurs in a text: runs of letters and digits, in lower case. Words that are not known do not count; a missing text has
    /// none.</summary>
    /// <param name="maximum">The most frequent words that are known.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static Column Words(int maximum = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        return new WordColumn(maximum, null);
    }

    /// <summary>
    /// The numbers of the first words of a text, for an embedding: an input of its own, of integers [rows, length]. 0 fills the rest, 1 stands for unknown
    /// words, then come the known ones, the most frequent first, as in Keras's TextVectorization.
    /// </summary>
    /// <param name="length">How many words; further ones are cut off.</param>
    /// <param name="maximum">The most frequent words that are known.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static Column Tokens(int length, int maximum = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        return new WordColumn(maximum, length);
    }

    /// <summary>
    /// The first principal components of a group of numeric columns, by MathNet: the directions in which they vary most, each with its largest share positive.
    /// Use it with a list of columns: <c>encoder.With(["a", "b", "c"], Column.PrincipalComponents(2))</c>.
    /// </summary>
    /// <param name="count">How many, at most the number of columns.</param>
    /// <param name="standardize">Whether the columns are standardised first, so that units do not matter; false only centres them, as scikit-learn's PCA
    /// does.</param>
    /// <param name="missing">What stands in for missing values; they are otherwise refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static Column PrincipalComponents(int count, bool standardize = true, Impute? missing = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new ComponentColumn(count, standardize, missing);
    }

    /// <summary>A class to predict: labels [rows], from 0, with their names. For targets.</summary>
    /// <param name="classes">The names by label; by default those of the rows it is fitted to, numbers by value and text by character code.</param>
    /// <exception cref="ArgumentException">A name is empty or appears twice, or there is only one.</exception>
    public static Column Class(params string[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Length == 1 || classes.Any(string.IsNullOrEmpty) || classes.Distinct().Count() < classes.Length)
            throw new ArgumentException($"Expected two or more different names, got {string.Join(", ", classes)}.", nameof(classes));
        return new ClassColumn([.. classes]);
    }

    /// <summary>The call that makes it.</summary>
    public abstract override string ToString();

    /// <summary>Learns from the rows of a table.</summary>
    /// <param name="table">The rows to learn from, at least one.</param>
    /// <param name="columns">The column, or the columns of a group.</param>
    /// <exception cref="TableMismatchException">A column is not there, is of a type that it cannot take, or lacks a value.</exception>
    internal abstract FittedColumn Fit(Table table, IReadOnlyList<string> columns);

    private static CategoryColumn Categories(bool isIndex, int? maximum, int minimumCount, Unseen unseen, Impute? missing)
    {
        if (maximum is int most) ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(maximum));
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumCount, 1);
        if (unseen == Unseen.Refuse && (maximum is not null || minimumCount > 1))
            throw new ArgumentException("Dropped categories are unseen, which are to be refused: leave out maximum and minimumCount, or use Unseen.Bucket.",
                nameof(unseen));
        return new CategoryColumn(isIndex, maximum, minimumCount, unseen, missing);
    }
}
