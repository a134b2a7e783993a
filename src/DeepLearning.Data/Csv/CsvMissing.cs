namespace DeepLearning.Data;

/// <summary>How to treat a row in which the target or an input has no value.</summary>
public enum CsvMissing
{
    /// <summary>The file is refused, with the line and the column of the first such row.</summary>
    Refuse,

    /// <summary>The row is dropped; <see cref="Dataset.Count"/> shows how many remain.</summary>
    DropRows,
}
