namespace DeepLearning.Tests.Contracts;

/// <summary>What every initializer promises, run over every row of <see cref="InitializerContract"/>.</summary>
public sealed class InitializerContractTests
{
    public static TheoryData<int, string> Rows() => ContractRows.Of(InitializerContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Mean_and_variance_are_within_five_standard_errors_and_values_within_the_bound(int index, string name)
    {
        InitializerRow row = InitializerContract.Rows[index];
        float[] values = ValuesOf(row, seed: 11);
        double n = values.Length, mean = values.Average(v => (double)v), variance = values.Average(v => (v - mean) * (v - mean));

        // The variance of a sample's variance is at most 2σ⁴/n here: no row has heavier tails than the normal distribution.
        mean.Should().BeApproximately(row.Mean, 5 * Math.Sqrt(row.Variance / n) + 1e-12, name);
        variance.Should().BeApproximately(row.Variance, 5 * row.Variance * Math.Sqrt(2 / n) + 1e-12, name);
        values.Max(v => Math.Abs(v - row.Mean)).Should().BeLessThanOrEqualTo(row.Bound * (1 + 1e-6) + 1e-12, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others(int index, string name)
    {
        InitializerRow row = InitializerContract.Rows[index];
        float[] values = ValuesOf(row, seed: 1);

        ValuesOf(row, seed: 1).AsSpan().SequenceEqual(values).Should().BeTrue(name);
        ValuesOf(row, seed: 2).AsSpan().SequenceEqual(values).Should().Be(row.Variance == 0, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Small_shapes_are_filled_with_finite_values(int index, string name)
    {
        foreach (Shape shape in new Shape[] { [1, 1], [3, 1], [1, 3], [2, 2, 3], [3, 0] })
        {
            float[] values = [.. Enumerable.Repeat(float.NaN, shape.Size)];
            InitializerContract.Rows[index].Initializer.Fill(values, shape, new RandomStream(1));
            values.All(float.IsFinite).Should().BeTrue($"{name} of {shape}");
        }
    }

    private static float[] ValuesOf(InitializerRow row, ulong seed)
    {
        var values = new float[InitializerRow.Kernel.Size];
        row.Initializer.Fill(values, InitializerRow.Kernel, new RandomStream(seed));
        return values;
    }
}
