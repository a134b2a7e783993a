namespace DeepLearning;

/// <summary>What <see cref="CategoryEncoding"/> makes of indices.</summary>
public enum CategoryMode
{
    /// <summary>For each sample, 1 at each index that it has and 0 elsewhere.</summary>
    MultiHot,

    /// <summary>For each index, 1 at its place and 0 elsewhere.</summary>
    OneHot,

    /// <summary>For each sample, how often it has each index.</summary>
    Count,
}
