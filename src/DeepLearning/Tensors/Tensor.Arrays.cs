using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning;

/// <content>
/// Tensors from arrays: each element becomes the nearest float32. An array of float, double or int converts implicitly to a tensor.
/// </content>
public sealed partial class Tensor
{
    /// <summary>Copies values, row-major, into a new tensor.</summary>
    /// <typeparam name="T">A numeric type.</typeparam>
    /// <param name="values">As many as the shape has elements.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ShapeMismatchException">The number of values is wrong.</exception>
    /// <exception cref="ArgumentException">A number is beyond float32; the message says where.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape) where T : unmanaged, INumberBase<T>
        => values.Length == shape.Size
            ? FromElements(values, shape)
            : throw new ShapeMismatchException($"Shape {shape} holds {shape.Size} values, got {values.Length}.", nameof(values));

    /// <summary>Copies values into a vector [n].</summary>
    /// <typeparam name="T">A numeric type.</typeparam>
    /// <param name="values">The elements.</param>
    /// <exception cref="ArgumentException">A number is beyond float32; the message says where.</exception>
    public static Tensor From<T>(params ReadOnlySpan<T> values) where T : unmanaged, INumberBase<T> => FromElements(values, [values.Length]);

    /// <summary>Copies a two-dimensional array into a matrix [rows, columns].</summary>
    /// <typeparam name="T">A numeric type.</typeparam>
    /// <param name="values">The elements.</param>
    /// <exception cref="ArgumentException">A number is beyond float32; the message says where.</exception>
    public static Tensor From<T>(T[,] values) where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromElements(ElementsOf<T>(values), [values.GetLength(0), values.GetLength(1)]);
    }

    /// <summary>Copies a three-dimensional array.</summary>
    /// <typeparam name="T">A numeric type.</typeparam>
    /// <param name="values">The elements.</param>
    /// <exception cref="ArgumentException">A number is beyond float32; the message says where.</exception>
    public static Tensor From<T>(T[,,] values) where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromElements(ElementsOf<T>(values), [values.GetLength(0), values.GetLength(1), values.GetLength(2)]);
    }

    /// <summary>Copies rows of equal length into a matrix [rows, columns].</summary>
    /// <typeparam name="T">A numeric type.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentNullException">There are no rows, or one of them is null.</exception>
    /// <exception cref="ShapeMismatchException">The rows have different lengths; the message names the first that differs.</exception>
    /// <exception cref="ArgumentException">A number is beyond float32; the message says where.</exception>
    public static Tensor From<T>(T[][] rows) where T : unmanaged, INumberBase<T>
    {
        int columns = ColumnsOf(rows);
        Tensor tensor = Zeros([rows.Length, columns]);
        for (int r = 0; r < rows.Length; r++) Convert<T>(rows[r], tensor.AsSpan().Slice(r * columns, columns), tensor.Shape, r * columns);
        return tensor;
    }

    /// <summary>A vector [n]: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(float[] values) => FromVector(values);

    /// <summary>A matrix [rows, columns]: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(float[,] values) => From(values);

    /// <summary>A tensor of three dimensions: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(float[,,] values) => From(values);

    /// <summary>A matrix [rows, columns] of rows of equal length: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(float[][] values) => From(values);

    /// <summary>A vector [n]: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(double[] values) => FromVector(values);

    /// <summary>A matrix [rows, columns]: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(double[,] values) => From(values);

    /// <summary>A tensor of three dimensions: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(double[,,] values) => From(values);

    /// <summary>A matrix [rows, columns] of rows of equal length: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(double[][] values) => From(values);

    /// <summary>A vector [n]: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(int[] values) => FromVector(values);

    /// <summary>A matrix [rows, columns]: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(int[,] values) => From(values);

    /// <summary>A tensor of three dimensions: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(int[,,] values) => From(values);

    /// <summary>A matrix [rows, columns] of rows of equal length: a copy.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator Tensor(int[][] values) => From(values);

    /// <summary>The length that all rows have.</summary>
    private static int ColumnsOf<T>(T[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (Array.IndexOf(rows, null) is >= 0 and var missing) throw new ArgumentNullException(nameof(rows), $"Row {missing} is null.");
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        if (Array.FindIndex(rows, row => row.Length != columns) is >= 0 and var other)
            throw new ShapeMismatchException($"Row {other} has {rows[other].Length} values, but row 0 has {columns}.", nameof(rows));
        return columns;
    }

    private static Tensor FromVector<T>(T[] values) where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromElements<T>(values, [values.Length]);
    }

    private static Tensor FromElements<T>(ReadOnlySpan<T> values, Shape shape) where T : unmanaged, INumberBase<T>
    {
        Tensor tensor = Zeros(shape);
        Convert(values, tensor.AsSpan(), shape, 0);
        return tensor;
    }

    /// <summary>Converts numbers, starting at a given position of the tensor; a number that is finite only in a wider type is refused.</summary>
    private static void Convert<T>(ReadOnlySpan<T> values, Span<float> to, Shape shape, int start) where T : unmanaged, INumberBase<T>
    {
        TensorPrimitives.ConvertTruncating(values, to);
        if (TensorPrimitives.IsFiniteAll<float>(to)) return;
        for (int i = 0; i < to.Length; i++)
        {
            if (float.IsFinite(to[i]) || !T.IsFinite(values[i])) continue;
            throw new ArgumentException(
                FormattableString.Invariant($"The element at {PlaceOf(start + i, shape)} is {values[i]}, but a float32 is at most ±{float.MaxValue}."), nameof(values));
        }
    }

    /// <summary>An element's index as written in code: <c>[2, 0]</c>.</summary>
    internal static string PlaceOf(int element, Shape shape)
    {
        var indices = new int[shape.Rank];
        for (int d = indices.Length - 1; d >= 0; d--) (element, indices[d]) = Math.DivRem(element, shape[d]);
        return Shape.Format(indices);
    }

    /// <summary>The elements of an array of any rank, row-major. Buffer.BlockCopy counts bytes in an int, so it is limited to 2²⁹ elements.</summary>
    private static Span<T> ElementsOf<T>(Array values) where T : unmanaged
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
}
