using CsCheck;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Ops;

public sealed class MatMulTests
{
    private static readonly Gen<(Tensor A, Tensor B)> Pairs = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20])
        .Select((m, k, n) => (Tensor.RandomNormal([m, k], seed: 1), Tensor.RandomNormal([k, n], seed: 2)));

    [Fact]
    public void Transposing_a_product_swaps_its_factors()
        => Pairs.Sample(p => p.A.MatMul(p.B).Transpose().ToArray().Should().Equal(
            p.B.Transpose().MatMul(p.A.Transpose()).ToArray(), "each element is the same chain of fused multiply-adds"), iter: 100);

    [Fact]
    public void A_flag_equals_a_transposition_before()
        => Pairs.Sample(p =>
        {
            float[] product = p.A.MatMul(p.B).ToArray();
            p.A.Transpose().MatMul(p.B, transposeThis: true).ToArray().Should().Equal(product);
            p.A.MatMul(p.B.Transpose(), transposeOther: true).ToArray().Should().Equal(product);
            p.A.Transpose().MatMul(p.B.Transpose(), true, true).ToArray().Should().Equal(product);
        }, iter: 100);

    [Fact]
    public void Products_agree_with_double_precision()
        => Pairs.Sample(p =>
        {
            int k = p.A.Shape[1], n = p.B.Shape[1];
            double[] expected =
            [
                .. from i in Enumerable.Range(0, p.A.Shape[0])
                   from j in Enumerable.Range(0, n)
                   select Enumerable.Range(0, k).Sum(q => (double)p.A[i, q] * p.B[q, j]),
            ];
            // 20 products about 1: 20·2⁻²⁴ and a margin.
            p.A.MatMul(p.B).ShouldBeCloseTo(expected, 5e-6);
        }, iter: 50);

    [Fact]
    public void Fault13_a_sum_over_nothing_is_0()
    {
        Tensor.Zeros([2, 0]).MatMul(Tensor.Zeros([0, 3])).ToArray().Should().Equal(0f, 0f, 0f, 0f, 0f, 0f);
        Tensor.Zeros([0, 2]).MatMul(Tensor.Zeros([2, 3])).Shape.ToArray().Should().Equal(0, 3);
    }

    [Fact]
    public void Fault10_operands_that_do_not_fit_are_both_named()
    {
        Tensor a = Tensor.Ones([2, 3]);

        FluentActions.Invoking(() => a.MatMul(Tensor.Ones([2, 3]))).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]·[2, 3]*");
        FluentActions.Invoking(() => a.MatMul(Tensor.Ones([3, 2]), transposeOther: true)).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]·[3, 2]ᵀ*");
        FluentActions.Invoking(() => a.MatMul(Tensor.Ones([3]))).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]·[3]*");
        FluentActions.Invoking(() => Tensor.Ones([3]).MatMul(a, transposeThis: true)).Should().Throw<ShapeMismatchException>().WithMessage("*[3]ᵀ·[2, 3]*");
        FluentActions.Invoking(() => Linear.Apply(a, Tensor.Ones([4, 5]), null)).Should().Throw<ShapeMismatchException>().WithMessage("*[4, 5]*[2, 3]*");
    }

    [Theory]
    [InlineData(new[] { 4, 3, 5 }, new[] { 4, 5, 2 }, new[] { 4, 3, 2 })]
    [InlineData(new[] { 4, 3, 5 }, new[] { 5, 2 }, new[] { 4, 3, 2 })]
    [InlineData(new[] { 3, 5 }, new[] { 4, 5, 2 }, new[] { 4, 3, 2 })]
    [InlineData(new[] { 2, 1, 3, 5 }, new[] { 1, 4, 5, 2 }, new[] { 2, 4, 3, 2 })]
    [InlineData(new[] { 2, 4, 3, 5 }, new[] { 4, 5, 2 }, new[] { 2, 4, 3, 2 })]
    [InlineData(new[] { 0, 3, 5 }, new[] { 5, 2 }, new[] { 0, 3, 2 })]
    [InlineData(new[] { 3, 0, 5 }, new[] { 3, 5, 2 }, new[] { 3, 0, 2 })]
    public void A_stack_is_the_product_of_each_pair_of_its_matrices(int[] left, int[] right, int[] result)
    {
        Tensor a = Tensor.RandomNormal(new Shape(left), seed: 1), b = Tensor.RandomNormal(new Shape(right), seed: 2), c = a.MatMul(b);

        c.Shape.ToArray().Should().Equal(result);
        foreach (int[] place in Naive.Indices(result[..^2]))
            Matrix(c, place).ToArray().Should().Equal(Matrix(a, place).MatMul(Matrix(b, place)).ToArray());
        Tensor flippedA = a.Transpose(), flippedB = b.Transpose();
        flippedA.MatMul(b, transposeThis: true).ToArray().Should().Equal(c.ToArray());
        a.MatMul(flippedB, transposeOther: true).ToArray().Should().Equal(c.ToArray());
        flippedA.MatMul(flippedB, true, true).ToArray().Should().Equal(c.ToArray());
    }

    [Fact]
    public void Stacks_that_do_not_fit_are_named_with_the_remedy()
    {
        Tensor a = Tensor.Ones([4, 1, 2, 3]);

        FluentActions.Invoking(() => a.MatMul(Tensor.Ones([2, 5, 3, 2]))).Should().Throw<ShapeMismatchException>().WithMessage("*[4, 1]*[2, 5]*");
        FluentActions.Invoking(() => a.MatMul(Tensor.Ones([5, 3, 2]))).Should().Throw<ShapeMismatchException>()
            .WithMessage("*[4, 1, 2, 3]*[5, 3, 2]*different ranks*[4, 5]*ExpandDims*");
        a.MatMul(Tensor.Ones([1, 5, 3, 2])).Shape.ToArray().Should().Equal(4, 5, 2, 2);
        FluentActions.Invoking(() => a.MatMul(Tensor.Ones([4, 1, 2, 2]))).Should().Throw<ShapeMismatchException>().WithMessage("*[4, 1, 2, 3]·[4, 1, 2, 2]*");
    }

    /// <summary>The matrix at a place of a stack; a dimension that is missing or 1 has one for all.</summary>
    private static Tensor Matrix(Tensor stack, int[] place)
    {
        int leading = stack.Rank - 2;
        for (int d = 0; d < leading; d++)
        {
            int i = place[place.Length - leading + d];
            stack = stack.Slice(d, stack.Shape[d] == 1 ? 0 : i, 1);
        }

        return stack.Reshape(stack.Shape[-2], stack.Shape[-1]);
    }
}
