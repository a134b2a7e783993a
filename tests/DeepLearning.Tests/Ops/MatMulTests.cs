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
        FluentActions.Invoking(() => Linear.Apply(a, Tensor.Ones([4, 5]), null)).Should().Throw<ShapeMismatchException>().WithMessage("*[4, 5]*[2, 3]*");
    }
}
