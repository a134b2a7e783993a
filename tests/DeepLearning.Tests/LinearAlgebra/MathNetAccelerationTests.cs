using System.Reflection;
using System.Runtime.InteropServices;
using DeepLearning.Kernels;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepLearning.Tests.LinearAlgebra;

/// <summary>MathNet's provider and the number of threads are the whole process's: these tests run alone and put back what they found.</summary>
[Collection("Threads")]
public sealed class MathNetAccelerationTests : IDisposable
{
    private const int M = 70, K = 90, N = 50;

    private readonly ILinearAlgebraProvider found = LinearAlgebraControl.Provider;
    private readonly int threads = Parallelism.ThreadCount;
    private readonly Matrix<float> a = Values(M, K), b = Values(K, N);

    public void Dispose()
    {
        MathNetAcceleration.Disable();
        LinearAlgebraControl.Provider = found;
        Parallelism.ThreadCount = threads;
    }

    [Fact]
    public void A_product_has_the_bits_of_our_kernel_only_while_enabled()
    {
        float[] ours = new float[M * N];
        Gemm.Multiply(a.ToRowMajorArray(), false, b.ToRowMajorArray(), false, ours, M, N, K);

        Bits((a * b).ToRowMajorArray()).SequenceEqual(Bits(ours)).Should().BeFalse("MathNet rounds each product and each sum: the test can tell the two apart");
        MathNetAcceleration.Enable();
        Bits((a * b).ToRowMajorArray()).SequenceEqual(Bits(ours)).Should().BeTrue();
        MathNetAcceleration.Disable();
        Bits((a * b).ToRowMajorArray()).SequenceEqual(Bits(ours)).Should().BeFalse();
    }

