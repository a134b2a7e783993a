namespace DeepLearning.Tests.Serialization;

/// <summary>Which layer a tensor of a foreign file belongs to, and in which layout. Tensors hold the number of the model's layer that they are of.</summary>
public sealed class LoadWeightsNamingTests
{
    [Theory]
    [InlineData("dense_1", "dense_2", "dense_3")]
    [InlineData("dense_5", "dense_6", "dense_7")]
    [InlineData("dense_9", "dense_10", "dense_11")]
    [InlineData("dense", "dense_1", "dense_2")]
    [InlineData("dense", "dense_2", "dense_10")]
    [InlineData("dense_2", "dense_3", "dense_4")]
    [InlineData("fc1", "fc2", "fc3")]
    [InlineData("0", "2", "10")]
    [InlineData("layers.0", "layers.2", "layers.10")]
    [InlineData("net.0.linear", "net.3.linear", "net.12.linear")]
    [InlineData("block1.fc2", "block2.fc1", "block10.fc1")]
    [InlineData("model.dense", "model.dense_1", "model.dense_2")]
    public void Line06_layers_of_one_counted_row_go_by_their_order_whatever_they_are_counted_from(params string[] names)
    {
        foreach (string kernel in (string[])["kernel", "weight"])
        {
            Sequential model = Square(3);
            model.LoadWeights(File(kernel, names));
            Numbers(model).Should().Equal([1, 1, 2, 2, 3, 3], "{0} of {1}", kernel, names);
        }
    }

    [Fact]
    public void Line06_the_issue_s_two_square_layers_counted_from_1()
    {
        Sequential model = Square(2);
        model.LoadWeights(File("kernel", "dense_1", "dense_2"));
        Numbers(model).Should().Equal(1, 1, 2, 2);
    }

    [Fact]
    public void Line06_shapes_go_before_a_name_that_only_a_part_of_the_layers_has()
    {
        Sequential model = Sequential.Input(2).Dense(3).Dense(4).Build();
        model.LoadWeights(new Dictionary<string, Tensor>
        {
            ["dense_1.kernel"] = Tensor.Full([2, 3], 1), ["dense_1.bias"] = Tensor.Full([3], 1),
            ["dense_2.kernel"] = Tensor.Full([3, 4], 2), ["dense_2.bias"] = Tensor.Full([4], 2),
        });
        Numbers(model).Should().Equal(1, 1, 2, 2);
    }

    [Fact]
    public void Line06_a_row_and_a_layer_of_another_shape_beside_it()
    {
        Sequential model = Sequential.Input(2).Dense(2).Dense(2).Dense(1).Build();
        Dictionary<string, Tensor> file = File("weight", "fc1", "fc2");
        (file["head.weight"], file["head.bias"]) = (Tensor.Full([1, 2], 3), Tensor.Full([1], 3));
        model.LoadWeights(file);
        Numbers(model).Should().Equal(1, 1, 2, 2, 3, 3);
    }

    [Theory]
    [InlineData("dense", "head")]
    [InlineData("dense_1", "head")]
    [InlineData("fc1", "fc01")]
    [InlineData("encoder.0", "decoder.0")]
    [InlineData("first", "second")]
    public void Line06_where_neither_all_names_nor_one_row_decides_nothing_is_loaded(params string[] names)
    {
        Sequential model = Square(2);
        float[] before = Numbers(model);
        model.Invoking(m => m.LoadWeights(File("kernel", names))).Should().Throw<ModelFormatException>()
            .WithMessage($"*{names[1]}*WeightOptions.Names*").And.Message.Should().Contain(names[0]);
        Numbers(model).Should().Equal(before);
    }

    [Fact]
    public void Line06_a_row_that_is_longer_or_shorter_than_the_model_is_not_cut()
    {
        var unused = new WeightOptions { AllowUnused = true };
        Square(2).Invoking(m => m.LoadWeights(File("kernel", "dense_1", "dense_2", "dense_3"), unused)).Should().Throw<ModelFormatException>()
            .WithMessage("*only dense_1 of the layers dense (*dense_1 (*would go by name*Names*");
        Square(3).Invoking(m => m.LoadWeights(File("kernel", "dense_1", "dense_2"))).Should().Throw<ModelFormatException>()
            .WithMessage("*only dense_1, dense_2 of*dense.kernel [2, 2] is missing*");
        Square(2).Invoking(m => m.LoadWeights(File("kernel", "0", "1", "2"), unused)).Should().Throw<ModelFormatException>()
            .WithMessage("*cannot be told apart among 0*Names*");
    }

    [Fact]
    public void Line06_all_names_decide_whatever_else_is_in_the_file()
    {
        Sequential model = Square(2);
        model.LoadWeights(File("weight", "dense", "dense_1", "dense_2"), new WeightOptions { AllowUnused = true });
        Numbers(model).Should().Equal(1, 1, 2, 2);
    }

