namespace DeepLearning.Tests.Layers;

public sealed class EmbeddingTests
{
    private static readonly Tensor Words = Tensor.FromIndices(new[,] { { 2, 0 }, { 2, 1 } });

    [Fact]
    public void Each_index_is_the_row_of_its_number()
    {
        Sequential model = Table(Sequential.Indices(2).Embedding(3, 2), 0, 1, 10, 11, 20, 21);

        Tensor y = model.Predict(Words);

        y.Shape.Should().Equal(2, 2, 2);
        y.ToArray().Should().Equal(20f, 21f, 0f, 1f, 20f, 21f, 10f, 11f);
        model.Predict(Tensor.FromIndices(1, 1)).ToArray().Should().Equal(10f, 11f, 10f, 11f);
    }

    [Fact]
    public void The_gradient_of_a_row_is_the_sum_over_its_places_and_zero_without_one()
    {
        Sequential model = Table(Sequential.Indices(2).Embedding(4, 2), new float[8]);
        var tape = new Tape();
        Tensor y = model.Forward(Words, tape);

        Gradients gradients = tape.Gradients(y, Tensor.From([1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f], [2, 2, 2]));

        gradients[model.Parameters.Single()].ToArray().Should().Equal(3f, 4f, 7f, 8f, 6f, 8f, 0f, 0f);
    }

    [Fact]
    public void The_table_begins_as_in_Keras_uniform_within_a_twentieth()
    {
        Sequential model = Sequential.Indices(1).Embedding(1000, 8).Build(seed: 1);
        float[] table = model.Parameters["embedding.embeddings"].Value.ToArray();

        table.Should().OnlyContain(v => v >= -0.05f && v < 0.05f);
        // The standard deviation of a uniform distribution is its width / √12; of 8,000 draws it lies within 3%.
        Math.Sqrt(table.Average(v => (double)v * v)).Should().BeApproximately(0.1 / Math.Sqrt(12), 0.0009);
    }

    [Fact]
    public void Words_of_two_kinds_are_told_apart_by_what_is_learned_of_each()
    {
        int[][] texts = [.. Enumerable.Range(0, 400).Select(i => Enumerable.Range(0, 6).Select(w => (i * 7 + w * w * 3 + i / 11) % 20).ToArray())];
        int[] labels = [.. texts.Select(words => words.Count(word => word < 10) > 3 ? 1 : 0)];
        Sequential model = Sequential.Indices(6).Embedding(20, 4).Flatten().Dense(1).Sigmoid().Build(seed: 1);
        model.Compile(new Adam(0.02), new BinaryCrossEntropy(), new Accuracy());

        model.Fit(Tensor.FromIndices(texts), labels, new FitOptions(epochs: 30));

        model.Evaluate(Tensor.FromIndices(texts), labels)["accuracy"].Should().BeGreaterThan(0.97f);
    }

    [Fact]
    public void Float_values_are_refused_when_the_model_is_built_with_the_fix()
    {
        Sequential.Input(3).Embedding(5, 2).Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>()
            .WithMessage("layer 1 (Embedding(5, 2)): takes indices, but gets float32 values: begin with Sequential.Indices(…)*Tensor.FromIndices(…)*");
        Sequential.Input(3).Dense(2).Flatten().Embedding(5, 2).Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>()
            .WithMessage("layer 3 *takes indices*");
        Sequential.Indices(3).Flatten().Reshape(3, 1).Embedding(5, 2).Build().OutputShape.Should().Equal(3, 1, 2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void An_index_that_is_out_of_range_is_named_with_its_sample_before_anything_changes(int wrong)
    {
        Sequential model = Sequential.Indices(2).Flatten().Embedding(3, 2).Flatten().Dense(1).Build(seed: 1);
        model.Compile(new Sgd(0.1), new MeanSquaredError());
        int[][] rows = [.. Enumerable.Range(0, 500).Select(i => new[] { i % 3, i == 400 ? wrong : 0 })];
        Tensor x = Tensor.FromIndices(rows), y = Tensor.Zeros([500, 1]);
        float[] before = [.. model.Parameters.SelectMany(p => p.Value.ToArray())];
        Action[] uses = [() => model.Fit(x, y), () => model.Predict(x), () => model.Evaluate(x, y), () => model.TrainOnBatch(x, y), () => model.Forward(x)];

        foreach (Action use in uses)
            use.Should().Throw<ArgumentOutOfRangeException>()
                .WithMessage($"Sample 400 has the index {wrong} at place [1], but layer 2 (Embedding(3, 2)) takes 0 to 2.*");
        model.Parameters.SelectMany(p => p.Value.ToArray()).Should().Equal(before);
        model.Forward(Tensor.FromIndices(new[,] { { 0, 1 } })).Shape.Should().Equal(1, 1);
    }

    [Fact]
    public void Of_two_tables_on_one_input_the_smaller_one_limits_it()
    {
        Node x = Model.Indices(1);
        Model model = Model.Of(x, Node.Concatenate(x.Embedding(9, 2).Flatten(), x.Embedding(4, 2).Named("small").Flatten())).Build();

        model.Invoking(m => m.Predict(Tensor.FromIndices(new[,] { { 4 } }))).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Sample 0 has the index 4*layer small (Embedding(4, 2)) takes 0 to 3*");
    }

    [Theory]
    [InlineData(0, 1, "inputDim")]
    [InlineData(1, 0, "outputDim")]
    public void A_table_without_rows_or_columns_is_refused(int inputDim, int outputDim, string name)
        => FluentActions.Invoking(() => new Embedding(inputDim, outputDim)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);

    [Fact]
    public void A_PyTorch_weight_is_the_table()
    {
        Sequential model = Sequential.Indices(2).Embedding(3, 2).Build();
        Tensor table = Tensor.RandomNormal([3, 2], seed: 1);

        model.LoadWeights(new Dictionary<string, Tensor> { ["embed.weight"] = table });

        model.Parameters.Single().Value.ToArray().Should().Equal(table.ToArray());
    }

    [Fact]
    public void The_same_bits_at_any_number_of_threads()
    {
        Sequential model = Sequential.Indices(64).Embedding(50, 33).Build(seed: 1);
        Tensor x = Tensor.FromIndices([.. Enumerable.Range(0, 64 * 40).Select(i => i * i % 50)], [40, 64]);

        float[] Gradient()
        {
            var tape = new Tape();
            Tensor y = model.Forward(x, tape);
            return tape.Gradients(y, Tensor.RandomNormal(y.Shape, seed: 2))[model.Parameters.Single()].ToArray();
        }

        int threads = Parallelism.ThreadCount;
        try
        {
            Parallelism.ThreadCount = 1;
            float[] one = Gradient();
            Parallelism.ThreadCount = 3;
            Gradient().Should().Equal(one);
        }
        finally
        {
            Parallelism.ThreadCount = threads;
        }
    }

    private static Sequential Table(SequentialBuilder builder, params float[] values)
    {
        Sequential model = builder.Build();
        model.Parameters.Single().Assign(Tensor.From(values, model.Parameters.Single().Shape));
        return model;
    }
}
