using System.Reflection;

namespace DeepLearning.Tests.Contracts;

/// <summary>Every differentiable public operation of <see cref="Tensor"/>; <see cref="OpContractTests"/> runs one suite over all rows.</summary>
public static class OpContract
{
    private const string Unary = "(Tensor)", Binary = "(Tensor, Tensor)", WithNumber = "(Tensor, Double)", NumberFirst = "(Double, Tensor)";

    // Arrays, because unoptimised code makes a new object of every span of constants, and the rows must not allocate.
    private static readonly int[] Order201 = [2, 0, 1], Order0213 = [0, 2, 1, -1], Order0 = [0], Order20 = [2, 0];
    private static readonly int[] Rows4042 = [4, 0, 4, 2], Columns = [1, 1, 32], Wide = [2, 17, 3], Same = [3, 5], Four = [4];

    private static readonly double[] Offset = [1, -2, 0.5], Scale = [2, 0.25, -1];
    private static readonly Tensor Shares = Tensor.From(new[,] { { 1f, 0f, 0f, 0f, 0f }, { 0.1f, 0.2f, 0.3f, 0.4f, 0f }, { 0f, 0f, 0.5f, 0.25f, 0.25f } });

    private static readonly Tensor Middle = Tensor.From(0.5f, -1f, 0f), Spread = Tensor.From(1f, 0.25f, 2f);

    private static readonly Tensor Spoken = Tensor.From(new[,] { { 1f, 1f, 4f }, { 3f, 0f, 0f }, { 0f, 0f, 0f } });

    private static readonly Tensor Alike = Tensor.From(1f, 2f, 1f, 1f);

    private static readonly Tensor Words = Tensor.FromIndices(new[,] { { 4, 0, 4 }, { 2, 4, 1 } }), Word = Tensor.FromIndices([3], []);

    private static readonly Shape[] UnaryShapes = [[], [1], [17], [3, 33], [2, 1, 5], [0, 3]];

    private static readonly Shape[][] BroadcastShapes =
    [
        [[2, 3], [2, 3]], [[17], [17]], [[], []], [[5, 33], [33]], [[2, 1], [1, 3]], [[], [2, 3]], [[4, 17], [4, 1]], [[3], [2, 4, 3]], [[3, 1, 5], [1, 2, 1]], [[1, 3], [3]],
        [[0, 3], [1, 3]],
    ];

    /// <summary>The operations below that only the library itself calls.</summary>
    public static IReadOnlyList<string> Internal { get; } =
    [
        "Linear", "Normalize", "BatchNormalize", "LayerNormalize", "SoftmaxCrossEntropy", "SigmoidCrossEntropy", "ProbabilityCrossEntropy", "FocalCrossEntropy",
        "Divergence", "CategoricalFocal", "PoissonOfRates", "PoissonOfLogarithms", "GaussianLikelihood", "CtcLikelihood", "SemiHardNegatives",
    ];

    /// <summary>What returns a tensor from a tensor and has no gradient.</summary>
    public static IReadOnlySet<string> NotDifferentiable { get; } = new HashSet<string>
    {
        "Clone()", "Greater(Tensor)", "GreaterOrEqual(Tensor)", "Less(Tensor)", "LessOrEqual(Tensor)", "EqualTo(Tensor)",
    };