    [Fact]
    public void Line06_names_that_are_given_go_before_all_others()
    {
        Sequential model = Square(2);
        model.LoadWeights(File("kernel", "dense_1", "dense_2"), new WeightOptions
        {
            Names = new Dictionary<string, string>
            {
                ["dense.kernel"] = "dense_2.kernel", ["dense.bias"] = "dense_2.bias", ["dense_1.kernel"] = "dense_1.kernel", ["dense_1.bias"] = "dense_1.bias",
            },
        });
        Numbers(model).Should().Equal(2, 2, 1, 1);
    }

    [Theory]
    [InlineData("kernel", "weight", "bias", "bias")]
    [InlineData("bias", "bias", "kernel", "weight")]
    public void Line06_a_layer_with_an_entry_takes_the_rest_from_the_same_place(string first, string source, string second, string other)
    {
        Sequential model = Square(2);
        WeightOptions names = Names(($"dense.{first}", $"fc2.{source}"), ($"dense_1.{first}", $"fc1.{source}"));
        model.LoadWeights(File("weight", "fc1", "fc2"), names);
        Numbers(model).Should().Equal([2, 2, 1, 1], "{0} goes with {1}", second, other);
        // One entry is enough: one layer is left, and one place.
        model = Square(2);
        model.LoadWeights(File("weight", "fc1", "fc2"), Names(($"dense.{first}", $"fc2.{source}")));
        Numbers(model).Should().Equal(2, 2, 1, 1);
    }

    [Fact]
    public void Line06_where_that_place_has_nothing_for_the_rest_the_parameter_that_needs_an_entry_is_named()
    {
        Dictionary<string, Tensor> file = File("weight", "fc1", "fc2");
        (file["offset"], _) = (file["fc2.bias"], file.Remove("fc2.bias"));
        Sequential model = Square(2);
        float[] before = Numbers(model);
        model.Invoking(m => m.LoadWeights(file, Names(("dense.kernel", "fc2.weight"), ("dense_1.kernel", "fc1.weight")))).Should().Throw<ModelFormatException>()
            .WithMessage("*dense.bias [2] needs an entry in WeightOptions.Names too, since beside fc2.weight, given for dense.kernel, there is nothing*");
        Numbers(model).Should().Equal(before);
        // What an entry has taken is not taken twice.
        model.Invoking(m => m.LoadWeights(File("weight", "fc1", "fc2"), Names(("dense.kernel", "fc1.weight"), ("dense_1.bias", "fc1.bias"))))
            .Should().Throw<ModelFormatException>().WithMessage("*dense.bias [2] needs an entry*dense_1.kernel [2, 2] needs an entry*");
        model.LoadWeights(file, Names(("dense.kernel", "fc2.weight"), ("dense.bias", "offset")) with { Transpose = false });
        Numbers(model).Should().Equal(2, 2, 1, 1);
    }

