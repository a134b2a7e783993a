using DeepLearning.Onnx.Schema;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;
using Dimension = DeepLearning.Onnx.Schema.TensorShapeProto.Types.Dimension;

namespace DeepLearning.Onnx;

/// <summary>An input of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sample">The shape of one sample.</param>
/// <param name="FixedBatch">The batch size, if the file fixes one.</param>
/// <param name="IsInteger">Whether it has whole numbers.</param>
internal sealed record GraphInput(string Name, Shape Sample, long? FixedBatch, bool IsInteger)
{
    /// <exception cref="ModelFormatException">It is not a tensor of a supported type and shape.</exception>
    public static GraphInput Of(ValueInfoProto input)
    {
        string what = $"the input '{input.Name}'";
        if (input.Type?.TensorType is not { Shape: { } shape } tensor) throw new ModelFormatException($"{what} is not a tensor of known shape");
        var type = (DataType)tensor.ElemType;
        if (type is not (DataType.Float or DataType.Int32 or DataType.Int64))
            throw new ModelFormatException($"{what} has the element type {type}; FLOAT is read, and INT32 and INT64 for indices");
        if (shape.Dim.Count == 0) throw new ModelFormatException($"{what} has no dimension for the batch");
        var sample = new int[shape.Dim.Count - 1];
        for (int d = 0; d < sample.Length; d++)
        {
            Dimension dimension = shape.Dim[d + 1];
            if (dimension.DimValue is < 1 or > int.MaxValue)
                throw new ModelFormatException(
                    $"{what} has an open dimension {d + 1} ('{dimension.DimParam}', {dimension.DimValue}); only the batch may be open");
            sample[d] = (int)dimension.DimValue;
        }

        try
        {
            return new GraphInput(input.Name, new Shape(sample), shape.Dim[0].DimValue > 0 ? shape.Dim[0].DimValue : null, type != DataType.Float);
        }
        catch (Exception tooLarge) when (tooLarge is OverflowException or ArgumentOutOfRangeException)
        {
            throw new ModelFormatException($"{what}: {tooLarge.Message}", tooLarge);
        }
    }
}
