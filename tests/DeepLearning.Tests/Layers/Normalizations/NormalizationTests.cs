namespace DeepLearning.Tests.Layers.Normalizations;

public sealed class NormalizationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    public void The_layer_gives_the_bits_of_the_scaler(int columns)
    {
        Tensor x = Tensor.RandomNormal([50, columns], seed: 3, mean: 1000f, standardDeviation: 0.5f);
        StandardScaler scaler = StandardScaler.Fit(x);
        Sequential model = Sequential.Input(columns).Normalize(scaler.Means, scaler.StandardDeviations).Build();
        model.Predict(x).AsSpan().ToArray().Should().Equal(scaler.Transform(x).AsSpan().ToArray());
    }

    [Fact]
    public void A_raw_value_takes_three_rounded_steps_in_double()
    {
        Sequential model = Sequential.Input(2).Normalize([0.1, 16777217], [3, 0.5]).Build();
        model.Predict(Tensor.From([1f, 16777216f], [1, 2])).AsSpan().ToArray().Should().Equal((float)((1 - 0.1) / 3), -2f);
    }

    [Fact]
    public void Numbers_that_cannot_be_used_are_refused()
    {
        ((Func<Layer>)(() => new Normalization([], []))).Should().Throw<ArgumentException>();
        ((Func<Layer>)(() => new Normalization([1], [1, 2]))).Should().Throw<ArgumentException>().WithMessage("*1 offsets and 2 scales*");
        ((Func<Layer>)(() => new Normalization([1], [0]))).Should().Throw<ArgumentException>().WithMessage("*column 0*");
        ((Func<Layer>)(() => new Normalization([double.NaN], [1]))).Should().Throw<ArgumentException>().WithMessage("*column 0*");
        ((Func<Sequential>)(() => Sequential.Input(3).Normalize([1, 2], [1, 2]).Build())).Should().Throw<ShapeMismatchException>().WithMessage("*2 columns*3 values*");
    }
}
