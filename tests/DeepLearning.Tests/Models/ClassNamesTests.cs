namespace DeepLearning.Tests.Models;

public sealed class ClassNamesTests
{
    private readonly Sequential three = Sequential.Input(2).Dense(3).Softmax().Build(), one = Sequential.Input(2).Dense(1).Sigmoid().Build();

    [Fact]
    public void Names_stand_in_the_order_of_the_outputs()
    {
        three.ClassNames.Should().BeEmpty();
        three.ClassNames = ["a", "b", "c"];
        three.ClassNames.Should().Equal("a", "b", "c");
        one.ClassNames = ["no", "yes"];
        one.ClassNames.Should().Equal("no", "yes");
    }

    [Fact]
    public void Names_that_do_not_fit_are_refused_and_the_old_ones_stay()
    {
        three.ClassNames = ["a", "b", "c"];
        ((Action)(() => three.ClassNames = ["a", "b"])).Should().Throw<ArgumentException>().WithMessage("*3 class names, got 2*");
        ((Action)(() => three.ClassNames = ["a", "b", "a"])).Should().Throw<ArgumentException>();
        ((Action)(() => three.ClassNames = ["a", "b", ""])).Should().Throw<ArgumentException>();
        ((Action)(() => one.ClassNames = ["yes"])).Should().Throw<ArgumentException>().WithMessage("*2 class names*");
        three.ClassNames.Should().Equal("a", "b", "c");
    }
}
