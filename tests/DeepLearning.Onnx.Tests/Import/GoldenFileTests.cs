using DeepLearning.Tests.Support;

namespace DeepLearning.Onnx.Tests.Import;

/// <summary>Small models as PyTorch's three exporters write them, and PyTorch's own results in double.</summary>
public sealed class GoldenFileTests
{
    private static readonly (string Model, string? Missing)[] Models =
    [
        ("arithmetic", "ReduceMean"),
        ("autoencoder", null),
        ("cnn_batchnorm_global", "Conv"),
        ("conv1d", "Conv"),
        ("flatten_images", null),
        ("gru", "GRU"),
        ("lenet", "Conv"),
        ("lstm", "LSTM"),
        ("mlp", null),
        ("mlp_batchnorm", null),
        ("mlp_layernorm", null),
        ("mlp_many_activations", null),
        ("resnet", "Conv"),
        ("transformer", "ReduceMean|Mod"),
        ("two_inputs", null),
    ];

    public static IEnumerable<object?[]> Files =>
        from model in Models
        from exporter in new[] { "legacy13", "legacy17", "dynamo" }
        where (model.Model, exporter) != ("transformer", "legacy13")
        // Before operator set 17 a layer normalization is written in its parts.
        let missing = (model.Model, exporter) == ("mlp_layernorm", "legacy13") ? "ReduceMean" : model.Missing
        select new object?[] { model.Model, exporter, missing };

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Line20_a_file_of_PyTorch_is_read_or_names_what_no_layer_expresses(string name, string exporter, string? missing)
    {
        string path = Path.Combine(Folder(), $"{name}.{exporter}.onnx");
        if (missing is not null)
        {
            string message = FluentActions.Invoking(() => OnnxModel.ImportModel(path)).Should().Throw<ModelFormatException>().Which.Message;
            missing.Split('|').Should().Contain(part => message.Contains(part, StringComparison.Ordinal), "the message is: {0}", message);
            return;
        }

        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Load(Path.Combine(Folder(), "io.safetensors"));
        Model model = OnnxModel.ImportModel(path);
        Tensor predicted = model.Predict([.. model.Inputs.Select((_, i) => tensors[$"{name}/x{i}"])])[0];

        predicted.Shape.Should().Equal(tensors[$"{name}/y"].Shape);
        predicted.ShouldBeCloseTo(tensors[$"{name}/y"].ToArray(), 2e-5, $"{name}.{exporter}");
    }

    [SkippableFact]
    public void Every_file_of_the_folder_is_a_row()
        => Directory.GetFiles(Folder(), "*.onnx").Select(Path.GetFileName).Should().BeEquivalentTo(Files.Select(row => $"{row[0]}.{row[1]}.onnx"));

    private static string Folder()
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        string folder = Path.Combine(data ?? ".", "..", "golden", "onnx");
        Skip.If(data is null || !Directory.Exists(folder), "DEEPLEARNING_DATA names no folder beside which golden/onnx lies.");
        return folder;
    }
}
