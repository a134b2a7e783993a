namespace DeepLearning;

/// <summary>How to treat a category that did not occur in the rows that the encoding was fitted to.</summary>
public enum Unseen
{
    /// <summary>
    /// It is treated as the rare categories are, which <c>minimumCount</c> and <c>maximum</c> put together: the model has learned what they mean. Without rare
    /// ones it is all 0 in <see cref="Column.OneHot"/>, and index 0, which the model has not seen, in <see cref="Column.Index"/>. The default.
    /// </summary>
    Bucket,

    /// <summary>It is refused by a <see cref="TableMismatchException"/> that names it.</summary>
    Refuse,
}
