namespace DeepLearning.Tests.Data.Samples;

public sealed class SampleTests
{
    private static readonly Tensor Input = Tensor.From(1f, 2f);

    [Fact]
    public void A_label_is_a_scalar_a_value_has_one_place_and_a_tensor_is_as_given()
    {
        new Sample(Input, 3).Target.Shape.Rank.Should().Be(0);
        new Sample(Input, 3).ClassLabels.Should().NotBeNull();
        new Sample(Input, 3.5).Target.Shape.Should().Equal(1);
        new Sample(Input, 3.5f).Target.ToArray().Should().Equal(3.5f);
        new Sample(Input, Tensor.Ones([4])).Target.Shape.Should().Equal(4);
        new Sample([Input, Tensor.FromIndices(7)], [Input, Input], weight: 2).ToString().Should().Be("Sample: input [2], [1], target [2], [2]");
        new Sample(Input, 3, weight: 0.5).Weight.Should().Be(0.5f);
    }

    [Fact]
    public void Parts_are_replaced_and_the_others_kept()
    {
        Sample changed = new Sample(Input, 3, weight: 2).WithInput(Tensor.Zeros([5]));
        (changed.Input.Count, changed.Target.ToScalar(), changed.Weight).Should().Be((5, 3f, 2f));
        changed.ClassLabels.Should().NotBeNull();
        changed.WithInputs(Input, Input).InputTensors.Should().HaveCount(2);
        changed.WithWeight(4).Weight.Should().Be(4);
    }

    [Fact]
    public void What_is_no_sample_is_refused()
    {
        FluentActions.Invoking(() => new Sample(Input, Tensor.FromIndices(1))).Should().Throw<ArgumentException>().WithMessage("*Give a label as int*");
        FluentActions.Invoking(() => new Sample(Input, 1 << 25)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Sample(Input, 1, weight: -1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*got -1.*");
        FluentActions.Invoking(() => new Sample(Input, 1, weight: double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Sample((Tensor)null!, 1)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new Sample([], [Input])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Sample([Input, Input], [Input]).Input).Should().Throw<InvalidOperationException>().WithMessage("*InputTensors*");
    }
}
