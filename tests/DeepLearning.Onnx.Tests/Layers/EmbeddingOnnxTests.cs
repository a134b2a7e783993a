using DeepLearning.Tests.Support;
using static DeepLearning.Onnx.Tests.Agreement;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx.Tests.Layers;

public sealed class EmbeddingOnnxTests
{
    private static readonly float[] Six = [0.5f, -0.25f, 0f, 1f, 2f, 0.125f];

    [Theory]
    [InlineData((int)DataType.Int32)]
    [InlineData((int)DataType.Int64)]
    public void A_gather_of_rows_by_an_input_of_whole_numbers_is_the_layer(int type)
    {
        // As PyTorch writes Embedding, then Linear.
        Sequential model = Of((DataType)type).Floats("t", [3, 2], Six).Floats("w", [2, 1], 1f, -2f)
            .Node("e = Gather(t, x)", OnnxAttribute.Of("axis", 0L)).Node("y = MatMul(e, w)").Import();

        model.ToString().Should().StartWith("Sequential.Indices(2).Embedding(3, 2).Dense(1, useBias: false)");
        model.Predict(Tensor.FromIndices(new[,] { { 2, 0 } })).ToArray().Should().Equal(2f - 0.25f, 0.5f + 0.5f);
    }

    [Fact]
    public void A_model_with_it_is_run_and_read_back_with_its_table_once()
    {
        Node words = Model.Indices(4).Named("words"), tags = Model.Indices(4).Named("tags");
        Func<Node, Node> look = Node.Share(x => x.Embedding(11, 3).Named("table"));
        Model model = Model.Of([words, tags], [Node.Concatenate(look(words), look(tags)).Flatten().Dense(2).Softmax()]).Build(seed: 1);
        Tensor[] x = [Tensor.FromIndices([.. Enumerable.Range(0, 20).Select(i => i * 7 % 11)], [5, 4]),
        Tensor.FromIndices([.. Enumerable.Range(0, 20).Select(i => i * 3 % 11)], [5, 4])];
        byte[] file = Runtime.Export(model);
        using var runtime = new Runtime(file);

        Model again = Runtime.ImportModel(file);

        runtime.Predict(x).Single().ShouldBeCloseTo(model.Predict(x)[0].ToArray(), 1e-6);
        again.Predict(x)[0].ToArray().Should().Equal(model.Predict(x)[0].ToArray());
        again.Parameters.Select(p => p.Name).Should().Equal(model.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Other_gathers_of_computed_numbers_are_refused()
    {
        Fails(Of(DataType.Int64).Floats("t", [3, 2], Six).Node("y = Gather(t, x)", OnnxAttribute.Of("axis", 1L)), "*'n0' (Gather)*[3, 2]*along axis 0*");
        Fails(Of(DataType.Int64).Floats("t", [6], Six).Node("y = Gather(t, x)"), "*'n0' (Gather)*[6]*rows of a float matrix*");
        Fails(Of(DataType.Int64).Integers("t", 1, 2, 3).Node("y = Gather(t, x)"), "*'n0' (Gather)*rows of a float matrix*");
        Fails(Of(DataType.Float).Floats("t", [3, 2], Six).Node("y = Gather(t, x)"), "*'n0' (Gather)*no whole numbers*");
        Fails(Of(DataType.Float).Integers("i", 0).Node("y = Gather(x, i)"), "*'n0' (Gather)*only a constant*");
    }

    private static GraphText Of(DataType type)
    {
        var graph = new GraphText([2]);
        graph.Graph.Input[0].Type.TensorType.ElemType = (int)type;
        return graph;
    }
}
