using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>Prints a tensor as nested, aligned rows; dimensions longer than 8 show their first and last three.</summary>
internal static class TensorFormatter
{
    private const int Longest = 8;
    private const int Edge = 3;

    public static string Format(Tensor tensor, string? format, IFormatProvider culture)
    {
        Func<int, string> number = tensor.IsInteger ? i => tensor.AsIntegers()[i].ToString(format, culture)
            : string.IsNullOrEmpty(format) ? i => Number(tensor.AsReadOnlySpan()[i], culture) : i => tensor.AsReadOnlySpan()[i].ToString(format, culture);
        if (tensor.Rank == 0) return number(0);
        var text = new StringBuilder("Tensor ").Append(tensor.Shape).Append(tensor.IsInteger ? " of integers" : "");
        if (tensor.Count == 0) return text.Append(" (empty)").ToString();
        string[] shown = [.. Shown(tensor, 0, 0).Select(number)];
        int width = shown.Max(s => s.Length);
        Append(text.AppendLine(), tensor, 0, 0, number, width);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Tensor tensor, int axis, int start, Func<int, string> number, int width)
    {
        bool last = axis == tensor.Rank - 1;
        int stride = Stride(tensor, axis), size = tensor.Shape[axis];
        text.Append('[');
        bool first = true;
        foreach (int i in Indices(size))
        {
            if (!first) text.Append(last ? ", " : "," + Environment.NewLine + new string(' ', axis + 1));
            first = false;
            if (i < 0) text.Append('…');
            else if (last) text.Append(number(start + i).PadLeft(width));
            else Append(text, tensor, axis + 1, start + i * stride, number, width);
        }

        text.Append(']');
    }

    private static IEnumerable<int> Shown(Tensor tensor, int axis, int start)
    {
        int stride = Stride(tensor, axis);
        IEnumerable<int> indices = Indices(tensor.Shape[axis]).Where(i => i >= 0);
        return axis == tensor.Rank - 1 ? indices.Select(i => start + i) : indices.SelectMany(i => Shown(tensor, axis + 1, start + i * stride));
    }

    /// <summary>The indices that are printed; −1 stands for the ones left out.</summary>
    private static IEnumerable<int> Indices(int size)
        => size <= Longest ? Enumerable.Range(0, size) : [.. Enumerable.Range(0, Edge), -1, .. Enumerable.Range(size - Edge, Edge)];

    private static int Stride(Tensor tensor, int axis)
    {
        int stride = 1;
        foreach (int d in tensor.Shape.Dimensions[(axis + 1)..]) stride *= d;
        return stride;
    }

    private static string Number(float value, IFormatProvider culture)
    {
        bool isSmall = value != 0f && value.ToString("0.####;-0.####;0", CultureInfo.InvariantCulture) is "0" or "-0";
        return value.ToString(isSmall || MathF.Abs(value) >= 1e6f ? "0.###e+0" : "0.####", culture);
    }
}
