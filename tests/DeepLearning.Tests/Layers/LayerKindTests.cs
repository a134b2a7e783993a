namespace DeepLearning.Tests.Layers;

public sealed class LayerKindTests
{
    [Fact]
    public void A_dense_kernel_is_a_linear_s_weight_and_its_bias_has_one_name()
    {
        ForeignParameter kernel = LayerKind.ForeignOf(new Dense(2), "kernel")!;
        (kernel.ForeignName, kernel.Rank).Should().Be(("weight", 2));
        kernel.Turn!(Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3])).ToArray().Should().Equal(1f, 4f, 2f, 5f, 3f, 6f);
        LayerKind.ForeignOf(new Dense(2), "bias").Should().BeNull();
    }

    [Fact]
    public void Of_a_custom_layer_only_the_kernel_has_another_name()
    {
        LayerKind.ForeignOf(new Custom(), "kernel")!.ForeignName.Should().Be("weight");
        LayerKind.ForeignOf(new Custom(), "gamma").Should().BeNull();
    }

    private sealed class Custom : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x;
    }
}
