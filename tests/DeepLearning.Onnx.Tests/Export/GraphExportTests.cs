using DeepLearning.Onnx.Schema;
using DeepLearning.Tests.Support;

namespace DeepLearning.Onnx.Tests.Export;

/// <summary>Models with branches, several inputs and outputs and shared layers, run by ONNX Runtime and read back.</summary>
public sealed class GraphExportTests
{
    public static TheoryData<string> Models => GraphModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Onnx_runtime_computes_the_same(string name)
    {
        Model model = GraphModels.Make(name);
        using var runtime = new Runtime(Runtime.Export(model));
        foreach (int rows in new[] { 1, 7 })
        {
            Tensor[] x = GraphModels.Batch(model, rows);
            foreach ((Tensor actual, Tensor expected) in runtime.Predict(x).Zip(model.Forward(x)))
            {
                actual.Shape.Should().Equal(expected.Shape);
                if (expected.IsInteger) actual.AsIntegers().ToArray().Should().Equal(expected.AsIntegers().ToArray());
                else actual.ShouldBeCloseTo(expected.ToArray(), 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Read_back_it_predicts_the_same_bits_under_the_same_names(string name)
    {
        Model model = GraphModels.Make(name), again = Runtime.ImportModel(Runtime.Export(model));
        Tensor[] x = GraphModels.Batch(model, 5);

        again.Forward(x).Select(Bits).Should().BeEquivalentTo(model.Forward(x).Select(Bits), o => o.WithStrictOrdering());
        again.Parameters.Select(p => p.Name).Should().Equal(model.Parameters.Select(p => p.Name));
        again.Parameters.SelectMany(p => p.Value.ToArray()).Should().Equal(model.Parameters.SelectMany(p => p.Value.ToArray()));
        again.LayerNames.Should().Equal(model.Calls.Where(c => c.Layer is not Dropout).Select(c => name == "nested twice" && c.Name == "add#2" ? "add_1" : c.Name));
        if (model.Inputs.Count > 1) again.Inputs.Should().Equal(model.Inputs);
        if (model.Outputs.Count > 1) again.Outputs.Should().Equal(model.Outputs);
        (again is Sequential).Should().Be(model is Sequential);
        // What is written of it again differs in nothing but what the names of nodes say of it.
        if (name != "nested twice" && !model.Layers.Any(l => l is Dropout)) Runtime.Export(again).Should().Equal(Runtime.Export(model));
    }

    [Fact]
    public void A_shared_layer_has_its_parameters_in_the_file_once()
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(Runtime.Export(GraphModels.Make("shared"))).Graph;
        graph.Initializer.Select(t => t.Name).Where(n => n.Contains('.')).Should().Equal("dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias");
        graph.Node.Where(n => n.OpType == "Gemm").Select(n => $"{n.Name}: {n.Input[1]}").Should()
            .Equal("dense: dense.kernel", "dense#2: dense.kernel", "dense_1: dense_1.kernel");
    }

    [Fact]
    public void Several_inputs_and_outputs_are_called_as_in_the_model()
    {
        using var two = new Runtime(Runtime.Export(GraphModels.Make("two inputs")));
        two.Session.InputNames.Should().Equal("input", "input_1");
        two.Session.OutputNames.Should().Equal("output");
        using var outputs = new Runtime(Runtime.Export(GraphModels.Make("two outputs")));
        outputs.Session.InputNames.Should().Equal("input");
        outputs.Session.OutputNames.Should().Equal("dense_1", "sigmoid", "tanh");
        GraphModels.Make("two inputs").Invoking(m => Runtime.Export(m, new OnnxExportOptions { InputName = "pixels" }))
            .Should().Throw<ArgumentException>().WithMessage("'pixels'*inputs input, input_1*Named*");
        GraphModels.Make("two outputs").Invoking(m => Runtime.Export(m, new OnnxExportOptions { OutputName = "y" }))
            .Should().Throw<ArgumentException>().WithMessage("'y'*outputs dense_1, sigmoid, tanh*Named*");
    }

    [Fact]
    public void Outputs_that_do_nothing_are_copies()
    {
        Node x = Model.Input(3), h = x.Relu();
        Model model = Model.Of([x], [h.Dropout(0.1), h.Dropout(0.2), h.Tanh()]).Build();
        byte[] file = Runtime.Export(model);
        ModelProto.Parser.ParseFrom(file).Graph.Node.Select(n => $"{n.Name} {n.Output[0]}").Should()
            .Equal("relu relu_output", "tanh tanh", "end dropout", "end_1 dropout_1");
        using var runtime = new Runtime(file);
        runtime.Predict([Tensor.Ones([2, 3])]).Should().HaveCount(3);
    }

    [Fact]
    public void Indices_are_INT32_and_what_moves_them_stays_so()
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(Runtime.Export(GraphModels.Make("indices"))).Graph;
        graph.Input.Select(v => (v.Name, v.Type.TensorType.ElemType)).Should().Equal(("words", 6), ("input", 1));
        graph.Output.Select(v => (v.Name, v.Type.TensorType.ElemType)).Should().Equal(("reshape", 6), ("dense", 1));
    }

    [Fact]
    public void A_custom_layer_that_merges_gets_all_its_inputs()
    {
        Node a = Model.Input(3), b = Model.Input(3);
        Model model = Model.Of([a, b], [Node.Merge(new Product(), a, b.Relu())]).Build();
        OnnxExportOptions options = new OnnxExportOptions().Add<Product>((_, graph) =>
        {
            graph.Invoking(g => g.Input).Should().Throw<InvalidOperationException>().WithMessage("*product*2 values*Inputs*");
            graph.InputShapes.Should().Equal(new Shape(3), new Shape(3));
            return graph.Node("Mul", [.. graph.Inputs]);
        });
        Tensor[] x = GraphModels.Batch(model, 4);
        using var runtime = new Runtime(Runtime.Export(model, options));
        runtime.Predict(x)[0].ToArray().Should().Equal(model.Predict(x)[0].ToArray());
        model.Invoking(m => Runtime.Export(m)).Should().Throw<NotSupportedException>().WithMessage("product*OnnxExportOptions.Add<Product>*");
    }

    [Fact]
    public void State_is_written_as_parameters_are()
    {
        Sequential model = Sequential.Input(3).Add(new Centre()).Build();
        model.SetWeights(new Dictionary<string, Tensor> { ["centre.mean"] = Tensor.From([1f, 2f, 3f]) });
        OnnxExportOptions options = new OnnxExportOptions().Add<Centre>((_, graph) =>
        {
            graph.Invoking(g => g.Parameter("gamma")).Should().Throw<KeyNotFoundException>().WithMessage("*centre.gamma*[centre.mean]*");
            return graph.Node("Sub", [graph.Input, graph.Parameter("mean")]);
        });
        using var runtime = new Runtime(Runtime.Export(model, options));
        runtime.Predict(Tensor.Ones([1, 3])).ToArray().Should().Equal(0f, -1f, -2f);
    }

    private static object Bits(Tensor tensor) => tensor.IsInteger ? tensor.AsIntegers().ToArray() : tensor.ToArray();

    private sealed class Product : MergeLayer
    {
        public override Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder) => inputs[0];

        public override Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context) => inputs[0] * inputs[1];
    }

    private sealed class Centre : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddState("mean", input, Constant.Zeros);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x - context.State("mean");
    }
}
