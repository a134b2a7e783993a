namespace DeepLearning.Tests.Models;

public sealed class LayerChainTests
{
    [Fact]
    public void Every_public_layer_of_one_value_has_a_method()
    {
        IEnumerable<string> layers = typeof(Layer).Assembly.GetExportedTypes()
            .Where(t => t.IsSubclassOf(typeof(Layer)) && !t.IsSubclassOf(typeof(MergeLayer)) && !t.IsAbstract)
            .Select(t => t == typeof(Normalization) ? nameof(Node.Normalize) : t.Name);

        typeof(Node).GetMethods().Where(m => m.ReturnType == typeof(Node)).Select(m => m.Name).Should().Contain(layers);
    }
}
