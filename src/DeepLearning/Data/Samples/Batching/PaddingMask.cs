namespace DeepLearning;

/// <summary>What <see cref="SampleSource.PaddedBatch"/> adds behind the inputs, so that a model can tell what was padded.</summary>
public enum PaddingMask
{
    /// <summary>Nothing: the padding value says it.</summary>
    None,

    /// <summary>An input [batch, length]: 1 where the first input has a row of its own, 0 where it is padded.</summary>
    Mask,

    /// <summary>An input [batch, 1]: the number of rows of the first input before padding.</summary>
    Lengths,
}
