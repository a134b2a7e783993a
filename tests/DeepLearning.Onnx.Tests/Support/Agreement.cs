using DeepLearning.Tests.Support;

namespace DeepLearning.Onnx.Tests;

/// <summary>What is read of a graph, beside what ONNX Runtime makes of the same bytes.</summary>
internal static class Agreement
{
    /// <summary>Reads the graph, and compares the layers with those expected and the predictions with ONNX Runtime's.</summary>
    public static Sequential Agrees(GraphText graph, params string[] layers) => Agrees(graph, graph, layers);

    /// <summary>The same where ONNX Runtime runs another graph, for one that is older than it knows.</summary>
    public static Sequential Agrees(GraphText graph, GraphText same, params string[] layers)
    {
        Sequential model = graph.Import();
        model.Layers.Select(l => l.ToString()).Should().Equal(layers);
        using var runtime = new Runtime(same.ToBytes());
        int rows = (int)(graph.Graph.Input[0].Type.TensorType.Shape.Dim[0] is { HasDimValue: true } batch ? batch.DimValue : 5);
        Tensor x = Tensor.RandomNormal(model.InputShape.Prepend(rows), seed: 8, 0f, 2f);
        Tensor expected = runtime.Predict(x), actual = model.Predict(x);
        actual.Shape.Should().Equal(expected.Shape);
        // Relative to results above 1: float32 rounds at other places.
        expected.ShouldBeCloseTo(actual.ToArray(), 1e-5, string.Join('.', layers));
        return model;
    }

    public static void Fails(GraphText graph, string message)
        => graph.Invoking(g => g.Import()).Should().Throw<ModelFormatException>().WithMessage(message);
}
