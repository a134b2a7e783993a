namespace DeepLearning.Tests.Autograd;

public sealed class ParameterSetTests
{
    private readonly ParameterSet set = new(("dense.kernel", [2, 3]), ("dense.bias", [3]), ("scale", []), ("none", [0]));

    [Fact]
    public void Parameters_stand_in_order_with_names_shapes_and_counts()
    {
        set.Select(p => p.ToString()).Should().Equal("dense.kernel [2, 3]", "dense.bias [3]", "scale []", "none [0]");
        set.Count.Should().Be(4);
        set.ElementCount.Should().Be(10);
        set[1].Should().BeSameAs(set["dense.bias"]);
    }

    [Fact]
    public void Parameters_are_views_of_one_flat_buffer_each_on_its_own_cache_line()
    {
        set[0].Assign(Tensor.Full([2, 3], 1f));
        set[1].Assign(Tensor.Full([3], 2f));
        set[2].Value.AsSpan()[0] = 3f;

        float[] flat = set.Flat.AsSpan().ToArray();
        flat.Should().HaveCount(48);
        flat[..7].Should().Equal(1f, 1f, 1f, 1f, 1f, 1f, 0f);
        flat[16..20].Should().Equal(2f, 2f, 2f, 0f);
        flat[32].Should().Be(3f);
        flat.Sum().Should().Be(15f, "the padding stays 0");
    }

    [Fact]
    public void Names_are_unique_and_not_empty()
    {
        FluentActions.Invoking(() => new ParameterSet(("a", [1]), ("a", [2]))).Should().Throw<ArgumentException>().WithMessage("*a appears twice*");
        FluentActions.Invoking(() => new ParameterSet(("", [1]))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => set["dense.gamma"]).Should().Throw<KeyNotFoundException>().WithMessage("*dense.gamma*dense.kernel, dense.bias*");
    }

    [Fact]
    public void Fault10_values_of_another_shape_are_refused_and_change_nothing()
    {
        FluentActions.Invoking(() => set[0].Assign(Tensor.Ones([3, 2]))).Should().Throw<ShapeMismatchException>().WithMessage("*dense.kernel*[2, 3]*[3, 2]*");

        set[0].Value.ToArray().Should().OnlyContain(v => v == 0f);
    }

    [Fact]
    public void Fault24_parameters_too_large_together_throw_before_any_allocation()
        => FluentActions.Invoking(() => new ParameterSet(("a", [1 << 30]), ("b", [1 << 30]))).Should().Throw<OverflowException>();

    [Fact]
    public void Fault25_null_arguments_are_named()
    {
        FluentActions.Invoking(() => new ParameterSet(null!)).Should().Throw<ArgumentNullException>().WithParameterName("parameters");
        FluentActions.Invoking(() => set[0].Assign(null!)).Should().Throw<ArgumentNullException>().WithParameterName("values");
    }
}
