using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// Additions and multiplications by constants, one after another, as the one (x − offset) / scale that they amount to. Composed in double; a subtraction
/// and a division, as a model is exported, come out to the bit.
/// </summary>
internal sealed class AffineChain(ByteBudget budget)
{
    private double[]? offset, scale;
    private NodeProto? last;

    /// <summary>One more step: x with a constant.</summary>
    /// <param name="node">Add, Sub, Mul or Div.</param>
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
                case "Add": offset![i] -= c * s; break;
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

    /// <summary>Batch normalisation as in inference: the channels are the first dimension of a sample.</summary>
    public void AppendBatchNormalization(NodeProto node, OnnxGraph graph, Shape sample)
    {
        if (node.Integer("training_mode", 0) != 0) throw node.Wrong("is in training mode");
        if (sample.Rank == 0) throw node.Wrong("has no channels to normalise");
        Begin(node, sample);
        int channels = sample[0], each = sample.Count / channels;
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

    /// <summary>The steps so far as a layer, or null if there were none; the next step begins anew.</summary>
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
            throw last!.Wrong($"ends in numbers that cannot be used: {wrong.Message}");
        }
        finally
        {
            offset = scale = null;
        }
    }

    private void Begin(NodeProto node, Shape sample)
    {
        last = node;
        if (offset is not null) return;
        budget.Take(sample.Count, 3 * sizeof(double), node.Described());
        offset = new double[sample.Count];
        scale = new double[sample.Count];
        Array.Fill(scale, 1);
    }

    /// <summary>A constant for each value of a sample; it may not tell the samples of a batch apart, nor make them larger.</summary>
    private static double[] Broadcast(NodeProto node, OnnxConstant constant, Shape sample)
    {
        double[] source = constant.Doubles ?? throw node.Wrong("computes with whole numbers");
        int[] from = constant.Dimensions;
        int extra = from.Length - sample.Rank;
        bool fits = extra <= 1 && (extra < 1 || from[0] == 1);
        for (int d = Math.Max(0, extra); fits && d < from.Length; d++) fits = from[d] == 1 || from[d] == sample[d - extra];
        if (!fits) throw node.Wrong($"takes a constant of shape {new Shape(from)} that does not spread over samples of shape {sample}");
        var values = new double[sample.Count];
        for (int i = 0; i < values.Length; i++)
        {
            int rest = i, place = 0, stride = 1;
            for (int d = sample.Rank - 1; d >= Math.Max(0, -extra); d--)
            {
                int index = rest % sample[d];
                rest /= sample[d];
                if (from[d + extra] == 1) continue;
                place += index * stride;
                stride *= from[d + extra];
            }

            values[i] = source[place];
        }

        return values;
    }
}
