using System.Buffers;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Tests.Tensors;

public sealed class ConversionTests
{
    private readonly Tensor matrix = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });

    [Fact]
    public void A_MathNet_matrix_keeps_its_rows_and_columns_both_ways()
    {
        Matrix<float> columnMajor = matrix.ToMatrix();

        (columnMajor.RowCount, columnMajor.ColumnCount, columnMajor[1, 0], columnMajor[0, 2]).Should().Be((2, 3, 4f, 3f));
        Tensor back = Tensor.From(columnMajor);
        back.Shape.ToArray().Should().Equal(2, 3);
        back.ToArray().Should().Equal(matrix.ToArray());
    }

    [Fact]
    public void Sparse_and_diagonal_MathNet_matrices_convert()
    {
        Tensor.From(Matrix<float>.Build.SparseOfIndexed(2, 3, [(1, 2, 7f)])).ToArray().Should().Equal(0f, 0f, 0f, 0f, 0f, 7f);
        Tensor.From(Matrix<float>.Build.Diagonal(2, 3, 5f)).ToArray().Should().Equal(5f, 0f, 0f, 0f, 5f, 0f);
    }

    [Fact]
    public void A_MathNet_vector_converts_both_ways()
    {
        var vector = Vector<float>.Build.Dense([1f, 2f, 3f]);

        Tensor.From(vector).ToVector().Should().Equal(vector);
        Tensor.From(vector).Shape.ToArray().Should().Equal(3);
    }

    [Fact]
    public void Arrays_of_two_dimensions_convert_even_from_a_view_within_a_buffer()
    {
        var set = new ParameterSet(("first", [3]), ("second", [2, 2]));
        set["second"].Assign(Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }));

        float[,] values = set["second"].Value.ToArray2D();

        values.Should().BeEquivalentTo(new float[,] { { 1, 2 }, { 3, 4 } });
    }

    [Fact]
    public void A_System_Numerics_tensor_converts_both_ways()
    {
        System.Numerics.Tensors.Tensor<float> native = matrix.ToNumericsTensor();

        native.Lengths.ToArray().Should().Equal(2, 3);
        native[1, 2].Should().Be(6f);
        Tensor back = Tensor.From(native.AsReadOnlyTensorSpan());
        back.Shape.ToArray().Should().Equal(2, 3);
        back.ToArray().Should().Equal(matrix.ToArray());
        native[0, 0] = 100f;
        matrix[0, 0].Should().Be(1f, "it is a copy");
    }

    [Fact]
    public void A_strided_slice_of_a_System_Numerics_tensor_converts()
    {
        ReadOnlyTensorSpan<float> columns = matrix.AsReadOnlyTensorSpan().Slice([new NRange(0, 2), new NRange(1, 3)]);

        Tensor copy = Tensor.From(columns);

        copy.Shape.ToArray().Should().Equal(2, 2);
        copy.ToArray().Should().Equal(2f, 3f, 5f, 6f);
    }

    [Fact]
    public void A_tensor_span_is_a_view()
    {
        TensorSpan<float> view = matrix.AsTensorSpan();

        view[1, 0] = 40f;
        System.Numerics.Tensors.Tensor.Add(matrix.AsReadOnlyTensorSpan(), 1f, view);

        matrix.ToArray().Should().Equal(2f, 3f, 4f, 41f, 6f, 7f);
    }

    [Fact]
    public void Empty_tensors_convert()
    {
        Tensor empty = Tensor.Zeros([0, 3]);

        empty.ToArray2D().GetLength(1).Should().Be(3);
        Tensor.From(empty.AsReadOnlyTensorSpan()).Shape.ToArray().Should().Equal(0, 3);
    }

    [Fact]
    public void Fault10_conversions_of_another_rank_throw()
    {
        FluentActions.Invoking(() => matrix.ToVector()).Should().Throw<ShapeMismatchException>().WithMessage("*1 dimension, *[2, 3]*");
        FluentActions.Invoking(() => Tensor.Ones([2]).ToMatrix()).Should().Throw<ShapeMismatchException>().WithMessage("*2 dimensions*[2]*");
        FluentActions.Invoking(() => Tensor.Ones([2]).ToArray2D()).Should().Throw<ShapeMismatchException>();
    }

    [Fact]
    public void Fault25_null_arguments_are_named()
    {
        FluentActions.Invoking(() => Tensor.From((Matrix<float>)null!)).Should().Throw<ArgumentNullException>().WithParameterName("matrix");
        FluentActions.Invoking(() => Tensor.From((Vector<float>)null!)).Should().Throw<ArgumentNullException>().WithParameterName("vector");
    }
}
