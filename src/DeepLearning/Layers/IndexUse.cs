namespace DeepLearning;

/// <summary>What a layer does with tensors of indices.</summary>
[Flags]
internal enum IndexUse
{
    /// <summary>It takes and makes float32 values.</summary>
    None = 0,

    /// <summary>Its input is a tensor of indices.</summary>
    Takes = 1,

    /// <summary>Its output is a tensor of indices.</summary>
    Makes = 2,

    /// <summary>It only moves elements: its output is of the input's kind.</summary>
    Keeps = 4,
}