    public static IReadOnlyList<OpRow> Rows { get; } =
    [
        .. OnBroadcast("op_Addition" + Binary, x => x[0] + x[1], Points.Signed),
        .. OnBroadcast("op_Subtraction" + Binary, x => x[0] - x[1], Points.Signed),
        .. OnBroadcast("op_Multiply" + Binary, x => x[0] * x[1], Points.Signed),
        .. OnBroadcast("op_Division" + Binary, x => x[0] / x[1], Points.Signed),
        .. OnBroadcast("Maximum" + Binary, x => Tensor.Maximum(x[0], x[1]), Points.Spaced),
        .. OnBroadcast("Minimum" + Binary, x => Tensor.Minimum(x[0], x[1]), Points.Spaced),
        .. OnUnary("op_UnaryNegation" + Unary, x => -x[0]),
        .. OnUnary("op_Addition" + WithNumber, x => x[0] + 2.5f),
        .. OnUnary("op_Addition" + NumberFirst, x => 2.5f + x[0]),
        .. OnUnary("op_Subtraction" + WithNumber, x => x[0] - 2.5f),
        .. OnUnary("op_Subtraction" + NumberFirst, x => 2.5f - x[0]),
        .. OnUnary("op_Multiply" + WithNumber, x => x[0] * 2.5f),
        .. OnUnary("op_Multiply" + NumberFirst, x => -2.5f * x[0]),
        .. OnUnary("op_Division" + WithNumber, x => x[0] / 2.5f),
        .. OnUnary("op_Division" + NumberFirst, x => 2.5f / x[0]),
        .. OnUnary("Abs()", x => x[0].Abs()),
        .. OnUnary("Clip(Double, Double)", x => (x[0] * 2f).Clip(-0.4f, 0.4f)),
        .. OnUnary("Clip(Double, Double)", x => x[0].Clip(-9f, 0.1f)),
        .. OnUnary("Exp()", x => x[0].Exp()),
        .. OnPositive("Log()", x => x[0].Log()),
        .. OnUnary("Square()", x => x[0].Square()),
        .. OnPositive("Sqrt()", x => x[0].Sqrt()),
        .. OnPositive("Pow(Double)", x => x[0].Pow(1.7f)),
        .. OnUnary("Pow(Double)", x => x[0].Pow(3f)),
        .. OnUnary("Pow(Double)", x => x[0].Pow(-2f)),
        .. OnUnary("Pow(Double)", x => x[0].Pow(1f)),
        .. OnUnary("Relu()", x => x[0].Relu()),
        .. OnUnary("Sigmoid()", x => x[0].Sigmoid()),
        .. OnUnary("Tanh()", x => x[0].Tanh()),
        .. OnUnary("Sum()", x => x[0].Sum()),
        .. OnAxes("Sum(Int32, Boolean)", (x, axis) => x.Sum(axis), Points.Signed),
        .. OnAxes("Sum(Int32, Boolean)", (x, axis) => x.Sum(axis, keepDimension: true), Points.Signed),
        Row("Mean()", x => x[0].Mean(), Points.Signed([3, 17])),
        .. OnAxes("Mean(Int32, Boolean)", (x, axis) => x.Mean(axis), Points.Signed),
        .. OnAxes("Mean(Int32, Boolean)", (x, axis) => x.Mean(axis, keepDimension: true), Points.Signed),
        .. OnAxes("Variance(Int32, Boolean)", (x, axis) => x.Variance(axis), Points.Signed),
        .. OnAxes("Softmax(Int32)", (x, axis) => x.Softmax(axis), Points.Signed),
        .. OnAxes("LogSoftmax(Int32)", (x, axis) => x.LogSoftmax(axis), Points.Signed),
        .. OnAxes("LogSumExp(Int32, Boolean)", (x, axis) => x.LogSumExp(axis), Points.Signed),
        .. OnAxes("LogSumExp(Int32, Boolean)", (x, axis) => x.LogSumExp(axis, keepDimension: true), Points.Signed),
        Row("Max()", x => x[0].Max(), Points.Spaced([3, 17])),
        Row("Min()", x => x[0].Min(), Points.Spaced([3, 17])),
        .. OnAxes("Max(Int32, Boolean)", (x, axis) => x.Max(axis), Points.Spaced),
        .. OnAxes("Min(Int32, Boolean)", (x, axis) => x.Min(axis, keepDimension: true), Points.Spaced),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([3, 17], [17, 5])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([4, 4], [4, 4])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([1, 1], [1, 33])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1], transposeThis: true), Points.Signed([17, 3], [17, 5])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1], transposeOther: true), Points.Signed([3, 17], [5, 17])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1], true, true), Points.Signed([17, 3], [5, 17])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([2, 3, 4], [2, 4, 5])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([2, 4, 4], [2, 4, 4])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([2, 3, 4], [4, 5])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([3, 4], [2, 2, 4, 5])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([3, 1, 2, 4], [1, 2, 4, 3])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1], transposeThis: true), Points.Signed([3, 4, 2], [3, 4, 5])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1], transposeThis: true), Points.Signed([3, 4, 2], [4, 5])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1], transposeOther: true), Points.Signed([3, 2, 4], [3, 5, 4])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1], transposeOther: true), Points.Signed([3, 2, 4], [5, 4])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1], true, true), Points.Signed([2, 1, 4, 3], [2, 2, 5, 4])),
        Row("MatMul(Tensor, Boolean, Boolean)", x => x[0].MatMul(x[1]), Points.Signed([0, 3, 4], [4, 5])),
        Row("Linear", x => Linear.Apply(x[0], x[1], x[2]), Points.Signed([3, 17], [17, 5], [5])),
        Row("Linear", x => Linear.Apply(x[0], x[1], null), Points.Signed([2, 3, 4], [4, 33])),
        Row("Normalize", x => Normalize.Apply(x[0], Offset, Scale), Points.Signed([4, 3])),
        Row("BatchNormalize", x => OfBatch(x[0], x[1], x[2]), Points.Signed([7, 3], [3], [3])),
        Row("BatchNormalize", x => OfBatch(x[0], null, x[1]), Points.Signed([2, 4, 17], [17])),
        Row("BatchNormalize", x => OfBatch(x[0], x[1], null), Points.Signed([5, 33], [33])),
        Row("BatchNormalize", x => BatchNormalize.Apply(x[0], x[1], x[2], Middle, Spread, 1e-3, ofBatch: false), Points.Signed([4, 3], [3], [3])),
        Row("LayerNormalize", x => LayerNormalize.Apply(x[0], x[1], x[2], 5, 1e-3, centred: true), Points.Signed([3, 5], [5], [5])),
        Row("LayerNormalize", x => LayerNormalize.Apply(x[0], null, null, 34, 1e-3, centred: true), Points.Signed([3, 2, 17])),
        Row("LayerNormalize", x => LayerNormalize.Apply(x[0], x[1], null, 17, 1e-3, centred: false), Points.Signed([4, 17], [17])),
        Row("SoftmaxCrossEntropy", x => SoftmaxCrossEntropy.Apply(x[0], Shares), Points.Signed([3, 5])),
        Row("SoftmaxCrossEntropy", x => SoftmaxCrossEntropy.Apply(x[0], x[1]), Points.Signed([3, 5], [3, 5])),
        Row("SigmoidCrossEntropy", x => SigmoidCrossEntropy.Apply(x[0], x[1]), Points.Signed([3, 17], [3, 17])),
        Row("ProbabilityCrossEntropy", x => ProbabilityCrossEntropy.Apply(x[0].Sigmoid(), x[1]), Points.Signed([3, 17], [3, 17])),
        Row("FocalCrossEntropy", x => FocalCrossEntropy.Apply(x[0], x[1], 2f, null), Points.Signed([3, 17], [3, 17])),
        Row("FocalCrossEntropy", x => FocalCrossEntropy.Apply(x[0], x[1].Sigmoid(), 1.5f, 0.3f), Points.Signed([3, 17], [3, 17])),
        Row("FocalCrossEntropy", x => FocalCrossEntropy.Apply(x[0], x[1].Sigmoid(), 0f, 0.8f), Points.Signed([3, 17], [3, 17])),
        Row("Divergence", x => Divergence.Apply(x[0], x[1].Sigmoid()), Points.Signed([3, 17], [3, 17])),
        Row("CategoricalFocal", x => CategoricalFocal.Apply(x[0].LogSoftmax(), x[1], 2f, 0.25f), Points.Signed([3, 17], [3, 17])),
        Row("CategoricalFocal", x => CategoricalFocal.Apply(x[0].LogSoftmax(), x[1], 0.5f, 1f), Points.Signed([3, 17], [3, 17])),
        Row("PoissonOfRates", x => PoissonLikelihood.OfRates(x[0].Sigmoid(), x[1]), Points.Signed([3, 17], [3, 17])),
        Row("PoissonOfLogarithms", x => PoissonLikelihood.OfLogarithms(x[0], x[1]), Points.Signed([3, 17], [3, 17])),
        Row("GaussianLikelihood", x => GaussianLikelihood.Apply(x[0], x[1], -9f), Points.Signed([3, 17], [3, 17])),
        Row("CtcLikelihood", x => CtcLikelihood.Apply(x[0], Spoken), Points.Signed([3, 6, 5])),
        Row("SemiHardNegatives", x => SemiHardNegatives.Apply(x[0], Alike).Clip(-9f, 9f), Points.Spaced([4, 4])),
        .. OnUnary("Reshape(ReadOnlySpan<Int32>)", x => x[0].Reshape(x[0].Count, 1)),
        Row("ExpandDims(Int32)", x => x[0].ExpandDims(1), Points.Signed([3, 5])),
        Row("Squeeze(Int32)", x => x[0].Squeeze(-2), Points.Signed([3, 1, 5])),
        Row("Transpose()", x => x[0].Transpose(), Points.Signed([17, 33])),
        Row("Transpose()", x => x[0].Transpose(), Points.Signed([2, 3, 4])),
        Row("Transpose(ReadOnlySpan<Int32>)", x => x[0].Transpose(Order201), Points.Signed([2, 3, 17])),
        Row("Transpose(ReadOnlySpan<Int32>)", x => x[0].Transpose(Order0213), Points.Signed([2, 3, 4, 5])),
        Row("Transpose(ReadOnlySpan<Int32>)", x => x[0].Transpose(Order0), Points.Signed([5])),
        Row("Slice(Int32, Int32, Int32)", x => x[0].Slice(0, 1, 2), Points.Signed([5, 3])),
        Row("Slice(Int32, Int32, Int32)", x => x[0].Slice(-1, 16, 17), Points.Signed([3, 33])),
        Row("Slice(Int32, Int32, Int32)", x => x[0].Slice(1, 1, 1), Points.Signed([2, 3, 4])),
        Row("get_Item(ReadOnlySpan<TensorIndex>)", x => x[0][1..3], Points.Signed([5, 3])),
        Row("get_Item(ReadOnlySpan<TensorIndex>)", x => x[0][.., ^1], Points.Signed([5, 3])),
        Row("get_Item(ReadOnlySpan<TensorIndex>)", x => x[0][^1, 1.., 2], Points.Signed([2, 3, 4])),
        Row("Concatenate(Int32, ReadOnlySpan<Tensor>)", x => Tensor.Concatenate(0, x[0], x[1]), Points.Signed([2, 3], [4, 3])),
        Row("Concatenate(Int32, ReadOnlySpan<Tensor>)", x => Tensor.Concatenate(-1, x[0], x[1], x[2], x[0]), Points.Signed([3, 17], [3, 1], [3, 0])),
        Row("Concatenate(Int32, ReadOnlySpan<Tensor>)", x => Tensor.Concatenate(1, x[0], x[1]), Points.Signed([2, 3, 4], [2, 3, 4])),
        Row("Stack(Int32, ReadOnlySpan<Tensor>)", x => Tensor.Stack(0, x[0], x[1], x[1]), Points.Signed([2, 3], [2, 3])),
        Row("Stack(Int32, ReadOnlySpan<Tensor>)", x => Tensor.Stack(-1, x[0], x[1]), Points.Signed([17], [17])),
        Row("Gather(Int32, ReadOnlySpan<Int32>)", x => x[0].Gather(0, Rows4042), Points.Signed([5, 3])),
        Row("Gather(Int32, ReadOnlySpan<Int32>)", x => x[0].Gather(-1, Columns), Points.Signed([2, 33])),
        Row("Gather(Int32, ReadOnlySpan<Int32>)", x => x[0].Gather(1, Order20), Points.Signed([2, 3, 4])),
        Row("Gather(Int32, Tensor)", x => x[0].Gather(0, Words), Points.Signed([5, 3])),
        Row("Gather(Int32, Tensor)", x => x[0].Gather(-1, Words), Points.Signed([2, 5])),
        Row("Gather(Int32, Tensor)", x => x[0].Gather(1, Words), Points.Signed([2, 5, 4])),
        Row("Gather(Int32, Tensor)", x => x[0].Gather(0, Word), Points.Signed([5, 3])),
        Row("BroadcastTo(ReadOnlySpan<Int32>)", x => x[0].BroadcastTo(Wide), Points.Signed([17, 1])),
        Row("BroadcastTo(ReadOnlySpan<Int32>)", x => x[0].BroadcastTo(Same), Points.Signed([3, 5])),
        Row("BroadcastTo(ReadOnlySpan<Int32>)", x => x[0].BroadcastTo(Four), Points.Signed([[]])),
        .. OnBroadcast("Where(Tensor, Tensor, Tensor)", x => Tensor.Where(x[0].Greater(x[1]), x[0], x[1]), Points.Spaced),
    ];

    /// <summary>For example <c>Sum(Int32, Boolean)</c>.</summary>
    public static string NameOf(MethodInfo method) => $"{method.Name}({string.Join(", ", method.GetParameters().Select(p => NameOf(p.ParameterType)))})";

    private static string NameOf(Type type)
        => type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;

    private static Tensor OfBatch(Tensor x, Tensor? gamma, Tensor? beta)
    {
        (Tensor mean, Tensor variance) = BatchNormalize.Moments(x);
        return BatchNormalize.Apply(x, gamma, beta, mean, variance, 1e-3, ofBatch: true);
    }

    private static OpRow Row(string member, Func<IReadOnlyList<Tensor>, Tensor> function, Tensor[] inputs) => new(member, function, inputs);

    private static IEnumerable<OpRow> OnUnary(string member, Func<IReadOnlyList<Tensor>, Tensor> function)
        => UnaryShapes.Select(shape => Row(member, function, Points.Signed(shape)));

    private static IEnumerable<OpRow> OnPositive(string member, Func<IReadOnlyList<Tensor>, Tensor> function)
        => UnaryShapes.Select(shape => Row(member, function, Points.Positive(shape)));

    private static IEnumerable<OpRow> OnBroadcast(string member, Func<IReadOnlyList<Tensor>, Tensor> function, Func<Shape[], Tensor[]> points)
        => BroadcastShapes.Select(shapes => Row(member, function, points(shapes)));

    private static IEnumerable<OpRow> OnAxes(string member, Func<Tensor, int, Tensor> function, Func<Shape[], Tensor[]> points)
    {
        (Shape Shape, int Axis)[] cases = [([5], 0), ([3, 17], 0), ([3, 17], -1), ([2, 33, 3], 1), ([4, 1], 1), ([0, 3], 1)];
        return cases.Select(c => Row(member, x => function(x[0], c.Axis), points([c.Shape])));
    }
}
