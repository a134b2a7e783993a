namespace DeepLearning.Tests.Initializers;

/// <summary>Orthogonal kernels are orthogonal, and initializers reject what they cannot use.</summary>
public sealed class OrthogonalTests
{
    [Theory]
    [InlineData(5, 5)]
    [InlineData(20, 7)]
    [InlineData(7, 20)]
    [InlineData(1, 6)]
    public void The_vectors_of_the_shorter_side_are_orthonormal_up_to_the_gain(int inputs, int units)
    {
        Tensor w = Tensor.Zeros([inputs, units]);
        new Orthogonal(1.5f).Fill(w.AsSpan(), w.Shape, new RandomStream(3));
        int vectors = Math.Min(inputs, units), length = Math.Max(inputs, units);

        for (int a = 0; a < vectors; a++)
            for (int b = 0; b < vectors; b++)
            {
                double dot = Enumerable.Range(0, length).Sum(k => inputs >= units ? (double)w[k, a] * w[k, b] : (double)w[a, k] * w[b, k]);
                dot.Should().BeApproximately(a == b ? 2.25 : 0, 1e-6, "the decomposition is in double, its values are rounded to float32");
            }
    }

    [Fact]
    public void Both_signs_occur_as_the_signs_of_R_decide()
    {
        // Without them a Householder decomposition gives a 1 × 1 matrix always the same sign.
        IEnumerable<float> signs = Enumerable.Range(0, 20).Select(seed =>
        {
            var value = new float[1];
            new Orthogonal().Fill(value, [1, 1], new RandomStream((ulong)seed));
            return value[0];
        });

        signs.Distinct().Should().BeEquivalentTo([1f, -1f]);
    }

    [Fact]
    public void A_vector_cannot_be_orthogonal()
        => FluentActions.Invoking(() => new Orthogonal().Fill(new float[3], [3], new RandomStream(1))).Should().Throw<ArgumentException>().WithMessage("*[3]*");

    [Fact]
    public void Fault20_arguments_outside_their_range_are_rejected_by_name()
    {
        FluentActions.Invoking(() => new RandomNormal(0f, -1f)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("standardDeviation");
        FluentActions.Invoking(() => new TruncatedNormal(float.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("mean");
        FluentActions.Invoking(() => Sequential.Input(2).Dense(2, new RandomUniform { Minimum = 1 }).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("*at least the minimum 1, got 0.05*");
        FluentActions.Invoking(() => new RandomUniform(1f, 0f)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("maximum");
        FluentActions.Invoking(() => new VarianceScaling { Scale = 0f }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Scale");
        FluentActions.Invoking(() => new Orthogonal(float.PositiveInfinity)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("gain");
    }
}
