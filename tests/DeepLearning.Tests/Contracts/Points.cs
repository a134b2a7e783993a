namespace DeepLearning.Tests.Contracts;

/// <summary>Pseudo-random inputs that keep a distance from the points where a function has no slope.</summary>
internal static class Points
{
    /// <summary>0.3 to 1.3 of either sign: away from 0.</summary>
    public static Tensor[] Signed(params Shape[] shapes)
        => [.. shapes.Select((shape, i) => Map(Tensor.RandomUniform(shape, (ulong)i + 1, -1f, 1f), u => u + MathF.CopySign(0.3f, u)))];

    /// <summary>0.3 to 1.3.</summary>
    public static Tensor[] Positive(params Shape[] shapes) => [.. Signed(shapes).Select(x => Map(x, MathF.Abs))];

    /// <summary>Powers of ±1.1 in random order, all different by more than a check's step: away from ties.</summary>
    public static Tensor[] Spaced(params Shape[] shapes)
    {
        int total = shapes.Sum(s => s.Size), next = 0;
        var order = new int[total];
        new RandomStream(3).FillPermutation(order);
        return [.. shapes.Select(shape => Map(Tensor.Zeros(shape), _ =>
        {
            int place = order[next++];
            return 0.2f * MathF.Pow(1.1f, place / 2) * (place % 2 == 0 ? 1f : -1f);
        }))];
    }

    private static Tensor Map(Tensor x, Func<float, float> f)
    {
        foreach (ref float v in x.AsSpan()) v = f(v);
        return x;
    }
}
