namespace DeepLearning;

/// <summary>An input that a model needs for an encoding.</summary>
/// <param name="Name">The column of indices; <c>values</c> for the numbers of all other columns.</param>
/// <param name="Shape">The shape of one sample, without the batch.</param>
/// <param name="IndexCount">
/// The number of different indices, the size of an embedding, for an input of integers (<c>Model.Indices</c>); 0 for one of numbers
/// (<c>Model.Input</c>).
/// </param>
public sealed record EncodedInput(string Name, Shape Shape, int IndexCount)
{
    /// <summary>Whether it takes indices.</summary>
    public bool IsInteger => IndexCount > 0;
}
