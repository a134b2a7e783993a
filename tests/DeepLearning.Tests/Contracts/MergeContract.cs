namespace DeepLearning.Tests.Contracts;

/// <summary>Every public layer that merges several values; <see cref="MergeContractTests"/> runs one suite over all rows.</summary>
public static class MergeContract
{
    public static IReadOnlyList<(MergeLayer Layer, Shape[] Inputs, Shape Output)> Rows { get; } =
    [
        (new Add(), [[4], [4]], [4]),
        (new Add(), [[2, 3], [2, 3], [2, 3]], [2, 3]),
        (new Average(), [[4], [4]], [4]),
        (new Average(), [[2, 3], [2, 3], [2, 3]], [2, 3]),
        (new Maximum(), [[17], [17]], [17]),
        (new Maximum(), [[2, 3], [2, 3], [2, 3]], [2, 3]),
        (new Minimum(), [[17], [17]], [17]),
        (new Minimum(), [[2, 3], [2, 3], [2, 3]], [2, 3]),
        (new Multiply(), [[4], [4]], [4]),
        (new Multiply(), [[2, 3], [2, 3], [2, 3]], [2, 3]),
        (new Subtract(), [[2, 3], [2, 3]], [2, 3]),
        (new Concatenate(), [[3], [4]], [7]),
        (new Concatenate(), [[2, 1], [2, 3], [2, 2]], [2, 6]),
        (new Concatenate(1), [[1, 3], [2, 3]], [3, 3]),
        (new Dot(), [[4], [4]], [1]),
        (new Dot(), [[2, 3], [4, 3]], [2, 4]),
        (new Dot(-2, -1), [[3, 2], [4, 3]], [2, 4]),
        (new Dot(-1, -3), [[3], [3, 2, 2]], [2, 2]),
        (new Dot(normalize: true), [[4], [4]], [1]),
        (new Dot(-2, normalize: true), [[3, 2], [3, 5]], [2, 5]),
    ];
}