    [Fact]
    public void Every_form_of_a_dense_product_keeps_its_meaning()
    {
        Vector<float> v = b.Column(0), w = a.Column(0);
        float[][] All() =>
        [
            (a * b).AsColumnMajorArray(), a.Transpose().TransposeThisAndMultiply(b).AsColumnMajorArray(),
            a.TransposeAndMultiply(b.Transpose()).AsColumnMajorArray(), a.Transpose().ConjugateTransposeThisAndMultiply(b).AsColumnMajorArray(),
            (a * v).ToArray(), (w * a).ToArray(), a.TransposeThisAndMultiply(w).ToArray(), (a.SubMatrix(0, 1, 0, K) * b).AsColumnMajorArray(),
            (a * a.Transpose()).Power(3).AsColumnMajorArray(), (a * Matrix<float>.Build.SparseOfMatrix(b)).ToColumnMajorArray(),
        ];
        float[][] expected = All();
        MathNetAcceleration.Enable();

        float[][] actual = All();

        // Two ways to round at most K = 90 products (the third power: three of them in a row) differ by some hundred times 2⁻²⁴ of the largest value.
        for (int i = 0; i < expected.Length; i++)
        {
            float largest = expected[i].Max(Math.Abs);
            actual[i].Zip(expected[i], (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(3 * K * MathF.Pow(2, -24) * largest, "form {0}", i);
        }
    }

    [Fact]
    public void A_result_that_shares_the_storage_of_an_operand_is_right()
    {
        Matrix<float> square = Values(K, K), expected = square * square;
        MathNetAcceleration.Enable();
        Matrix<float> same = square.Clone();
        Matrix<float> shared = Matrix<float>.Build.Dense(K, K, same.AsColumnMajorArray());

        same.Multiply(square, shared);

        (shared - expected).Enumerate().Max(Math.Abs).Should().BeLessThan(K * MathF.Pow(2, -24) * K, "of K terms of at most 1 each");
    }

    [Fact]
    public void Decompositions_doubles_and_elementwise_work_keep_their_bits()
    {
        Matrix<float> square = Values(20, 20), positive = (square.TransposeThisAndMultiply(square)) + Matrix<float>.Build.DenseIdentity(20);
        Matrix<double> doubles = a.ToDouble(), others = b.ToDouble();
        double[] All() =>
        [
            .. Floats(square.Inverse()), .. Floats(square.LU().Solve(square)), .. Floats(square.QR().Q), .. Floats(square.Svd().U),
            .. Floats(positive.Cholesky().Factor), .. Floats(positive.Evd().EigenVectors), .. Floats(square + positive),
            .. Floats(square.PointwiseMultiply(positive)), square.FrobeniusNorm(), square.Determinant(), .. (doubles * others).Enumerate(),
        ];
        double[] expected = All();
        MathNetAcceleration.Enable();

        All().Should().Equal(expected);

        static IEnumerable<double> Floats(Matrix<float> m) => m.Enumerate().Select(x => (double)x);
    }

    [Fact]
    public void The_bits_of_a_product_do_not_depend_on_the_number_of_threads()
    {
        MathNetAcceleration.Enable();
        Parallelism.ThreadCount = 1;
        Matrix<float> left = Values(300, 200), right = Values(200, 170), expected = left * right;
        foreach (int count in new[] { 2, 3, 8 })
        {
            Parallelism.ThreadCount = count;
            Bits((left * right).AsColumnMajorArray()).SequenceEqual(Bits(expected.AsColumnMajorArray())).Should().BeTrue("of {0} threads", count);
        }
    }

    [Fact]
    public void Disable_puts_back_the_very_provider_that_was_there_and_a_second_Enable_adds_nothing()
    {
        MathNetAcceleration.Enable();
        ILinearAlgebraProvider ours = LinearAlgebraControl.Provider;
        MathNetAcceleration.Enable();

        LinearAlgebraControl.Provider.Should().BeSameAs(ours).And.NotBeSameAs(found);
        Control.Describe().Should().Contain("DeepLearning (products of float matrices), Managed (the rest)");
        MathNetAcceleration.Disable();
        LinearAlgebraControl.Provider.Should().BeSameAs(found);
    }

    [Fact]
    public void Disable_without_Enable_changes_nothing()
    {
        MathNetAcceleration.Disable();
        LinearAlgebraControl.Provider.Should().BeSameAs(found);
    }

    [Fact]
    public void A_provider_that_the_program_sets_after_Enable_stays_when_disabled_and_is_the_one_beneath_when_enabled_again()
    {
        var chosen = new ManagedLinearAlgebraProvider();
        MathNetAcceleration.Enable();
        LinearAlgebraControl.Provider = chosen;

        MathNetAcceleration.Disable();
        LinearAlgebraControl.Provider.Should().BeSameAs(chosen);

        MathNetAcceleration.Enable();
        LinearAlgebraControl.Provider.Should().NotBeSameAs(chosen);
        MathNetAcceleration.Disable();
        LinearAlgebraControl.Provider.Should().BeSameAs(chosen);
    }

    [Fact]
    public void A_provider_that_cannot_start_again_leaves_ours_in_place()
    {
        var failing = (Failing)(object)DispatchProxy.Create<ILinearAlgebraProvider, Failing>();
        LinearAlgebraControl.Provider = (ILinearAlgebraProvider)(object)failing;
        MathNetAcceleration.Enable();
        ILinearAlgebraProvider ours = LinearAlgebraControl.Provider;
        failing.Fails = true;

        FluentActions.Invoking(MathNetAcceleration.Disable).Should().Throw<NotSupportedException>();
        LinearAlgebraControl.Provider.Should().BeSameAs(ours);
        failing.Fails = false;
        MathNetAcceleration.Disable();
        LinearAlgebraControl.Provider.Should().BeSameAs(failing);
    }

    [Fact]
    public async Task Products_of_many_threads_are_right_while_the_provider_changes()
    {
        Parallelism.ThreadCount = 2;
        // Small whole numbers: every sum is exact, whoever computes it.
        Matrix<float> x = Matrix<float>.Build.Dense(40, 60, (i, j) => ((i * 3) + j) % 7), y = Matrix<float>.Build.Dense(60, 50, (i, j) => (i + (j * 5)) % 9);
        Matrix<float> expected = x * y;
        var products = Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 30).All(_ => (x * y).Equals(expected)))).ToList();
        for (int i = 0; i < 200; i++)
        {
            MathNetAcceleration.Enable();
            await Task.Yield();
            MathNetAcceleration.Disable();
        }

        (await Task.WhenAll(products)).Should().AllSatisfy(right => right.Should().BeTrue());
        LinearAlgebraControl.Provider.Should().BeSameAs(found);
    }

    private static Matrix<float> Values(int rows, int columns) => Matrix<float>.Build.Dense(rows, columns, (i, j) => MathF.Sin((i * 1.3f) + (j * j * 0.7f)));

    private static ReadOnlySpan<int> Bits(float[] values) => MemoryMarshal.Cast<float, int>(values);

    /// <summary>A provider that can be told to refuse its own installation.</summary>
    public class Failing : DispatchProxy
    {
        public bool Fails { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Fails ? throw new NotSupportedException() : null;
    }
}
