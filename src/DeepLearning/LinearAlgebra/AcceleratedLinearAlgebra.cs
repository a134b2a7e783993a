using System.Numerics;
using DeepLearning.Kernels;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepLearning;

/// <summary>MathNet's linear algebra with the products of float matrices done by our kernel, everything else by the provider found.</summary>
/// <param name="inner">The provider for the rest.</param>
internal sealed class AcceleratedLinearAlgebra(ILinearAlgebraProvider inner) : ILinearAlgebraProvider,
    IDelegatedLinearAlgebra<float>, IDelegatedLinearAlgebra<double>, IDelegatedLinearAlgebra<Complex32>, IDelegatedLinearAlgebra<Complex>
{
    /// <summary>The provider for the rest.</summary>
    public ILinearAlgebraProvider Inner => inner;

    ILinearAlgebraProvider<float> IDelegatedLinearAlgebra<float>.Inner => inner;

    ILinearAlgebraProvider<double> IDelegatedLinearAlgebra<double>.Inner => inner;

    ILinearAlgebraProvider<Complex32> IDelegatedLinearAlgebra<Complex32>.Inner => inner;

    ILinearAlgebraProvider<Complex> IDelegatedLinearAlgebra<Complex>.Inner => inner;

    public bool IsAvailable() => inner.IsAvailable();

    public void InitializeVerify() => inner.InitializeVerify();

    public void FreeResources() => inner.FreeResources();

    /// <summary>result = x · y.</summary>
    public void MatrixMultiply(float[] x, int rowsX, int columnsX, float[] y, int rowsY, int columnsY, float[] result)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(result);
        if (columnsX != rowsY) ThrowInner(nameof(rowsY), columnsX, rowsY);
        RequireLength(x, rowsX, columnsX, nameof(x));
        RequireLength(y, rowsY, columnsY, nameof(y));
        RequireLength(result, rowsX, columnsY, nameof(result));
        ColumnMajorProduct.Multiply(1f, x, false, y, false, 0f, result, rowsX, columnsY, columnsX);
    }

    /// <summary>c = alpha·op(a)·op(b) + beta·c; op transposes for every value but DontTranspose, as there is nothing to conjugate.</summary>
    public void MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, float alpha, float[] a, int rowsA, int columnsA, float[] b, int rowsB, int columnsB, float beta, float[] c)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        bool flipA = transposeA != Transpose.DontTranspose, flipB = transposeB != Transpose.DontTranspose;
        (int m, int k) = flipA ? (columnsA, rowsA) : (rowsA, columnsA);
        (int depthB, int n) = flipB ? (columnsB, rowsB) : (rowsB, columnsB);
        if (k != depthB) ThrowInner(flipB ? nameof(columnsB) : nameof(rowsB), k, depthB);
        RequireLength(a, rowsA, columnsA, nameof(a));
        RequireLength(b, rowsB, columnsB, nameof(b));
        RequireLength(c, m, n, nameof(c));
        ColumnMajorProduct.Multiply(alpha, a, flipA, b, flipB, beta, c, m, n, k);
    }

    /// <summary>What MathNet's <c>Control.Describe()</c> prints.</summary>
    public override string ToString() => $"DeepLearning (products of float matrices), {inner} (the rest)";

    private static void RequireLength(float[] values, int rows, int columns, string name)
    {
        if (rows < 0 || columns < 0 || values.Length != (long)rows * columns)
            throw new ArgumentOutOfRangeException(name, $"A matrix of {rows} × {columns} needs as many values, but {name} has {values.Length}.");
    }

    private static void ThrowInner(string name, int left, int right)
        => throw new ArgumentOutOfRangeException(name, $"The left matrix has {left} columns, so the right one needs {left} rows, but it has {right}.");
}
