using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>A copy of all elements, row-major.</summary>
    /// <exception cref="InvalidOperationException">The elements are integers, as from <see cref="FromIndices(ReadOnlySpan{int}, Shape)"/>.</exception>
    public float[] ToArray() => AsSpan().ToArray();

    /// <summary>A copy as a two-dimensional array.</summary>
    /// <exception cref="ShapeMismatchException">The tensor is not a matrix.</exception>
    public float[,] ToArray2D()
    {
        RequireRank(2);
        var values = new float[Shape[0], Shape[1]];
        AsReadOnlySpan().CopyTo(ElementsOf<float>(values));
        return values;
    }

    /// <summary>Copies a MathNet matrix, which is column-major, into a matrix [rows, columns].</summary>
    /// <param name="matrix">Any kind of matrix: dense, sparse, diagonal.</param>
    public static Tensor From(Matrix<float> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new Tensor([matrix.RowCount, matrix.ColumnCount], matrix.ToRowMajorArray());
    }

    /// <summary>Copies a MathNet vector into a vector [n].</summary>
    /// <param name="vector">Any kind of vector.</param>
    public static Tensor From(Vector<float> vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return new Tensor([vector.Count], vector.ToArray());
    }

    /// <summary>A copy as a MathNet matrix, which is column-major.</summary>
    /// <exception cref="ShapeMismatchException">The tensor is not a matrix.</exception>
    public Matrix<float> ToMatrix()
    {
        RequireRank(2);
        return Matrix<float>.Build.DenseOfRowMajor(Shape[0], Shape[1], ToArray());
    }

    /// <summary>A copy as a MathNet vector.</summary>
    /// <exception cref="ShapeMismatchException">The tensor is not a vector.</exception>
    public Vector<float> ToVector()
    {
        RequireRank(1);
        return Vector<float>.Build.DenseOfArray(ToArray());
    }

    /// <summary>Copies a System.Numerics tensor, of any strides.</summary>
    /// <param name="tensor">The values; each dimension must fit an int.</param>
    public static Tensor From(in ReadOnlyTensorSpan<float> tensor)
    {
        var dimensions = new int[tensor.Rank];
        for (int d = 0; d < dimensions.Length; d++) dimensions[d] = checked((int)tensor.Lengths[d]);
        Tensor copy = Zeros(new Shape(dimensions));
        tensor.FlattenTo(copy.AsSpan());
        return copy;
    }

    /// <summary>A view for the functions of System.Numerics.Tensors: writing changes this tensor.</summary>
    public TensorSpan<float> AsTensorSpan() => new(AsSpan(), NativeLengths(), default);

    /// <summary>A read-only view for the functions of System.Numerics.Tensors.</summary>
    public ReadOnlyTensorSpan<float> AsReadOnlyTensorSpan() => new(AsReadOnlySpan(), NativeLengths(), default);

    /// <summary>A copy as a tensor of System.Numerics.Tensors.</summary>
    public System.Numerics.Tensors.Tensor<float> ToNumericsTensor() => System.Numerics.Tensors.Tensor.Create(ToArray(), NativeLengths());

    private nint[] NativeLengths() => Array.ConvertAll(Shape.Dimensions.ToArray(), static d => (nint)d);

    private void RequireRank(int rank)
    {
        if (Rank != rank)
            throw new ShapeMismatchException($"Expected a tensor of {rank} dimension{(rank == 1 ? "" : "s")}, got shape {Shape}.");
    }
}
