namespace DeepLearning.Tests.Architecture;

public sealed class SpanLoopTests
{
    [Fact]
    public void Ops_layers_losses_and_optimizers_leave_spans_to_the_kernels() => SpanLoops.In(SourceTree.Under("src/DeepLearning")).Should().BeEmpty();

    [Theory]
    [InlineData("for (int i = 0; i < x.Length; i++) x[i] = 0f;")]
    [InlineData("foreach (float value in x) System.Console.WriteLine(value);")]
    [InlineData("foreach (ref float value in x) value = 1f;")]
    [InlineData("for (int i = 0; i < 3; i++) Take(x.Slice(i, 1));")]
    [InlineData("for (int i = 0; i < 3; i++) Take(x[i..]);")]
    [InlineData("int i = 0; while (x[i] > 0f) i++;")]
    [InlineData("x.Clear();")]
    [InlineData("x.Fill(1f);")]
    [InlineData("x.CopyTo(x);")]
    [InlineData("x.IndexOfAnyExceptInRange(0f, 1f);")]
    [InlineData("System.Numerics.Tensors.TensorPrimitives.Max<float>(x);")]
    public void Arithmetic_over_a_span_is_found_wherever_it_hides(string statements)
    {
        SpanLoops.In([SourceTree.Parse(InClass(statements), "src/DeepLearning/Ops/Odd.cs")]).Should().ContainSingle(statements);
        SpanLoops.In([SourceTree.Parse(InClass(statements), "src/DeepLearning/Kernels/Odd.cs")]).Should().BeEmpty();
    }

    [Theory]
    [InlineData("for (int i = 0; i < dims.Length; i++) dims[i] = 1;")]
    [InlineData("dims.Clear();")]
    [InlineData("Take(x.Slice(1, 2));")]
    [InlineData("Take(x.ToArray());")]
    public void Shapes_and_single_pieces_are_no_arithmetic(string statements)
        => SpanLoops.In([SourceTree.Parse(InClass(statements), "src/DeepLearning/Ops/Odd.cs")]).Should().BeEmpty();

    [Fact]
    public void An_optimizer_may_go_through_its_parameters_but_not_through_their_values()
    {
        const string Path = "src/DeepLearning/Optimizers/Odd.cs";
        SpanLoops.In([SourceTree.Parse(InClass("for (int i = 0; i < 3; i++) Take(x.Slice(i, 1));"), Path)]).Should().BeEmpty();
        SpanLoops.In([SourceTree.Parse(InClass("for (int i = 0; i < 3; i++) x[i] = 0f;"), Path)]).Should().ContainSingle();
    }

    private static string InClass(string statements)
        => $"class Odd {{ void M(Span<float> x, Span<int> dims) {{ {statements} }} static void Take(ReadOnlySpan<float> piece) {{ }} }}";
}
