namespace DeepLearning;

/// <summary>The last dimension of a sample, for which the normalizations have parameters.</summary>
internal static class Features
{
    /// <summary>The shape of a parameter with one value per feature.</summary>
    /// <exception cref="ShapeMismatchException">A sample is a single number.</exception>
    public static Shape Of(Shape input)
        => input.Rank > 0
            ? [input[-1]]
            : throw new ShapeMismatchException("expects [batch, …, features] but a sample here is a single number; begin with Sequential.Input(1)");
}
