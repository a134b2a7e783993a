namespace DeepLearning.Tests.Losses;

public sealed class SampleWeightTests
{
    [Theory]
    [InlineData(-1f, LossReduction.SumOverBatchSize)]
    [InlineData(-1f, LossReduction.MeanWithSampleWeight)]
    [InlineData(float.NaN, LossReduction.SumOverBatchSize)]
    [InlineData(float.NaN, LossReduction.MeanWithSampleWeight)]
    [InlineData(float.PositiveInfinity, LossReduction.MeanWithSampleWeight)]
    [InlineData(float.NegativeInfinity, LossReduction.SumOverBatchSize)]
    public void Weights_that_are_negative_or_not_finite_are_refused_in_a_custom_loop_too(float weight, LossReduction reduction)
    {
        var loss = new MeanSquaredError { Reduction = reduction };
        loss.Invoking(l => l.Compute(Tensor.Ones([3, 1]), Tensor.Zeros([3, 1]), Tensor.From(0.5f, weight, 0.5f)))
            .Should().Throw<ArgumentException>().WithMessage("Sample weights are finite and at least 0, but the weight of row 1 is *")
            .WithParameterName("sampleWeights");
    }

    [Fact]
    public void Weights_of_0_and_of_any_size_stay()
        => new MeanSquaredError().Compute(Tensor.Ones([4, 1]), Tensor.Zeros([4, 1]), Tensor.From(0f, -0f, 1e30f, 3e30f)).ToScalar().Should().Be(1e30f);
}
