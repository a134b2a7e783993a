namespace DeepLearning;

/// <summary>How samples of different lengths become one batch.</summary>
/// <param name="Value">What fills up inputs; whole for indices.</param>
/// <param name="Mask">What is added behind the inputs.</param>
/// <param name="Length">The first dimension of each padded input; null for the longest of the batch.</param>
internal sealed record Padding(double Value, PaddingMask Mask, int? Length)
{
    /// <summary>What fills up indices.</summary>
    public int Index => Value == (int)Value ? (int)Value
        : throw new ArgumentException(FormattableString.Invariant($"Indices are padded with a whole number, but the value is {Value}."));

    /// <summary>The shape that holds all, which differ in size at most.</summary>
    public Shape ShapeOf(List<Sample> samples, int input, long first)
    {
        Tensor like = samples[0].InputTensors[input];
        int[] largest = like.Shape.Dimensions.ToArray();
        for (int s = 1; s < samples.Count; s++)
        {
            ReadOnlySpan<int> other = samples[s].InputTensors[input].Shape.Dimensions;
            if (other.Length != largest.Length)
            {
                throw new ShapeMismatchException(
                    $"Padding changes sizes, not the number of dimensions: sample {first + s} has an input {samples[s].InputTensors[input].Shape}, "
                    + $"sample {first} has {like.Shape}.");
            }

            for (int d = 0; d < largest.Length; d++) largest[d] = Math.Max(largest[d], other[d]);
        }

        if (Length is not { } length || largest.Length == 0) return new Shape(largest);
        if (largest[0] > length)
        {
            int s = samples.FindIndex(sample => sample.InputTensors[input].Shape[0] > length);
            throw new ShapeMismatchException(
                $"Expected inputs of at most {length} rows, but sample {first + s} has {samples[s].InputTensors[input].Shape}: shorten it with Map, "
                + "or pad to more.");
        }

        largest[0] = length;
        return new Shape(largest);
    }

    /// <summary>Copies values into the first places of each dimension of a larger block that holds the padding already.</summary>
    public static void Copy(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> block, ReadOnlySpan<int> blockShape)
    {
        if (shape.SequenceEqual(blockShape))
        {
            values.CopyTo(block);
            return;
        }

        int rows = shape[0];
        if (rows == 0) return;
        int size = values.Length / rows, blockSize = block.Length / blockShape[0];
        for (int r = 0; r < rows; r++) Copy(values.Slice(r * size, size), shape[1..], block.Slice(r * blockSize, blockSize), blockShape[1..]);
    }
}
