namespace DeepLearning.Tests.Layers.Categories;

public sealed class CategoryLayerTests
{
    [Fact]
    public void A_bin_is_the_number_of_boundaries_that_a_value_reaches()
    {
        // As numpy.digitize([-5, -1e-9, 0, 0.5, 0.7, 1, 1e30, inf, -inf], [0, 0.7, 1]) gives it.
        Tensor x = Tensor.From(-5f, -1e-9f, 0f, 0.5f, 0.7f, 1f, 1e30f, float.PositiveInfinity, float.NegativeInfinity);

        Tensor bins = Sequential.Input(9).Discretization(0, 0.7, 1).Build().Predict(x);

        bins.AsIntegers().ToArray().Should().Equal(0, 0, 1, 1, 2, 3, 3, 3, 0);
    }

    [Fact]
    public void A_value_that_is_not_a_number_is_refused_with_its_place()
        => Sequential.Input(2).Discretization(0).Build().Invoking(m => m.Predict(Tensor.From(new[,] { { 1f, 2f }, { 3f, float.NaN } })))
            .Should().Throw<ArgumentException>().WithMessage("*the value at [1, 1] of the batch is NaN*");

    [Fact]
    public void Boundaries_that_do_not_ascend_are_refused()
    {
        FluentActions.Invoking(() => new Discretization()).Should().Throw<ArgumentException>().WithMessage("*at least one boundary*");
        FluentActions.Invoking(() => new Discretization(1, 1)).Should().Throw<ArgumentException>()
            .WithMessage("*ascend, also as float32, got 1 at place 1 after 1*");
        FluentActions.Invoking(() => new Discretization(1, 1 + 1e-12)).Should().Throw<ArgumentException>("as float32 they are equal");
        FluentActions.Invoking(() => new Discretization(double.NaN)).Should().Throw<ArgumentException>().WithMessage("*finite, got NaN at place 0*");
    }

    [Fact]
    public void Indices_become_marks_and_counts_of_a_sample_or_a_row_each()
    {
        Tensor x = Tensor.FromIndices(new[,] { { 2, 0, 2 }, { 1, 1, 1 } });

        Encoded(CategoryMode.MultiHot).ToArray().Should().Equal(1f, 0f, 1f, 0f, 1f, 0f);
        Encoded(CategoryMode.Count).ToArray().Should().Equal(1f, 0f, 2f, 0f, 3f, 0f);
        Tensor each = Encoded(CategoryMode.OneHot);
        each.Shape.Should().Equal(2, 3, 3);
        each.ToArray()[..9].Should().Equal(0f, 0f, 1f, 1f, 0f, 0f, 0f, 0f, 1f);

        Tensor Encoded(CategoryMode mode) => Sequential.Indices(3).CategoryEncoding(3, mode).Build().Predict(x);
    }

    [Fact]
    public void Bins_can_be_encoded_and_looked_up()
    {
        Sequential model = Sequential.Input(1).Discretization(0, 1).CategoryEncoding(3, CategoryMode.OneHot).Build();
        model.Predict(Tensor.From(new[,] { { -1f }, { 0.5f }, { 2f } })).ToArray().Should().Equal(1f, 0f, 0f, 0f, 1f, 0f, 0f, 0f, 1f);

        Sequential learned = Sequential.Input(1).Discretization(0, 1).Embedding(3, 2).Flatten().Dense(1).Build(seed: 1);
        learned.Compile(new Adam(0.05), new MeanSquaredError());
        Tensor x = Tensor.RandomNormal([200, 1], seed: 1);
        learned.Fit(x, x.Greater(1) * 3, new FitOptions(epochs: 40));
        learned.Evaluate(x, x.Greater(1) * 3).Loss.Should().BeLessThan(0.01f);
    }

    [Fact]
    public void Values_and_indices_out_of_range_are_refused()
    {
        Sequential.Input(3).CategoryEncoding(3).Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>()
            .WithMessage("*takes indices, but gets float32*");
        Sequential.Indices().CategoryEncoding(3).Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>().WithMessage("*single index*OneHot*");
        Sequential.Indices(1).CategoryEncoding(3).Build().Invoking(m => m.Predict(Tensor.FromIndices(new[,] { { 0 }, { 3 } })))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("Sample 1 has the index 3*takes 0 to 2*");
        // Behind bins the layer itself finds it.
        Sequential.Input(1).Discretization(0, 1).CategoryEncoding(2).Build().Invoking(m => m.Predict(Tensor.From(new[,] { { 5f } })))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*takes the indices 0 to 1, got 2 at [0, 0]*");
        FluentActions.Invoking(() => new CategoryEncoding(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new CategoryEncoding(1, (CategoryMode)3)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Any_integers_are_spread_evenly_over_the_bins_and_a_salt_gives_others()
    {
        int[] numbers = [.. Enumerable.Range(-4000, 8000), int.MinValue, int.MaxValue];
        int[] bins = Of(new Hashing(8)), salted = Of(new Hashing(8, salt: 1));

        bins.Should().OnlyContain(b => b >= 0 && b < 8);
        // 1,000 each are expected, with a standard deviation of √(8000·⅛·⅞) = 30.
        bins.CountBy(b => b).Should().OnlyContain(c => Math.Abs(c.Value - 1000) < 120);
        Of(new Hashing(8)).Should().Equal(bins);
        bins.Zip(salted).Count(p => p.First == p.Second).Should().BeInRange(800, 1200);
        FluentActions.Invoking(() => new Hashing(0)).Should().Throw<ArgumentOutOfRangeException>();

        int[] Of(Hashing layer) => Sequential.Indices(1).Add(layer).Build().Predict(Tensor.FromIndices(numbers, [numbers.Length, 1])).AsIntegers().ToArray();
    }

    [Fact]
    public void The_bins_of_a_number_never_change()
        // Computed in Python from the formula, with whole numbers of 32 bits: a saved model must find the same rows.
        => Sequential.Indices(4).Hashing(1000).Build().Predict(Tensor.FromIndices(0, 1, 2, -1)).AsIntegers().ToArray().Should().Equal(345, 342, 360, 199);
}
