namespace DeepLearning.Tests.Layers;

public sealed class DenseActivationTests
{
    [Fact]
    public void An_activation_given_to_Dense_is_the_layer_after_it_bit_for_bit()
    {
        Sequential given = Sequential.Input(3).Dense(8, activation: new Relu()).Dense(2, activation: new Softmax()).Build(seed: 1);
        Sequential appended = Sequential.Input(3).Dense(8).Relu().Dense(2).Softmax().Build(seed: 1);

        given.ToString().Should().Be(appended.ToString());
        given.LayerNames.Should().Equal(appended.LayerNames);
        given.Parameters.Select(p => p.Name).Should().Equal(appended.Parameters.Select(p => p.Name));
        Tensor x = Tensor.RandomNormal([5, 3], seed: 2);
        given.Predict(x).ToArray().Should().Equal(appended.Predict(x).ToArray());
        Bytes(given).Should().Equal(Bytes(appended));
    }

    [Fact]
    public void A_node_takes_one_too_and_none_is_none()
    {
        Node x = Model.Input(3);
        Model.Of(x, x.Dense(2, new HeNormal(), useBias: false, activation: new Tanh())).Build().LayerNames.Should().Equal("dense", "tanh");
        Sequential.Input(3).Dense(2, activation: null).Build().LayerNames.Should().Equal("dense");
    }

    private static byte[] Bytes(Model model)
    {
        using var file = new MemoryStream();
        model.Save(file);
        return file.ToArray();
    }
}
