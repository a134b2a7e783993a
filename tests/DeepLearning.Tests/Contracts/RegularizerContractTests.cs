using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Contracts;

/// <summary>What every regularizer promises, run over every row of <see cref="RegularizerContract"/>.</summary>
public sealed class RegularizerContractTests
{
    private static readonly Tensor Weights = Tensor.From([0.5f, -1.25f, 2f, -0.75f, 1f, 3f]).Reshape(2, 3);

    public static TheoryData<int, string> Rows() => ContractRows.Of(RegularizerContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_penalty_is_one_number_and_its_gradient_exact(int index, string name)
    {
        RegularizerRow row = RegularizerContract.Rows[index];
        Tensor penalty = row.Regularizer.Penalty(Weights);
        penalty.Shape.Rank.Should().Be(0, name);
        penalty.ToScalar().Should().BeApproximately((float)Weights.ToArray().Sum(w => row.OfWeight(w)), 1e-5f, name);
        GradientCheck.Verify(row.Regularizer.Penalty, Weights);
        var tape = new Tape();
        Tensor watched = tape.Watch(Weights);
        const double Step = 1e-6;
        tape.Gradients(row.Regularizer.Penalty(watched))[watched]
            .ShouldBeCloseTo([.. Weights.ToArray().Select(w => (row.OfWeight(w + Step) - row.OfWeight(w - Step)) / (2 * Step))], 1e-6, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void At_zeros_penalty_and_gradient_are_0(int index, string name)
    {
        var tape = new Tape();
        Tensor zeros = tape.Watch(Tensor.Zeros([3]));
        Tensor penalty = RegularizerContract.Rows[index].Regularizer.Penalty(zeros);
        penalty.ToScalar().Should().Be(0f, name);
        tape.Gradients(penalty)[zeros].ToArray().Should().Equal([0f, 0f, 0f], name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_text_is_the_call_that_makes_it(int index, string name) => RegularizerContract.Rows[index].Regularizer.ToString().Should().Be(name);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void A_strength_that_is_negative_or_not_finite_is_refused(double strength)
    {
        FluentActions.Invoking(() => new L1(strength)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(strength));
        FluentActions.Invoking(() => new L2(strength)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(strength));
        FluentActions.Invoking(() => new L1L2(l1: strength)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("l1");
        FluentActions.Invoking(() => new L1L2(l2: strength)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("l2");
    }
}
