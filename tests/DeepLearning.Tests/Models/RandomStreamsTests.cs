namespace DeepLearning.Tests.Models;

public sealed class RandomStreamsTests
{
    [Fact]
    public void To_insert_a_layer_changes_no_other_layer_s_first_weights()
    {
        Sequential before = Sequential.Input(4).Dense(8).Named("first").Tanh().Dense(4).Named("last").Build(seed: 3);
        Sequential after = Sequential.Input(4).Dense(8).Named("first").Dropout(0.1).Dense(8).Tanh().Dense(4).Named("last").Build(seed: 3);
        foreach (string name in new[] { "first.kernel", "last.kernel" }) Values(after, name).Should().Equal(Values(before, name), name);
    }

    [Fact]
    public void To_insert_a_layer_changes_no_other_layer_s_dropout()
    {
        Sequential before = Sequential.Input(64).Dropout(0.5).Named("drop").Build(seed: 3);
        Sequential after = Sequential.Input(64).Dropout(0.5).Dropout(0).Named("more").Add(new Dropout(0.5)).Named("drop").Build(seed: 3);
        Tensor x = Tensor.Ones([2, 64]);
        float[] mask = before.Forward(x, training: true).ToArray();
        // The first dropout of the second model has another name, and other numbers.
        after.Forward(x, training: true).ToArray().Zip(mask).Should().OnlyContain(pair => pair.First == 0 || pair.First == 2 * pair.Second);
    }

    [Fact]
    public void Equal_layers_and_calls_of_a_shared_one_have_numbers_of_their_own()
    {
        Sequential twice = Sequential.Input(4).Dense(4).Dense(4).Build(seed: 3);
        Values(twice, "dense.kernel").Should().NotEqual(Values(twice, "dense_1.kernel"));

        Node x = Model.Input(64);
        Func<Node, Node> drop = Node.Share(n => n.Dropout(0.5));
        Model shared = Model.Of([x], [drop(x), drop(x)]).Build(seed: 3);
        IReadOnlyList<Tensor> masks = shared.Forward([Tensor.Ones([2, 64])], training: true);
        masks[0].ToArray().Should().NotEqual(masks[1].ToArray());
    }

    [Fact]
    public void A_model_that_was_saved_and_loaded_goes_on_with_the_same_dropout()
    {
        Sequential model = Sequential.Input(8).Dropout(0.5).Named("drop").Dense(2).Build(seed: 9);
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        Tensor x = Tensor.Ones([4, 8]);
        Sequential.Load(file).Forward(x, training: true).ToArray().Should().Equal(model.Forward(x, training: true).ToArray());
    }

    private static float[] Values(Model model, string name) => model.Parameters[name].Value.ToArray();
}
