using DeepLearning.Tests.Support;

namespace DeepLearning.SourceExport.Tests;

/// <summary>The generated class in use.</summary>
public sealed class SourceUseTests
{
    private static readonly GeneratedModel Generated = SourceModels.CompiledNetworks[0];

    [Fact]
    public void A_call_allocates_nothing()
    {
        for (int i = 0; i < SourceModels.Networks.Count; i++)
        {
            Sequential model = SourceModels.Networks[i];
            float[] input = SourceModels.Numbers(2 * model.InputShape.Size, 1, 1f), output = new float[2 * model.OutputShape.Size];
            GeneratedModel generated = SourceModels.CompiledNetworks[i];
            generated.Predict(input, output);
            Allocations.Least(() => generated.Predict(input, output)).Should().Be(0, model.ToString());
        }
    }

    [Fact]
    public void Many_threads_get_the_same_bits()
    {
        // The network with scratch memory of its own for each thread, and one with memory on the stack.
        foreach (int i in new[] { 4, 0 })
        {
            float[] input = SourceModels.Numbers(SourceModels.Networks[i].InputShape.Size, 2, 1f), expected = SourceModels.CompiledNetworks[i].Predict(input);
            Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
                SourceModels.CompiledNetworks[i].Predict(input).AsSpan().SequenceEqual(expected).Should().BeTrue());
        }
    }

    [Fact]
    public void No_samples_give_no_predictions() => Generated.Predict([]).Should().BeEmpty();

    [Fact]
    public void Fault11_a_wrong_number_of_inputs_is_named()
        => Generated.Invoking(g => g.Predict(new float[785])).Should().Throw<ArgumentException>().WithMessage("*784*785*").WithParameterName("input");

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(20)]
    public void Too_much_or_too_little_room_is_named(int room)
        => Generated.Invoking(g => g.Predict(new float[784], new float[room])).Should().Throw<ArgumentException>().WithMessage($"*1 predictions of 10*{room}*")
            .WithParameterName("output");

    [Fact]
    public void Predictions_into_their_own_input_are_rejected()
    {
        float[] memory = new float[784];
        Generated.Invoking(g => g.Predict(memory, memory.AsSpan(774))).Should().Throw<ArgumentException>().WithParameterName("output");
    }
}
