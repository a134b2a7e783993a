namespace DeepLearning;

/// <summary>Whether, and how, a run ends before its last epoch.</summary>
internal enum RunStop
{
    None,

    /// <summary>A run that resumes from the checkpoint goes on.</summary>
    ForNow,

    /// <summary>A run that resumes from the checkpoint is finished.</summary>
    ForGood,
}
