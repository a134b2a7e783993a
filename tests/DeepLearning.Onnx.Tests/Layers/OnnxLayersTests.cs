namespace DeepLearning.Onnx.Tests.Layers;

/// <summary>Every public layer has a form in ONNX, or a reason why it has none.</summary>
public sealed class OnnxLayersTests
{
    /// <summary>Layers that are not in <see cref="OnnxLayers"/>, each with the reason.</summary>
    public static IReadOnlyDictionary<Type, string> Without { get; } = new Dictionary<Type, string>
    {
        [typeof(CategoryEncoding)] = "it is OneHot with sums of several, which reading would have to tell from any other sum",
        [typeof(Discretization)] = "ONNX has no search among boundaries",
        [typeof(Dot)] = "a product of two computed values is read as no layer",
        [typeof(Glu)] = "a node with two results is read as no layer",
        [typeof(Hashing)] = "ONNX has no shifts of signed numbers",
        [typeof(Lambda)] = "its function is compiled code",
    };

    [Fact]
    public void Every_public_layer_is_in_the_list_or_says_why_not()
    {
        IEnumerable<Type> layers = typeof(Layer).Assembly.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Layer)) && !t.IsAbstract);
        OnnxLayers.All.Select(l => l.Layer).Concat(Without.Keys).Should().BeEquivalentTo(layers);
        Without.Values.Should().NotContain(reason => string.IsNullOrWhiteSpace(reason));
    }

    [Fact]
    public void Each_definition_stands_in_a_file_named_after_its_layer()
    {
        IEnumerable<Type> files = typeof(OnnxLayer).Assembly.GetTypes().Where(t => t.GetProperty("Definition")?.PropertyType == typeof(OnnxLayer));
        files.Select(t => t.Name).Should().BeEquivalentTo(OnnxLayers.All.Select(l => l.Layer.Name + "Onnx"));
    }

    [Fact]
    public void An_operator_is_one_layer()
        => OnnxLayers.All.SelectMany(l => l.Operators).Select(o => o.Name).Should().OnlyHaveUniqueItems().And.Contain(["Gemm", "Swish", "Transpose"]);
}
