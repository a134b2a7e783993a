using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Models;

public sealed class FreezeTests
{
    [Fact]
    public void Frozen_layers_keep_their_bits_and_the_others_learn()
    {
        Sequential model = TrainingCases.Classifier();
        model.Freeze("dense");
        float[] before = Values(model, "dense.kernel"), head = Values(model, "dense_1.kernel");
        model.Fit(TrainingCases.Blobs(48), new FitOptions(epochs: 2, batchSize: 8));
        Values(model, "dense.kernel").Should().Equal(before);
        Values(model, "dense_1.kernel").Should().NotEqual(head);
        model.Unfreeze();
        model.Fit(TrainingCases.Blobs(48), new FitOptions(epochs: 1, batchSize: 8));
        Values(model, "dense.kernel").Should().NotEqual(before);
    }

    [Fact]
    public void Files_copies_and_new_models_keep_it()
    {
        Sequential model = Sequential.Input(4).Dense(8).Relu().Dense(3).Softmax().Build(seed: 1);
        model.Freeze("dense_1");
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        foreach (Model other in new Model[] { Sequential.Load(file), model.Clone(), Sequential.Input(4).Add(model).Build() })
            other.Parameters.Where(p => !p.Trainable).Select(p => p.Name).Should().Equal("dense_1.kernel", "dense_1.bias");
    }

    [Fact]
    public void A_layer_that_declares_a_frozen_parameter_may_be_unfrozen_and_saved()
    {
        LayerKinds kinds = LayerKinds.BuiltIn.With("Still", (Still _, Settings _) => { }, _ => new Still());
        Sequential model = Sequential.Input(2).Add(new Still()).Build();
        model.Parameters[0].Trainable.Should().BeFalse();
        Loaded().Parameters[0].Trainable.Should().BeFalse();
        model.Unfreeze("still");
        Loaded().Parameters[0].Trainable.Should().BeTrue();

        Sequential Loaded()
        {
            using var file = new MemoryStream();
            model.Save(file, kinds);
            file.Position = 0;
            return Sequential.Load(file, kinds);
        }
    }

    [Fact]
    public void To_unfreeze_all_leaves_what_a_layer_declares_as_fixed()
    {
        Sequential model = Sequential.Input(2).Add(new Still()).Dense(1).Build();
        model.Freeze();
        model.Parameters.Should().OnlyContain(p => !p.Trainable);
        model.Unfreeze();
        model.Parameters.Select(p => p.Trainable).Should().Equal(false, true, true);
    }

    [Fact]
    public void A_list_that_names_no_layer_is_refused()
        => TrainingCases.Classifier().Invoking(m => m.Freeze([.. m.LayerNames.Where(n => n.StartsWith("conv", StringComparison.Ordinal))]))
            .Should().Throw<ArgumentException>().WithMessage("*No layer is named*omit the argument*");

    [Fact]
    public void Training_with_everything_frozen_says_so_and_an_unknown_layer_changes_nothing()
    {
        Sequential model = TrainingCases.Classifier();
        model.Invoking(m => m.Freeze("dense", "dens")).Should().Throw<ArgumentException>().WithMessage("*dens*dense, relu, dropout, dense_1, softmax*");
        model.Parameters.Should().OnlyContain(p => p.Trainable);
        model.Freeze();
        model.Invoking(m => m.Fit(TrainingCases.Blobs(48))).Should().Throw<InvalidOperationException>().WithMessage("*No parameter is trainable*");
    }

    private static float[] Values(Model model, string name) => model.Parameters[name].Value.ToArray();

    private sealed class Still : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("scale", input, Constant.Ones, new ParameterOptions { Trainable = false });
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x * context["scale"];
    }
}
