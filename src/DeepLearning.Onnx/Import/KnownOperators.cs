using System.Collections.Frozen;

namespace DeepLearning.Onnx;

/// <summary>
/// The supported operators, those of <see cref="OnnxLayers"/> and those of arithmetic and shapes, with the attributes that each has had in any operator set:
/// the effect of an unknown one would be lost.
/// </summary>
internal static class KnownOperators
{
    private static readonly Dictionary<string, string[]> Parts = new()
    {
        ["Abs"] = [],
        ["Add"] = ["axis", "broadcast"],
        ["Cast"] = ["round_mode", "saturate", "to"],
        ["Clip"] = ["max", "min"],
        ["Concat"] = ["axis"],
        ["Constant"] = ["value", "value_float", "value_floats", "value_int", "value_ints"],
        ["ConstantOfShape"] = ["value"],
        ["Div"] = ["axis", "broadcast"],
        ["Erf"] = [],
        ["Expand"] = [],
        ["Greater"] = ["axis", "broadcast"],
        ["Identity"] = [],
        ["Log"] = [],
        ["Max"] = [],
        ["Mean"] = [],
        ["Min"] = [],
        ["Mul"] = ["axis", "broadcast"],
        ["Neg"] = [],
        ["Pow"] = ["axis", "broadcast"],
        ["Reciprocal"] = [],
        ["Shape"] = ["end", "start"],
        ["Size"] = [],
        ["Slice"] = ["axes", "ends", "starts"],
        ["Sqrt"] = [],
        ["Sub"] = ["axis", "broadcast"],
        ["Sum"] = [],
        ["Where"] = [],
    };

    public static FrozenDictionary<string, string[]> Attributes { get; } =
        Parts.Concat(OnnxLayers.Operators.Select(o => KeyValuePair.Create(o.Name, o.Attributes))).ToFrozenDictionary();
}
