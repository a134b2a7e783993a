namespace DeepLearning.Data;

/// <summary>Samples from Parquet files.</summary>
public static class ParquetRows
{
    /// <summary>
    /// The rows of a file in their order, opened anew in each epoch: of each row group only the columns that are asked for are read, and one row group is in
    /// memory at a time.
    /// </summary>
    /// <param name="path">A .parquet file with columns of numbers, Booleans and texts; nested ones are not read.</param>
    /// <param name="columns">The inputs and the target, by the names of the columns.</param>
    /// <returns>Samples with inputs [features], and a label or a value [1] as target. What is wrong in a row is a <see cref="DataFormatException"/> when it is
    /// read, and a file that fails meanwhile another <see cref="IOException"/>.</returns>
    /// <exception cref="DataFormatException">It is not a Parquet file, or a column does not exist or is of no such type.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SampleSource Open(string path, RowColumns columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(columns);
        var file = new ParquetTable(path);
        return RowSource.Of(file.Names, position => file.Rows(columns, position.Cancellation), columns, Path.GetFileName(path));
    }
}
