using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>All elements 0.</summary>
    /// <param name="shape">The shape, for example <c>[2, 3]</c>.</param>
    public static Tensor Zeros(Shape shape) => new(shape, new float[shape.Count]);

    /// <summary>All elements 1.</summary>
    /// <param name="shape">The shape, for example <c>[2, 3]</c>.</param>
    public static Tensor Ones(Shape shape) => Full(shape, 1f);

    /// <summary>All elements the same.</summary>
    /// <param name="shape">The shape, for example <c>[2, 3]</c>.</param>
    /// <param name="value">Every element.</param>
    public static Tensor Full(Shape shape, float value)
    {
        Tensor tensor = Zeros(shape);
        tensor.AsSpan().Fill(value);
        return tensor;
    }

    /// <summary>A single number, of shape [].</summary>
    /// <param name="value">The number.</param>
    public static Tensor Scalar(float value) => new(Shape.Scalar, [value]);

    /// <summary>The identity matrix [size, size].</summary>
    /// <param name="size">Rows and columns.</param>
    public static Tensor Identity(int size)
    {
        Tensor tensor = Zeros([size, size]);
        for (int i = 0; i < size; i++) tensor.buffer[i * size + i] = 1f;
        return tensor;
    }

    /// <summary>The numbers start, start + step, … as a vector [count].</summary>
    /// <param name="count">How many, ≥ 0.</param>
    /// <param name="start">The first.</param>
    /// <param name="step">The distance.</param>
    public static Tensor Range(int count, float start = 0f, float step = 1f)
    {
        Tensor tensor = Zeros([count]);
        for (int i = 0; i < count; i++) tensor.buffer[i] = start + i * step;
        return tensor;
    }

    /// <summary>Uniform random numbers in [minimum, maximum): a function of the seed alone.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="seed">The same seed gives the same numbers on every machine.</param>
    /// <param name="minimum">Lower bound.</param>
    /// <param name="maximum">Upper bound, at least the lower one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below the minimum, or their difference is no finite float32.</exception>
    public static Tensor RandomUniform(Shape shape, ulong seed, float minimum = 0f, float maximum = 1f)
    {
        Tensor tensor = Zeros(shape);
        new RandomStream(seed).FillUniform(tensor.AsSpan(), minimum, maximum);
        return tensor;
    }

    /// <summary>Normal random numbers: a function of the seed alone.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="seed">The same seed gives the same numbers on every machine.</param>
    /// <param name="mean">Mean, finite.</param>
    /// <param name="standardDeviation">Standard deviation, finite and ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite, or the deviation negative or not finite.</exception>
    public static Tensor RandomNormal(Shape shape, ulong seed, float mean = 0f, float standardDeviation = 1f)
    {
        Tensor tensor = Zeros(shape);
        new RandomStream(seed).FillNormal(tensor.AsSpan(), mean, standardDeviation);
        return tensor;
    }

    /// <summary>Copies values, row-major, into a new tensor.</summary>
    /// <param name="values">As many as the shape has elements.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ShapeMismatchException">Another number of values.</exception>
    public static Tensor From(ReadOnlySpan<float> values, Shape shape)
        => values.Length == shape.Count
            ? new Tensor(shape, values.ToArray())
            : throw new ShapeMismatchException($"Shape {shape} holds {shape.Count} values, got {values.Length}.", nameof(values));

    /// <summary>Copies values into a vector [n].</summary>
    /// <param name="values">The elements.</param>
    public static Tensor From(params ReadOnlySpan<float> values) => new([values.Length], values.ToArray());

    /// <summary>Copies a two-dimensional array into a matrix [rows, columns].</summary>
    /// <param name="values">The elements.</param>
    public static Tensor From(float[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromAny(values);
    }

    /// <summary>Copies a three-dimensional array.</summary>
    /// <param name="values">The elements.</param>
    public static Tensor From(float[,,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromAny(values);
    }

    /// <summary>Copies rows of equal length into a matrix [rows, columns].</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentNullException">There are no rows, or one of them is null.</exception>
    /// <exception cref="ShapeMismatchException">The rows have different lengths.</exception>
    public static Tensor From(float[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (Array.IndexOf(rows, null) is >= 0 and var missing) throw new ArgumentNullException(nameof(rows), $"Row {missing} is null.");
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        Tensor tensor = Zeros([rows.Length, columns]);
        for (int r = 0; r < rows.Length; r++)
        {
            if (rows[r].Length != columns)
                throw new ShapeMismatchException($"Row {r} has {rows[r].Length} values, but row 0 has {columns}.", nameof(rows));
            rows[r].CopyTo(tensor.AsSpan()[(r * columns)..]);
        }

        return tensor;
    }

    /// <summary>A single number as a tensor.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Tensor(float value) => Scalar(value);

    /// <summary>A copy of a vector.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return From(values.AsSpan());
    }

    /// <summary>A copy of a matrix.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(float[,] values) => From(values);

    private static Tensor FromAny(Array values)
    {
        var dimensions = new int[values.Rank];
        for (int d = 0; d < dimensions.Length; d++) dimensions[d] = values.GetLength(d);
        Tensor tensor = Zeros(new Shape(dimensions));
        ElementsOf(values).CopyTo(tensor.AsSpan());
        return tensor;
    }

    /// <summary>The elements of a float array of any rank, row-major. Buffer.BlockCopy counts bytes in an int, which ends at 2²⁹ elements.</summary>
    private static Span<float> ElementsOf(Array values)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, float>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
}
