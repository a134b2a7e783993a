namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>
/// Rows of normal numbers at which no ReLU of a network is near its kink. Where a pre-activation is 0 but for rounding, one library lets the gradient through
/// and the other does not, and neither is wrong. One such ReLU among the two million of the largest network's batch is 0.1 % of the gradients' norm, a thousand
/// times their rounding.
/// </summary>
internal static class SmoothInputs
{
    /// <summary>Pre-activations are around 1; those of the two libraries differed by 10⁻⁵ at most.</summary>
    private const float Margin = 5e-5f;

    public static Tensor For(Sequential model, int rows)
    {
        int features = model.Parameters[0].Shape[0];
        Tensor inputs = Tensor.Zeros([rows, features]);
        for (int row = 0; row < rows; row++)
        {
            Tensor input = Tensor.Zeros([1, features]);
            ulong attempt = 0;
            do new RandomStream(3, (uint)row, attempt++).FillNormal(input.AsSpan());
            while (IsNearKink(model, input));
            input.AsReadOnlySpan().CopyTo(inputs.AsSpan()[(row * features)..]);
        }

        return inputs;
    }

    private static bool IsNearKink(Sequential model, Tensor x)
    {
        // The last layer has no ReLU.
        for (int p = 0; p < model.Parameters.Count - 2; p += 2)
        {
            Tensor preactivations = x.MatMul(model.Parameters[p].Value) + model.Parameters[p + 1].Value;
            foreach (float z in preactivations.AsReadOnlySpan())
                if (MathF.Abs(z) < Margin) return true;
            x = preactivations.Relu();
        }

        return false;
    }
}
