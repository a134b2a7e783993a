using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

public sealed class ClassTargetsTests
{
    [Fact]
    public void A_label_becomes_a_row_with_a_single_1_whatever_was_there()
    {
        float[] y = [9f, 9f, 9f, 9f, 9f, 9f];
        ClassTargets.OneHot([2f, 0f], y, 3);
        y.Should().Equal(0f, 0f, 1f, 1f, 0f, 0f);
    }

    [Theory]
    [InlineData(new[] { 0.5f, 0.5f, 1f, 0f }, -1, 1f)]
    [InlineData(new[] { 1f, 0f, 0.25f, 0.25f }, 1, 0.5f)]
    [InlineData(new[] { 1.5f, -0.5f, 1f, 0f }, 0, 1f)]
    public void The_first_row_that_is_no_shares_is_named_with_its_sum(float[] targets, int row, float expected)
    {
        ClassTargets.FirstWithoutShares(targets, 2, 1e-3f, out float sum).Should().Be(row);
        sum.Should().Be(expected);
    }

    [Fact]
    public void A_row_with_NaN_is_no_shares() => ClassTargets.FirstWithoutShares([float.NaN, 1f], 2, 1e-3f, out _).Should().Be(0);
}
