using System.Globalization;
using DeepLearning.Onnx.Schema;
using Kind = DeepLearning.Onnx.Schema.AttributeProto.Types.AttributeType;

namespace DeepLearning.Onnx;

/// <summary>Reads a node: its name for messages, and its attributes with their defaults.</summary>
internal static class NodeReading
{
    /// <summary>For messages: <c>node 'dense' (Gemm)</c>; a node without a name is identified by its result.</summary>
    public static string Described(this NodeProto node)
        => node.Name.Length > 0 ? $"node '{node.Name}' ({node.OpType})" : $"the node ({node.OpType}) that makes '{node.Output.FirstOrDefault()}'";

    public static ModelFormatException Wrong(this NodeProto node, string message) => new($"{node.Described()} {message}");

    /// <summary>Errors of a layer or a shape are reported with the node that caused them.</summary>
    /// <exception cref="ModelFormatException">There is an error.</exception>
    public static T Reading<T>(this NodeProto node, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new ModelFormatException($"{node.Described()}: {e.Message}", e);
        }
    }

    /// <exception cref="ModelFormatException">The operator or an attribute is not supported, or it contains a subgraph or has no result.</exception>
    public static void RequireKnown(this NodeProto node)
    {
        if (node.Domain is not ("" or "ai.onnx") || !KnownOperators.Attributes.TryGetValue(node.OpType, out string[]? attributes))
            throw node.Wrong($"has an operator that no layer here expresses: {(node.Domain.Length > 0 ? node.Domain + "." : "")}{node.OpType}");
        if (node.Attribute.Any(a => a.Type is Kind.Graph or Kind.Graphs)) throw node.Wrong("contains a subgraph, which no layer here can express");
        // Before operator set 6 any operator may declare which inputs it consumes, which has no effect.
        if (node.Attribute.FirstOrDefault(a => a.Name != "consumed_inputs" && !attributes.Contains(a.Name)) is { } unknown)
            throw node.Wrong($"has an attribute '{unknown.Name}', which is unknown for it; what it changes would be lost");
        if (node.Output.Count == 0 || node.Output[0].Length == 0) throw node.Wrong("makes nothing");
    }

    /// <summary>An activation with fixed numbers, from a node that must have the same.</summary>
    /// <param name="node">The node.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="numbers">Each by its name, with its default and the required value.</param>
    /// <exception cref="ModelFormatException">A number differs.</exception>
    public static Activation Fixed(this NodeProto node, Activation activation, params ReadOnlySpan<(string Name, float Otherwise, float Required)> numbers)
    {
        foreach ((string name, float otherwise, float required) in numbers)
        {
            float value = node.Number(name, otherwise);
            if (!(MathF.Abs(value - required) <= 1e-5f)) throw node.Wrong($"has {name} = {value}; {activation} has {required}");
        }

        return activation;
    }

    public static float Number(this NodeProto node, string name, float otherwise)
        => Find(node, name) is not { } found ? otherwise : found.HasF ? found.F : throw node.Wrong($"has an attribute {name} that is not a number");

    /// <summary>A number of float32 as the shortest decimal that rounds to it: 0.001, where the float is 0.001000000047.</summary>
    public static double Decimal(this NodeProto node, string name, float otherwise)
        => double.Parse(node.Number(name, otherwise).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static long Integer(this NodeProto node, string name, long otherwise)
        => Find(node, name) is not { } found ? otherwise : found.HasI ? found.I : throw node.Wrong($"has an attribute {name} that is not a whole number");

    public static string Text(this NodeProto node, string name, string otherwise)
        => Find(node, name) is not { } found ? otherwise : found.HasS ? found.S.ToStringUtf8()
            : throw node.Wrong($"has an attribute {name} that is not a string");

    /// <summary>Whole numbers, or null if the node does not have them.</summary>
    public static long[]? Integers(this NodeProto node, string name) => Find(node, name) is { } found ? [.. found.Ints] : null;

    public static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name);

    /// <summary>An axis counted from the front, from one that may be negative.</summary>
    /// <param name="node">The node that names it.</param>
    /// <param name="axis">The axis as given.</param>
    /// <param name="rank">The number of dimensions.</param>
    /// <exception cref="ModelFormatException">There is no such dimension.</exception>
    public static int Axis(this NodeProto node, long axis, int rank)
        => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw node.Wrong($"names the axis {axis} of {rank} dimensions");

    /// <summary>Several axes, each once.</summary>
    /// <exception cref="ModelFormatException">There is no such dimension, or one appears twice.</exception>
    public static HashSet<int> Axes(this NodeProto node, long[] axes, int rank)
    {
        HashSet<int> all = [.. axes.Select(axis => node.Axis(axis, rank))];
        return all.Count == axes.Length ? all : throw node.Wrong($"names an axis twice: [{string.Join(", ", axes)}]");
    }
}
