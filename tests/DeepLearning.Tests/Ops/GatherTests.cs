namespace DeepLearning.Tests.Ops;

public sealed class GatherTests
{
    private static readonly Tensor Sentences = Tensor.FromIndices(new[,] { { 3, 1, 3 }, { 0, 3, 2 } });

    [Fact]
    public void The_axis_is_replaced_by_the_dimensions_of_the_indices()
    {
        Tensor x = Tensor.Range(24).Reshape(2, 4, 3);

        x.Gather(1, Sentences).Shape.ToArray().Should().Equal(2, 2, 3, 3);
        foreach (int[] i in Naive.Indices([2, 2, 3, 3])) Assert.Equal(x[i[0], Sentences.AsIntegers()[i[1] * 3 + i[2]], i[3]], x.Gather(1, Sentences)[i]);
        x.Gather(-1, Tensor.FromIndices([2], [])).ToArray().Should().Equal(x[.., .., 2].ToArray());
        x.Gather(0, Tensor.FromIndices([], [0, 5])).Shape.ToArray().Should().Equal(0, 5, 4, 3);
        x.Gather(0, new[] { 1, 0 }).ToArray().Should().Equal(x.Gather(0, Tensor.FromIndices(1, 0)).ToArray());
    }

    [Fact]
    public void Gradients_of_an_index_that_stands_several_times_are_added_up()
    {
        var tape = new Tape();
        Tensor table = tape.Watch(Tensor.Zeros([4, 1]));
        Tensor y = table.Gather(0, Sentences);

        tape.Gradients(y, Tensor.From([1f, 10f, 100f, 1000f, 10000f, 100000f], [2, 3, 1]))[table].ToArray().Should().Equal(1000f, 10f, 100000f, 10101f);
    }

    [Fact]
    public void An_index_off_the_axis_is_named_with_its_place()
    {
        Tensor table = Tensor.Ones([3, 2]);
        FluentActions.Invoking(() => table.Gather(0, Sentences)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("indices")
            .WithMessage("*Index 3 at place [0, 0]*axis 0*[3, 2]*0 to 2*");
        FluentActions.Invoking(() => table.Gather(0, Tensor.FromIndices(new[,] { { 0, 1 }, { 2, int.MaxValue } }))).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*Index 2147483647 at place [1, 1]*");
        FluentActions.Invoking(() => table.Gather(1, Tensor.FromIndices(0, -1))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Index -1 at place 1*axis 1*0 to 1*");
        FluentActions.Invoking(() => Tensor.Ones([0, 2]).Gather(0, Tensor.FromIndices(0))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Index 0*");
    }

    [Fact]
    public void Floats_are_no_indices_and_null_is_none()
    {
        FluentActions.Invoking(() => Tensor.Ones([3, 2]).Gather(0, Tensor.From(0f, 1f))).Should().Throw<ArgumentException>().WithParameterName("indices")
            .WithMessage("*[2]*FromIndices*");
        FluentActions.Invoking(() => Tensor.Ones([3, 2]).Gather(0, (Tensor)null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_custom_embedding_has_right_gradients_and_learns()
    {
        GradientCheck.Verify(new Embedding(4, 3), Sentences);
        // Words 1 and 2 mean yes, the others no: the mean of three embeddings tells how many there are.
        Tensor words = Tensor.FromIndices(new[,] { { 0, 3, 0 }, { 1, 2, 2 }, { 3, 3, 0 }, { 2, 1, 1 }, { 0, 0, 3 }, { 1, 1, 2 } });
        var data = new Dataset(words, new[,] { { 0f }, { 1f }, { 0f }, { 1f }, { 0f }, { 1f } });
        Sequential model = Sequential.Indices(3).Add(new Embedding(4, 2)).Flatten().Dense(1).Sigmoid().Build(seed: 5);

        History history = model.Compile(new Adam(0.1), new BinaryCrossEntropy()).Fit(data, new FitOptions { Epochs = 60, BatchSize = 4 });

        history["loss"][^1].Should().BeLessThan(0.05f);
        history.Warnings.Should().BeEmpty("indices have no scale");
        Tensor predictions = model.Forward(words, new Tape());
        foreach (int row in Enumerable.Range(0, 6)) (predictions[row, 0] > 0.5f).Should().Be(data.Targets[row, 0] == 1f);
    }

    /// <summary>A row of a table for each index: [batch, length] becomes [batch, length, features].</summary>
    private sealed class Embedding(int words, int features) : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("table", [words, features], new RandomNormal(0, 0.5));
            return [.. input, features];
        }

        public override Tensor Forward(Tensor x, LayerContext context) => context["table"].Gather(0, x);
    }
}
