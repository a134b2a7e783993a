namespace DeepLearning;

/// <summary>Which direction of a figure is better.</summary>
public enum MonitorMode
{
    /// <summary>Determined by the figure's metric: lower for losses and errors, higher for accuracies.</summary>
    Auto,

    /// <summary>Lower is better.</summary>
    Min,

    /// <summary>Higher is better.</summary>
    Max,
}
