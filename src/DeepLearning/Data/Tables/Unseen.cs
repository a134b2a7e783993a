namespace DeepLearning;

/// <summary>How to treat a category that did not occur in the rows that the encoding was fitted to.</summary>
public enum Unseen
{
    /// <summary>It shares one place, the first, with all others that are not known; <c>minimumCount</c> and <c>maximum</c> put rare categories there, so that the
    /// model has learned what that place means. The default.</summary>
    Bucket,

    /// <summary>It is refused by a <see cref="TableMismatchException"/> that names it.</summary>
    Refuse,
}
