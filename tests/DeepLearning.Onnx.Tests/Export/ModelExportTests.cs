using DeepLearning.Onnx.Schema;
using DeepLearning.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace DeepLearning.Onnx.Tests.Export;

public sealed class ModelExportTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void The_quick_start_s_model_predicts_the_same_in_onnx_runtime(int batch)
    {
        Sequential model = QuickStart();
        Tensor x = Tensor.RandomUniform([batch, 28, 28], seed: 9);
        using var runtime = new Runtime(Runtime.Export(model));

        // Probabilities: below 1, so the tolerance is absolute.
        runtime.Predict(x).ShouldBeCloseTo(model.Predict(x).ToArray(), 1e-5);
    }

    [Fact]
    public void A_trained_model_with_preprocessing_takes_raw_values_in_onnx_runtime()
    {
        Tensor raw = Tensor.RandomNormal([60, 3], seed: 4, mean: 1000f, standardDeviation: 20f);
        int[] labels = [.. Enumerable.Range(0, 60).Select(row => raw[row, 0] > 1000f ? 1 : 0)];
        StandardScaler scaler = StandardScaler.Fit(raw);
        Sequential model = Sequential.Input(3).Normalize(scaler.Means, scaler.StandardDeviations)
            .Dense(8).Gelu().Dropout(0.1f)
            .Dense(2).Softmax()
            .Build(seed: 3);
        model.Compile(new Adam(1e-2f), new SparseCategoricalCrossEntropy(), new Accuracy());
        model.Fit(new Dataset(raw, labels), new FitOptions { Epochs = 5 });
        using var runtime = new Runtime(Runtime.Export(model));

        runtime.Predict(raw).ShouldBeCloseTo(model.Predict(raw).ToArray(), 1e-5);
    }

    [Fact]
    public void Double_normalisation_is_exact_and_float_normalisation_keeps_its_stated_tolerance()
    {
        double[] offset = [1e6 + 1d / 3, -7.1], scale = [3.3, 1e-3];
        Sequential model = Sequential.Input(2).Normalize(offset, scale).Build();
        Tensor x = Tensor.From(new[,] { { 1e6f, 1f }, { 1000007f, -7.1f } });
        using var exact = new Runtime(Runtime.Export(model));
        using var single = new Runtime(Runtime.Export(model, new OnnxExportOptions { DoubleNormalization = false }));

        float[] expected = model.Predict(x).ToArray(), rounded = single.Predict(x).ToArray();

        exact.Predict(x).ToArray().Should().Equal(expected);
        rounded.Should().NotEqual(expected, "otherwise the exact form would not be worth its casts");
        for (int i = 0; i < expected.Length; i++)
        {
            double bound = 2e-7 * (Math.Abs(expected[i]) + Math.Abs(offset[i % 2] / scale[i % 2]));
            Math.Abs((double)rounded[i] - expected[i]).Should().BeLessThanOrEqualTo(bound);
        }
    }

    [Fact]
    public void The_runtime_sees_names_an_open_batch_and_metadata()
    {
        Sequential model = QuickStart();
        model.ClassNames = [.. Enumerable.Range(0, 10).Select(i => $"digit \"{i}\" é")];
        var options = new OnnxExportOptions { InputName = "image", OutputName = "probabilities", BatchName = "n", GraphName = "digits" };
        using var runtime = new Runtime(Runtime.Export(model, options));
        InferenceSession session = runtime.Session;

        session.InputNames.Should().Equal("image");
        session.OutputNames.Should().Equal("probabilities");
        session.InputMetadata["image"].Dimensions.Should().Equal(-1, 28, 28);
        session.InputMetadata["image"].SymbolicDimensions.Should().Equal("n", "", "");
        session.OutputMetadata["probabilities"].Dimensions.Should().Equal(-1, 10);
        session.ModelMetadata.ProducerName.Should().Be("DeepLearning");
        session.ModelMetadata.GraphName.Should().Be("digits");
        ClassNamesMetadata.Read(session.ModelMetadata.CustomMetadataMap["class_names"]).Should().Equal(model.ClassNames);
    }

    [Fact]
    public void Nodes_and_initializers_bear_the_names_of_layers_and_parameters()
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(Runtime.Export(QuickStart()));

        proto.Graph.Node.Select(n => $"{n.Name}: {n.OpType}").Should()
            .Equal("flatten: Flatten", "dense: Gemm", "relu: Relu", "dense_1: Gemm", "softmax: Softmax");
        proto.Graph.Initializer.Select(t => t.Name).Should().Equal("dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias");
        proto.OpsetImport.Should().ContainSingle().Which.Version.Should().Be(17);
        proto.IrVersion.Should().Be(8);
        proto.ProducerVersion.Should().MatchRegex(@"^\d+\.\d+\.\d+$");
    }

    [Fact]
    public void A_layer_of_one_s_own_is_written_as_its_exporter_says()
    {
        Sequential model = Sequential.Input(3).Dense(4).Add(new Gain()).Build(seed: 2);
        model.Parameters["gain.gamma"].Assign(new[] { 1f, -2f, 0.5f, 3f });
        Tensor x = Tensor.RandomNormal([5, 3], seed: 1);
        OnnxExportOptions options = new OnnxExportOptions().Add<Gain>((_, graph) => graph.Node("Mul", [graph.Input, graph.Parameter("gamma")]));
        using var runtime = new Runtime(Runtime.Export(model, options));

        runtime.Predict(x).ShouldBeCloseTo(model.Predict(x).ToArray(), 1e-6);
    }

    [Fact]
    public void An_exporter_may_write_constants_and_attributes_of_every_kind()
    {
        Sequential model = Sequential.Input(2, 3).Add(new Gain()).Build();
        OnnxExportOptions options = new OnnxExportOptions().Add<Gain>((_, graph) =>
        {
            string turned = graph.Node("Transpose", [graph.Input], OnnxAttribute.Of("perm", [0L, 2L, 1L]));
            string back = graph.Node("Transpose", [turned], OnnxAttribute.Of("perm", [0L, 2L, 1L]));
            string wide = graph.Node("Cast", [back], OnnxAttribute.Of("to", 11L));
            string twice = graph.Node("Mul", [wide, graph.Constant("two", [2.0, 2.0, 2.0], [3])]);
            string leaky = graph.Node("LeakyRelu", [graph.Node("Cast", [twice], OnnxAttribute.Of("to", 1L))], OnnxAttribute.Of("alpha", 0.5f));
            string padded = graph.Node("Pad", [leaky, graph.Constant("pads", [0L, 0, 0, 0, 0, 0])], OnnxAttribute.Of("mode", "constant"));
            return graph.Node("Add", [padded, graph.Constant("shift", [1f, 1f, 1f], [1, 3])]);
        });
        using var runtime = new Runtime(Runtime.Export(model, options));

        runtime.Predict(Tensor.From([1f, -1f, 2f, -2f, 3f, 0f], [1, 2, 3])).ToArray().Should().Equal(3f, 0f, 5f, -1f, 7f, 1f);
    }

    [Fact]
    public void A_layer_without_a_form_is_named()
        => FluentActions.Invoking(() => Runtime.Export(Sequential.Input(3).Dense(4).Add(new Gain()).Build()))
            .Should().Throw<NotSupportedException>().WithMessage("gain (Gain())*OnnxExportOptions.Add<Gain>*");

    [Fact]
    public void Two_values_of_one_name_are_refused()
        => FluentActions.Invoking(() => Runtime.Export(QuickStart(), new OnnxExportOptions { InputName = "dense.bias" }))
            .Should().Throw<ArgumentException>().WithMessage("*'dense.bias'*");

    [Fact]
    public void An_exporter_that_returns_a_value_of_nobody_is_refused()
        => FluentActions.Invoking(() => Runtime.Export(Sequential.Input(3).Add(new Gain()).Build(), new OnnxExportOptions().Add<Gain>((_, _) => "elsewhere")))
            .Should().Throw<InvalidOperationException>().WithMessage("*gain*'elsewhere'*");

    [Fact]
    public void A_failed_export_leaves_the_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model.onnx", [1, 2, 3]);

        FluentActions.Invoking(() => Sequential.Input(3).Add(new Gain()).Build().ExportOnnx(path)).Should().Throw<NotSupportedException>();

        File.ReadAllBytes(path).Should().Equal(1, 2, 3);
        Directory.GetFiles(folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void Fault25_null_is_rejected_by_name()
    {
        FluentActions.Invoking(() => OnnxModel.ExportOnnx(null!, "x.onnx")).Should().Throw<ArgumentNullException>().WithParameterName("model");
        FluentActions.Invoking(() => OnnxModel.ExportOnnx(QuickStart(), (Stream)null!)).Should().Throw<ArgumentNullException>().WithParameterName("target");
        FluentActions.Invoking(() => OnnxModel.Import((Stream)null!)).Should().Throw<ArgumentNullException>().WithParameterName("source");
        FluentActions.Invoking(() => OnnxModel.Import("")).Should().Throw<ArgumentException>().WithParameterName("path");
    }

    [Fact]
    public void Fault58_a_model_is_exported_in_a_callback_of_its_training_but_not_by_another_thread_meanwhile()
    {
        using var folder = new TemporaryFolder();
        string inCallback = Path.Combine(folder.Path, "callback.onnx"), elsewhere = Path.Combine(folder.Path, "elsewhere.onnx");
        var failures = new List<Exception>();
        Tensor x = Tensor.RandomNormal([8, 3], seed: 1);
        float[] then = [];
        Sequential model = Sequential.Input(3).Dense(2).Build(seed: 3).Compile(new Sgd(0.1f), new MeanSquaredError());
        model.Fit(new Dataset(x, Tensor.Ones([8, 2])), new FitOptions { BatchSize = 4, Callbacks = [new AtFirstBatch(Export)] });

        failures.Should().HaveCount(2).And.AllBeOfType<InvalidOperationException>().And.OnlyContain(f => f.Message.Contains("another thread"));
        Directory.GetFiles(folder.Path).Should().Equal(inCallback);
        OnnxModel.Import(inCallback).Predict(x).ToArray().Should().Equal(then);
        model.Invoking(m => m.ExportOnnx(elsewhere)).Should().NotThrow();

        void Export()
        {
            then = model.Predict(x).ToArray();
            model.ExportOnnx(inCallback);
            Action[] exports = [() => model.ExportOnnx(elsewhere), () => model.ExportOnnx(Stream.Null)];
            var other = new Thread(() => failures.AddRange(exports.Select(export => Record.Exception(export)).OfType<Exception>()));
            other.Start();
            other.Join();
        }
    }

    private sealed class AtFirstBatch(Action action) : Callback
    {
        public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
        {
            if (context.Batch == 0) action();
        }
    }

    private static Sequential QuickStart() => Sequential.Input(28, 28).Flatten().Dense(128).Relu().Dropout(0.2f).Dense(10).Softmax().Build(seed: 42);
}
