namespace DeepLearning;

/// <summary>The targets that a loss takes, as far as it knows.</summary>
internal enum TargetKind
{
    /// <summary>For a custom loss: anything it can use.</summary>
    Any,

    /// <summary>Quantities to approximate.</summary>
    Quantities,

    /// <summary>0 or 1, or a probability, for each output independently.</summary>
    Binary,

    /// <summary>A row with a single 1, or shares that sum to 1.</summary>
    OneHot,

    /// <summary>The number of a class.</summary>
    Labels,

    /// <summary>−1 or 1, or 0 or 1, for each output independently; the outputs are scores, above 0 for 1.</summary>
    Signs,

    /// <summary>Nothing that stands beside the outputs, one for each: what belongs together, or a sequence of labels somewhere in time.</summary>
    Unmatched,
}
