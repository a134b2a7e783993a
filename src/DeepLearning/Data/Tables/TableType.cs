namespace DeepLearning;

/// <summary>What a column of a <see cref="Table"/> holds; any value of it may be missing.</summary>
public enum TableType
{
    /// <summary>Nothing: the value of every row is missing, so that the column fits any type.</summary>
    Missing,

    /// <summary>Finite numbers, as double.</summary>
    Number,

    /// <summary>Texts, such as categories, names or sentences.</summary>
    Text,

    /// <summary>Dates, with or without a time of day.</summary>
    Date,

    /// <summary>True or false.</summary>
    Truth,
}
