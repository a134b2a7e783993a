using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

public sealed class SearchTests
{
    [Fact]
    public void The_first_fault_is_found_at_every_place_of_every_length_and_none_behind_the_end()
    {
        for (int n = 0; n <= 50; n++)
        {
            float[] x = new float[n];
            // A 0 in the padding is outside [1, 2] too.
            Array.Fill(x, 1.5f);
            Search.First(new Search.Outside(1f, 2f), x).Should().Be(-1);
            for (int i = n - 1; i >= 0; i--)
            {
                x[i] = 3f;
                Search.First(new Search.Outside(1f, 2f), x).Should().Be(i);
            }
        }
    }

    [Theory]
    [InlineData(0f, false)]
    [InlineData(1f, false)]
    [InlineData(-1e-45f, true)]
    [InlineData(1.0000001f, true)]
    [InlineData(float.NaN, true)]
    [InlineData(float.PositiveInfinity, true)]
    public void Outside_has_its_bounds_inside_and_takes_NaN_for_a_fault(float x, bool fault) => Finds(new Search.Outside(0f, 1f), x).Should().Be(fault);

    [Theory]
    [InlineData(-1f, false)]
    [InlineData(2f, false)]
    [InlineData(-1.5f, true)]
    [InlineData(float.NaN, false)]
    [InlineData(float.NegativeInfinity, true)]
    public void Beyond_lets_NaN_pass(float x, bool fault) => Finds(new Search.Beyond(-1f, 2f), x).Should().Be(fault);

    [Theory]
    [InlineData(0f, false)]
    [InlineData(2f, false)]
    [InlineData(3f, true)]
    [InlineData(-1f, true)]
    [InlineData(1.5f, true)]
    [InlineData(float.NaN, true)]
    [InlineData(float.PositiveInfinity, true)]
    public void A_label_is_a_whole_number_below_the_classes(float x, bool fault) => Finds(new Search.NoLabel(3), x).Should().Be(fault);

    [Theory]
    [InlineData(-3f, false)]
    [InlineData(1e30f, false)]
    [InlineData(0.5f, true)]
    [InlineData(float.NaN, true)]
    [InlineData(float.NegativeInfinity, true)]
    public void A_fraction_is_what_is_no_whole_number(float x, bool fault)
    {
        Finds(default(Search.Fraction), x).Should().Be(fault);
        Finds(default(Search.Fraction), x).Should().Be(!float.IsInteger(x));
    }

    [Fact]
    public void Neither_and_stuck_say_what_they_are_called()
    {
        Finds(new Search.Outside(0f, 1f), -0f).Should().BeFalse();
        Search.First(new Search.Neither(1f, 2f), [1f, 2f, 2f, 3f]).Should().Be(3);
        Search.First(default(Search.Stuck), [0f, 1f, 0.5f, 0f, 1f], [0f, 1f, 1f, 0.5f, 0f]).Should().Be(3);
        Search.First(default(Search.Stuck), [1f, 0.5f], [0.9f, 1f]).Should().Be(0);
    }

    [Fact]
    public void Indices_are_checked_against_a_count()
    {
        Search.FirstOutside([0, 2, 3, -1], 3).Should().Be(2);
        Search.FirstOutside([0, -1], 3).Should().Be(1);
        Search.FirstOutside([0], 0).Should().Be(0);
        Search.FirstOutside([], 0).Should().Be(-1);
        Search.FirstOutside([int.MaxValue], int.MaxValue).Should().Be(0);
    }

    private static bool Finds<TTest>(TTest test, float x) where TTest : struct, IUnary => Search.First(test, [x]) == 0;
}
