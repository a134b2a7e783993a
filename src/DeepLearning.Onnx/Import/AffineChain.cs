using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// Consecutive additions and multiplications by constants, as one equivalent (x − offset) / scale. Composed in double; a subtraction and a division, as
/// exported, are reproduced bit for bit.
/// </summary>
internal sealed class AffineChain(ByteBudget budget)
{
    private double[]? offset, scale;

    /// <summary>Whether there are no steps that must still become a layer.</summary>
    public bool IsEmpty => offset is null;

    /// <summary>The node of the last step.</summary>
    public NodeProto? Last { get; private set; }

    /// <summary>One more step: x with a constant.</summary>
    /// <param name="node">Add, Sum, Sub, Mul or Div.</param>
    /// <param name="constant">The constant.</param>
    /// <param name="constantFirst">Whether the constant is the operator's first input.</param>
    /// <param name="sample">The shape of one sample.</param>
    public void Append(NodeProto node, OnnxConstant constant, bool constantFirst, Shape sample)
    {
        Begin(node, sample);
        double[] values = Broadcast(node, constant, sample);
        for (int i = 0; i < values.Length; i++)
        {
            double c = values[i], s = scale![i];
            switch (node.OpType)
            {
                case "Add" or "Sum": offset![i] -= c * s; break;
                case "Sub":
                    offset![i] += c * s;
                    if (constantFirst) scale[i] = -s;
                    break;
                case "Mul" when c != 0: scale[i] = s / c; break;
                case "Div" when !constantFirst: scale[i] = s * c; break;
                case "Mul": throw node.Wrong("multiplies by 0, which no layer here expresses");
                default: throw node.Wrong("divides by a computed value, which no layer here expresses");
            }
        }
    }

    /// <summary>One more step: −x.</summary>
    public void Negate(NodeProto node, Shape sample)
    {
        Begin(node, sample);
        for (int i = 0; i < scale!.Length; i++) scale[i] = -scale[i];
    }

    /// <summary>Batch normalization in inference, of samples of several dimensions: the channels are the first dimension of a sample.</summary>
    public void AppendBatchNormalization(NodeProto node, OnnxGraph graph, Shape sample)
    {
        RequireInference(node, graph.OperatorSet);
        if (sample.Rank == 0) throw node.Wrong("has no channels to normalise");
        if (graph.OperatorSet < 9 && node.Integer("spatial", 1) == 0 && sample.Rank > 1)
            throw node.Wrong("has spatial = 0, numbers for each place of a channel; those of a whole channel are read");
        Begin(node, sample);
        int channels = sample[0], each = sample.Size / channels;
        double[][] numbers = [.. Enumerable.Range(1, 4).Select(place => graph.RequireConstant(node, place).Doubles ?? [])];
        if (numbers.Any(n => n.Length != channels)) throw node.Wrong($"does not have its four numbers for each of {channels} channels");
        double epsilon = node.Number("epsilon", 1e-5f);
        for (int i = 0; i < offset!.Length; i++)
        {
            int c = i / each;
            (double gain, double shift, double mean, double variance) = (numbers[0][c], numbers[1][c], numbers[2][c], numbers[3][c]);
            if (gain == 0) throw node.Wrong($"multiplies channel {c} by 0, which no layer here expresses");
            double divisor = Math.Sqrt(variance + epsilon) / gain;
            offset[i] += (mean - shift * divisor) * scale![i];
            scale[i] *= divisor;
        }
    }

    /// <summary>The steps so far as a layer, or null if there were none; the next step starts over.</summary>
    /// <exception cref="ModelFormatException">They end in a number that is not finite.</exception>
    public Normalization? Flush()
    {
        if (offset is null) return null;
        try
        {
            return new Normalization(offset, scale);
        }
        catch (ArgumentException wrong)
        {
            throw Last!.Wrong($"ends in numbers that cannot be used: {wrong.Message}");
        }
        finally
        {
            offset = scale = null;
        }
    }

    /// <summary>With the current batch's mean, a sample's result would depend on the others. How a node expresses this has changed twice.</summary>
    public static void RequireInference(NodeProto node, long operatorSet)
    {
        bool trains = operatorSet switch
        {
            < 7 => node.Integer("is_test", 0) == 0,
            < 14 => node.Output.Skip(1).Any(v => v.Length > 0),
            _ => node.Integer("training_mode", 0) != 0,
        };
        if (trains)
            throw node.Wrong($"is in training mode{(operatorSet < 7 ? " (is_test is 0)" : operatorSet < 14 ? " (it makes statistics too)" : "")}: "
                + "export the model in evaluation mode");
    }

    private void Begin(NodeProto node, Shape sample)
    {
        Last = node;
        if (offset is not null) return;
        // Offset, scale, the constant and the positions of its values; the layer has its own copies of the first two.
        budget.Take(sample.Size, 6 * sizeof(double), node.Described());
        offset = new double[sample.Size];
        scale = new double[sample.Size];
        Array.Fill(scale, 1);
    }

    /// <summary>A constant for each value of a sample; it must not vary within the batch, nor enlarge samples.</summary>
    private static double[] Broadcast(NodeProto node, OnnxConstant constant, Shape sample)
    {
        double[] source = constant.Doubles ?? throw node.Wrong("computes with whole numbers");
        ReadOnlySpan<int> from = constant.Dimensions;
        if (from.Length == sample.Rank + 1 && from[0] == 1) from = from[1..];
        return Places.Spread(from, sample) is { } strides
            ? Array.ConvertAll(Places.Of(sample, strides), place => source[place])
            : throw node.Wrong($"takes a constant of shape {new Shape(constant.Dimensions)} that does not broadcast over samples of shape {sample}");
    }
}
