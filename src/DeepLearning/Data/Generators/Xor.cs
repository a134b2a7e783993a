namespace DeepLearning;

public static partial class Synthetic
{
    /// <summary>Exclusive or, the smallest problem a network without a hidden layer cannot learn: inputs [4, 2], labels [4].</summary>
    public static Dataset Xor() => new(Tensor.From([0f, 0f, 0f, 1f, 1f, 0f, 1f, 1f], [4, 2]), [0, 1, 1, 0]);
}
