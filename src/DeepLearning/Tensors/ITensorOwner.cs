namespace DeepLearning;

/// <summary>Provides the memory for results of operations on a tensor. A tensor without an owner gets fresh arrays.</summary>
internal interface ITensorOwner
{
    /// <summary>A tensor of this shape whose content is undefined.</summary>
    Tensor Rent(ReadOnlySpan<int> dimensions);

    /// <summary>A tensor of this shape over the values of another.</summary>
    Tensor RentView(Tensor source, ReadOnlySpan<int> dimensions);
}
