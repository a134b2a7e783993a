using System.Collections.Frozen;

namespace DeepLearning.Onnx;

/// <summary>The operators that are read here, with the attributes that each has had in some operator set: what an unknown one changes would be lost.</summary>
internal static class KnownOperators
{
    public static FrozenDictionary<string, string[]> Attributes { get; } = new Dictionary<string, string[]>
    {
        ["Abs"] = [],
        ["Add"] = ["axis", "broadcast"],
        ["BatchNormalization"] = ["epsilon", "is_test", "momentum", "spatial", "training_mode"],
        ["Cast"] = ["round_mode", "saturate", "to"],
        ["Clip"] = ["max", "min"],
        ["Concat"] = ["axis"],
        ["Constant"] = ["value", "value_float", "value_floats", "value_int", "value_ints"],
        ["ConstantOfShape"] = ["value"],
        ["Div"] = ["axis", "broadcast"],
        ["Dropout"] = ["is_test", "ratio", "seed"],
        ["Elu"] = ["alpha"],
        ["Erf"] = [],
        ["Exp"] = [],
        ["Expand"] = [],
        ["Flatten"] = ["axis"],
        ["Gather"] = ["axis"],
        ["Gelu"] = ["approximate"],
        ["Gemm"] = ["alpha", "beta", "broadcast", "transA", "transB"],
        ["Greater"] = ["axis", "broadcast"],
        ["HardSigmoid"] = ["alpha", "beta"],
        ["HardSwish"] = [],
        ["Identity"] = [],
        ["LeakyRelu"] = ["alpha"],
        ["Log"] = [],
        ["LogSoftmax"] = ["axis"],
        ["MatMul"] = [],
        ["Mish"] = [],
        ["Mul"] = ["axis", "broadcast"],
        ["Neg"] = [],
        ["Pow"] = ["axis", "broadcast"],
        ["Reciprocal"] = [],
        ["Relu"] = [],
        ["Reshape"] = ["allowzero", "shape"],
        ["Selu"] = ["alpha", "gamma"],
        ["Shape"] = ["end", "start"],
        ["Sigmoid"] = [],
        ["Size"] = [],
        ["Slice"] = ["axes", "ends", "starts"],
        ["Softmax"] = ["axis"],
        ["Softplus"] = [],
        ["Softsign"] = [],
        ["Sqrt"] = [],
        ["Squeeze"] = ["axes"],
        ["Sub"] = ["axis", "broadcast"],
        ["Tanh"] = [],
        ["Transpose"] = ["perm"],
        ["Unsqueeze"] = ["axes"],
        ["Where"] = [],
    }.ToFrozenDictionary();
}