    [Theory]
    [InlineData("fc1_weight", "fc1_bias")]
    [InlineData("encoder/0/weight", "encoder/0/bias")]
    [InlineData("fc1:weight", "fc1:bias")]
    [InlineData("fc1-weight", "fc1-bias")]
    public void Line06_a_linear_s_weight_is_transposed_however_its_name_is_joined(string weight, string bias)
    {
        Sequential model = Sequential.Input(2).Dense(2).Build();
        var file = new Dictionary<string, Tensor> { [weight] = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }), [bias] = Tensor.Zeros([2]) };
        model.LoadWeights(file, Names(("dense.kernel", weight), ("dense.bias", bias)));
        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(1, 3, 2, 4);
    }

    [Fact]
    public void Line06_a_bias_of_another_size_makes_no_linear()
    {
        Sequential model = Sequential.Input(2).Dense(2).Build();
        var file = new Dictionary<string, Tensor>
        {
            ["e.weight"] = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }), ["e.bias"] = Tensor.Zeros([1]), ["b"] = Tensor.Zeros([2]),
        };
        WeightOptions names = Names(("dense.kernel", "e.weight"), ("dense.bias", "b")) with { AllowUnused = true };
        model.Invoking(m => m.LoadWeights(file, names)).Should().Throw<ModelFormatException>()
            .WithMessage("*e.weight [2, 2], without a bias of its outputs beside it, fits*Transpose*");
        model.LoadWeights(file, names with { Transpose = false });
    }

    [Fact]
    public void Line06_what_cannot_be_a_weight_or_a_name_is_told_by_a_typed_exception()
    {
        Sequential model = Sequential.Input(2).Dense(2).Build();
        var twice = new Dictionary<string, Tensor> { ["weight"] = Tensor.Zeros([2, 2]), [".weight"] = Tensor.Zeros([2, 2]), ["bias"] = Tensor.Zeros([2]) };
        model.Invoking(m => m.LoadWeights(twice)).Should().Throw<ModelFormatException>().WithMessage("*.weight*");
        FluentActions.Invoking(() => new WeightOptions { Names = null! }).Should().Throw<ArgumentNullException>().WithMessage("*Names*");
        model.Invoking(m => m.LoadWeights(new Dictionary<string, Tensor> { ["dense.kernel"] = null! })).Should().Throw<ArgumentException>()
            .WithMessage("*dense.kernel is null*");
        model.Invoking(m => m.LoadWeights(File("kernel", "dense"), Names(("dense.bias", null!)))).Should().Throw<ArgumentException>()
            .WithMessage("*WeightOptions.Names has null for dense.bias*");
    }

    [Fact]
    public void Line06_a_file_of_sixty_thousand_strange_tensors_is_refused_in_few_words()
    {
        Tensor small = Tensor.Zeros([1]);
        var strange = Enumerable.Range(0, 60_000).ToDictionary(i => $"layer{i}.table", _ => small);
        Refused(strange).Should().Contain("… and 59990 more").And.NotContain("layer777.");
        strange["dense.kernel"] = Tensor.Zeros([2, 2]);
        strange["dense.bias"] = Tensor.Zeros([2]);
        strange["dense_1.kernel"] = Tensor.Zeros([2, 2]);
        Refused(strange).Should().Contain("… and 59990 more").And.Contain("dense_1.bias [2] is missing");

        string Refused(Dictionary<string, Tensor> file)
        {
            string text = Square(2).Invoking(m => m.LoadWeights(file)).Should().Throw<ModelFormatException>().Which.Message;
            text.Length.Should().BeLessThan(3000);
            return text;
        }
    }

    [Fact]
    public void Line06_an_embedding_is_not_transposed()
    {
        Tensor table = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }), square = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
        // By its shape.
        Loaded(new Table("kernel", 3), table).Should().Equal(1, 2, 3, 4, 5, 6);
        Loaded(new Dense(3) { UseBias = false }, table).Should().Equal(1, 2, 3, 4, 5, 6);
        // A Linear without bias, by its shape.
        Loaded(new Dense(3) { UseBias = false }, table.Transpose()).Should().Equal(1, 2, 3, 4, 5, 6);
        // By its name: a layer that says weight too keeps it as PyTorch does.
        Loaded(new Table("weight", 2), square).Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public void Line06_a_square_weight_that_may_be_an_embedding_is_refused_with_both_readings()
    {
        Tensor square = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
        foreach (Layer layer in (Layer[])[new Dense(2) { UseBias = false }, new Table("kernel", 2)])
        {
            FluentActions.Invoking(() => Loaded(layer, square)).Should().Throw<ModelFormatException>()
                .WithMessage("*e.weight [2, 2], without a bias*as it is, like an embedding's, and transposed, like that of a Linear*WeightOptions.Transpose*");
            Loaded(layer, square, new WeightOptions { Transpose = true }).Should().Equal(1, 3, 2, 4);
            Loaded(layer, square, new WeightOptions { Transpose = false }).Should().Equal(1, 2, 3, 4);
        }
    }

    [Fact]
    public void Line06_a_weight_with_a_bias_that_does_not_fit_transposed_names_the_option()
    {
        var file = new Dictionary<string, Tensor> { ["0.weight"] = Tensor.Zeros([2, 3]), ["0.bias"] = Tensor.Zeros([3]) };
        Sequential model = Sequential.Input(2).Dense(3).Build();
        model.Invoking(m => m.LoadWeights(file)).Should().Throw<ModelFormatException>()
            .WithMessage("*0.weight has shape [2, 3], transposed [3, 2], expected dense.kernel [2, 3]; if the file keeps*set WeightOptions.Transpose to false*");
        model.LoadWeights(file, new WeightOptions { Transpose = false });
    }

    private static float[] Loaded(Layer layer, Tensor weight, WeightOptions? options = null)
    {
        Sequential model = Sequential.Input(2).Add(layer).Build();
        model.LoadWeights(new Dictionary<string, Tensor> { ["e.weight"] = weight }, options);
        return model.Parameters[0].Value.ToArray();
    }

    private static Sequential Square(int layers)
    {
        SequentialBuilder builder = Sequential.Input(2);
        for (int i = 0; i < layers; i++) builder.Dense(2);
        return builder.Build(seed: 5);
    }

    private static Dictionary<string, Tensor> File(string kernel, params string[] layers)
    {
        var file = new Dictionary<string, Tensor>();
        // Backwards: the order in the file decides nothing.
        for (int i = layers.Length; i > 0; i--)
            (file[$"{layers[i - 1]}.{kernel}"], file[$"{layers[i - 1]}.bias"]) = (Tensor.Full([2, 2], i), Tensor.Full([2], i));
        return file;
    }

    private static WeightOptions Names(params (string Parameter, string Source)[] names)
        => new() { Names = names.ToDictionary(n => n.Parameter, n => n.Source) };

    private static float[] Numbers(Sequential model) => [.. model.Parameters.Select(p => p.Value.AsReadOnlySpan()[0])];

    /// <summary>A matrix [2, units] under a name that it chooses.</summary>
    private sealed class Table(string role, int units) : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter(role, [input.Size, units], new GlorotUniform());
            return [units];
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x.MatMul(context[role]);
    }
}
