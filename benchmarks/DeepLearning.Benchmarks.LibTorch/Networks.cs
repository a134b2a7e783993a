using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>The same network in both libraries: Dense layers with ReLU between them, from the same weights.</summary>
internal static class Networks
{
    /// <summary>Ends with a softmax, which training computes together with the cross-entropy, from the logits.</summary>
    public static Sequential Ours(int[] sizes, float dropout = 0f, bool softmax = true)
    {
        SequentialBuilder builder = Sequential.Input(sizes[0]);
        for (int i = 1; i < sizes.Length - 1; i++)
        {
            builder = builder.Dense(sizes[i]).Relu();
            if (dropout > 0f) builder = builder.Dropout(dropout);
        }

        builder = builder.Dense(sizes[^1]);
        return (softmax ? builder.Softmax() : builder).Build(seed: 1);
    }

    public static torch.nn.Module<torch.Tensor, torch.Tensor> Theirs(int[] sizes, float dropout = 0f)
    {
        var layers = new List<torch.nn.Module<torch.Tensor, torch.Tensor>>();
        for (int i = 1; i < sizes.Length; i++)
        {
            layers.Add(torch.nn.Linear(sizes[i - 1], sizes[i]));
            if (i == sizes.Length - 1) break;
            layers.Add(torch.nn.ReLU(inplace: true));
            if (dropout > 0f) layers.Add(torch.nn.Dropout(dropout));
        }

        return torch.nn.Sequential(layers);
    }

    /// <summary>Gives libtorch our weights: its Linear keeps the kernel transposed.</summary>
    public static void CopyWeights(Sequential source, torch.nn.Module target)
    {
        using IDisposable noGrad = torch.no_grad();
        torch.Tensor[] parameters = [.. target.parameters()];
        for (int i = 0; i < parameters.Length; i++)
        {
            Tensor value = source.Parameters[i].Value;
            torch.Tensor copy = torch.tensor(value.AsReadOnlySpan().ToArray(), [.. value.Shape.Dimensions.ToArray().Select(d => (long)d)]);
            parameters[i].copy_(value.Rank == 2 ? copy.t() : copy);
        }
    }

    /// <summary>Our weights, parameter by parameter.</summary>
    public static float[][] Weights(Sequential model) => [.. model.Parameters.Select(p => p.Value.AsReadOnlySpan().ToArray())];

    /// <summary>libtorch's weights, parameter by parameter, in the order of ours.</summary>
    public static float[][] Weights(torch.nn.Module module) => [.. module.parameters().Select(p => InOurOrder(p.detach()))];

    /// <summary>libtorch's gradients, parameter by parameter, in the order of ours.</summary>
    public static float[][] Gradients(torch.nn.Module module) => [.. module.parameters().Select(p => InOurOrder(p.grad!))];

    private static float[] InOurOrder(torch.Tensor values) => (values.dim() == 2 ? values.t().contiguous() : values).data<float>().ToArray();
}
