namespace DeepLearning;

/// <summary>Which direction of a figure is better.</summary>
public enum MonitorMode
{
    /// <summary>What the figure's metric says: less for losses and errors, more for accuracies.</summary>
    Auto,

    /// <summary>Less is better.</summary>
    Min,

    /// <summary>More is better.</summary>
    Max,
}
