namespace DeepLearning;

/// <summary>What a loss takes as targets, as far as it knows.</summary>
internal enum TargetKind
{
    /// <summary>A custom loss: whatever it can use.</summary>
    Any,

    /// <summary>Numbers to come close to.</summary>
    Quantities,

    /// <summary>0 or 1, or a probability, for each output by itself.</summary>
    Binary,

    /// <summary>A row with a single 1, or shares that sum to 1.</summary>
    OneHot,

    /// <summary>The number of a class.</summary>
    Labels,
}
