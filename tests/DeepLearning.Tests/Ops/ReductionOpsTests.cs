using CsCheck;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Ops;

/// <summary>Values of the operations along an axis against double precision, their empty cases and ties.</summary>
public sealed class ReductionOpsTests
{
    // Sums of up to 5 numbers about 1 in float32.
    private const double Rounding = 2e-6;

    private static readonly Gen<(Tensor X, int Axis)> Cases =
        Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.Int[0, 3], Gen.ULong).Select((dims, axis, seed) => (Tensor.RandomNormal(new Shape(dims), seed), axis % dims.Length));

    [Fact]
    public void Sums_means_variances_and_extremes_along_any_axis()
        => Cases.Sample(c =>
        {
            (Tensor x, int axis) = c;
            x.Sum(axis).ShouldBeCloseTo(Naive.Along(x, axis, v => v.Sum()), Rounding);
            x.Mean(axis).ShouldBeCloseTo(Naive.Along(x, axis, v => v.Average()), Rounding);
            x.Variance(axis).ShouldBeCloseTo(Naive.Along(x, axis, v => v.Average(e => (e - v.Average()) * (e - v.Average()))), Rounding);
            x.Max(axis).ShouldBeCloseTo(Naive.Along(x, axis, v => v.Max()), 0);
            x.Min(axis).ShouldBeCloseTo(Naive.Along(x, axis, v => v.Min()), 0);
            x.LogSumExp(axis).ShouldBeCloseTo(Naive.Along(x, axis, v => Math.Log(v.Sum(Math.Exp))), Rounding);
            x.ArgMax(axis).Should().Equal(Naive.Along(x, axis, v => Array.IndexOf(v, v.Max())).Select(i => (int)i));
        }, iter: 100);

    [Fact]
    public void The_axis_disappears_or_stays_with_size_1()
    {
        Tensor x = Tensor.Ones([2, 3, 4]);

        x.Sum(1).Shape.ToArray().Should().Equal(2, 4);
        x.Max(-2, keepDimension: true).Shape.ToArray().Should().Equal(2, 1, 4);
        x.LogSumExp().Shape.ToArray().Should().Equal(2, 3);
        x.Mean().Shape.ToArray().Should().BeEmpty();
    }

    [Fact]
    public void Over_all_elements()
    {
        Tensor x = Tensor.From(new[,] { { 3f, -7f }, { 5f, 1f } });

        ((float)x.Sum()).Should().Be(2f);
        ((float)x.Mean()).Should().Be(0.5f);
        ((float)x.Max()).Should().Be(5f);
        ((float)x.Min()).Should().Be(-7f);
    }

    [Fact]
    public void ArgMax_takes_the_first_on_ties_and_the_first_NaN()
    {
        Tensor.From(new[,] { { 1f, 3f, 3f }, { 2f, 2f, 2f }, { 1f, float.NaN, 9f } }).ArgMax().Should().Equal(1, 0, 1);
        float.IsNaN((float)Tensor.From(1f, float.NaN, 9f).Max()).Should().BeTrue();
        float.IsNaN((float)Tensor.From(1f, float.NaN, 9f).Min()).Should().BeTrue();
    }

    [Fact]
    public void LogSumExp_of_large_and_infinite_values_is_their_limit()
    {
        Tensor x = Tensor.From(new[,]
        {
            { 1e4f, 1e4f }, { -1e4f, -1e4f }, { float.NegativeInfinity, float.NegativeInfinity }, { float.NegativeInfinity, 2f }, { float.PositiveInfinity, 0f },
        });

        x.LogSumExp().ShouldBeCloseTo([1e4 + Math.Log(2), -1e4 + Math.Log(2), double.NegativeInfinity, 2, double.PositiveInfinity], 1e-7);
    }

    [Fact]
    public void The_gradient_of_LogSumExp_is_the_softmax_and_0_where_all_is_minus_infinity()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(new[,] { { 1e4f, 1e4f }, { float.NegativeInfinity, float.NegativeInfinity }, { float.NegativeInfinity, 2f } }));

        tape.Gradients(x.LogSumExp(), Tensor.Ones([3]))[x].ShouldBeCloseTo([0.5, 0.5, 0, 0, 0, 1], 1e-3, "1e4 + log 2 is rounded to float32's 0.001 there");
    }

    [Fact]
    public void Softmax_of_large_logits_is_finite()
    {
        // The values of softmax(0, 1, 2).
        Tensor x = Tensor.From(10000f, 10001f, 10002f);
        double total = 1 + Math.E + Math.E * Math.E;

        x.Softmax().ShouldBeCloseTo([1 / total, Math.E / total, Math.E * Math.E / total], 1e-6);
        x.LogSoftmax().ShouldBeCloseTo([-Math.Log(total), 1 - Math.Log(total), 2 - Math.Log(total)], 1e-6);
    }

    [Fact]
    public void Fault34_the_variance_of_large_nearly_equal_numbers_is_exact()
        => Tensor.From(1e6f + 1f, 1e6f + 2f, 1e6f + 3f).Variance(0).ShouldBeCloseTo([2.0 / 3], 1e-6);

    [Fact]
    public void Fault35_tied_extremes_share_the_gradient_equally()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(new[,] { { 3f, 1f, 3f, 3f }, { 0f, 2f, 0f, 1f } }));

        tape.Gradients(x.Max(1), Tensor.From(3f, 5f))[x].ToArray().Should().Equal(1f, 0f, 1f, 1f, 0f, 5f, 0f, 0f);
        tape.Gradients(x.Min(1), Tensor.From(3f, 5f))[x].ToArray().Should().Equal(0f, 3f, 0f, 0f, 2.5f, 0f, 2.5f, 0f);
    }

    [Fact]
    public void Fault13_the_mean_and_the_extremes_of_nothing_throw_and_its_sum_is_0()
    {
        Tensor empty = Tensor.Zeros([2, 0]);
        Action[] undefined =
        [
            () => empty.Mean(), () => empty.Mean(1), () => empty.Variance(1), () => empty.Max(), () => empty.Max(1), () => empty.Min(),
            () => empty.Min(1), () => empty.ArgMax(),
        ];

        foreach (Action action in undefined) action.Should().Throw<InvalidOperationException>().WithMessage("*no elements*");
        empty.Sum(1).ToArray().Should().Equal(0f, 0f);
        ((float)empty.Sum()).Should().Be(0f);
        empty.LogSumExp().ToArray().Should().Equal(float.NegativeInfinity, float.NegativeInfinity);
        empty.Max(0).Shape.ToArray().Should().Equal(0);
        empty.Mean(0).Shape.ToArray().Should().Equal(0);
        empty.ArgMax(0).Should().BeEmpty();
        empty.Softmax(1).Shape.ToArray().Should().Equal(2, 0);
        empty.LogSoftmax(0).Shape.ToArray().Should().Equal(2, 0);
    }

    [Fact]
    public void Fault23_a_bad_axis_names_the_shape()
    {
        Tensor x = Tensor.Ones([2, 3]);
        Action[] bad =
        [
            () => x.Sum(2), () => x.Mean(-3), () => x.Variance(2), () => x.Max(2), () => x.Min(-3), () => x.ArgMax(2), () => x.LogSumExp(2), () => x.Softmax(2),
            () => x.LogSoftmax(-3),
        ];

        foreach (Action action in bad) action.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*[2, 3]*").WithParameterName("axis");
    }
}
