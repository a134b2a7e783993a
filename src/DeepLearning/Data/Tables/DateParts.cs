namespace DeepLearning;

/// <summary>
/// What a model sees of a date. Parts that recur are two numbers, sin and cos of 2π·position/period, so that December is beside January.
/// </summary>
[Flags]
public enum DateParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The year, standardised over the rows it was fitted to.</summary>
    Year = 1,

    /// <summary>The month: sin and cos, period 12.</summary>
    Month = 2,

    /// <summary>The day of the month: sin and cos, period 31.</summary>
    Day = 4,

    /// <summary>The day of the week: sin and cos, period 7, from Sunday.</summary>
    DayOfWeek = 8,

    /// <summary>The day of the year: sin and cos, period 366.</summary>
    DayOfYear = 16,

    /// <summary>The time of day: sin and cos, period 24 hours.</summary>
    TimeOfDay = 32,

    /// <summary>The time itself in days, standardised over the rows it was fitted to: a trend.</summary>
    Elapsed = 64,
}
