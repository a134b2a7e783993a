namespace DeepLearning.SourceExport.Tests;

/// <summary>The generated class gives the model's bits.</summary>
public sealed class SourceBitsTests
{
    private static readonly float[] Special =
    [
        0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f, 1e-20f, -1e-8f, 3e-8f, 0.25f, 0.55f, 0.9f, 3f, -3f, 9.5f, -17.5f,
        88.7f, 88.8f, -87.4f, -103.9f, -104f, -105f, 1e10f, -1e10f, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    [Fact]
    public void Every_public_layer_of_a_chain_has_a_row_that_is_compiled_or_says_why_not()
        => typeof(Layer).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Layer)) && !t.IsSubclassOf(typeof(MergeLayer)) && !t.IsAbstract)
            .Should().BeEquivalentTo(SourceModels.Rows.Select(m => m.Layers[0].GetType()).Concat(SourceModels.Without.Keys).Distinct());

    [Fact]
    public void Each_layer_gives_the_bits_of_the_model_s()
    {
        for (int i = 0; i < SourceModels.Rows.Count; i++) CheckNumbers(SourceModels.CompiledRows[i], SourceModels.Rows[i]);
    }

    [Fact]
    public void Each_layer_gives_the_same_bits_for_special_values()
    {
        for (int i = 0; i < SourceModels.Rows.Count; i++) CheckSpecial(SourceModels.CompiledRows[i], SourceModels.Rows[i]);
    }

    [Fact]
    public void Each_activation_gives_the_same_bits_over_a_sample_of_all_floats()
    {
        // Every exponent and sign with 128 fractions each, in an order that brings large and small ones into one softmax.
        float[] sample = new float[16 * SourceModels.WideSize];
        for (uint i = 0; i < sample.Length; i++) sample[i] = BitConverter.UInt32BitsToSingle(unchecked((i * 0x9E3779B9u) & ~0x3FFFu) | (i & 0x3FFF));
        foreach (GeneratedModel model in SourceModels.CompiledWide) model.ShouldPredictAsTheModel(sample, "all floats");
    }

    [Fact]
    public void Each_activation_gives_the_same_bits_for_values_of_the_size_of_logits()
    {
        foreach (GeneratedModel model in SourceModels.CompiledWide)
            foreach (float scale in new[] { 0.01f, 1f, 30f })
                model.ShouldPredictAsTheModel(SourceModels.Numbers(4 * SourceModels.WideSize, 8, scale), $"scale {scale}");
    }

    [Fact]
    public void Whole_networks_give_the_same_bits()
    {
        for (int i = 0; i < SourceModels.Networks.Count; i++) CheckNumbers(SourceModels.CompiledNetworks[i], SourceModels.Networks[i]);
    }

    [Fact]
    public void Whole_networks_give_the_same_bits_for_special_values()
    {
        for (int i = 0; i < SourceModels.Networks.Count; i++) CheckSpecial(SourceModels.CompiledNetworks[i], SourceModels.Networks[i]);
    }

    [Fact]
    public void Softmax_of_rows_that_are_minus_infinity_in_part_or_throughout_gives_the_same_bits()
    {
        float[] sample = new float[3 * SourceModels.WideSize];
        sample.AsSpan().Fill(float.NegativeInfinity);
        sample[SourceModels.WideSize + 17] = 2f;
        sample[^1] = float.PositiveInfinity;
        foreach (GeneratedModel model in SourceModels.CompiledWide) model.ShouldPredictAsTheModel(sample, "−∞");
    }

    [Fact]
    public void A_sum_is_taken_in_the_order_of_the_model_s()
    {
        // log Σ with one term of 1 and thousands of 1e-14: how many digits of those are lost depends on what is added to what.
        float[] sample = SourceModels.Numbers(8 * SourceModels.WideSize, 11, 0.5f);
        for (int i = 0; i < sample.Length; i++) sample[i] = i % SourceModels.WideSize == 100 ? 0f : sample[i] - 32f;
        foreach (GeneratedModel model in SourceModels.CompiledWide) model.ShouldPredictAsTheModel(sample, "order");
    }

    private static void CheckNumbers(GeneratedModel generated, Sequential model)
    {
        foreach (float scale in new[] { 0.1f, 1f, 20f })
            generated.ShouldPredictAsTheModel(SourceModels.Numbers(5 * model.InputShape.Size, 9, scale), $"scale {scale}");
    }

    /// <summary>One special value among ordinary ones, then special values alone.</summary>
    private static void CheckSpecial(GeneratedModel generated, Sequential model)
    {
        int size = model.InputShape.Size;
        float[] mixed = SourceModels.Numbers(Special.Length * size, 10, 1f), pure = new float[Special.Length * size];
        for (int i = 0; i < Special.Length; i++)
        {
            mixed[(i * size) + (i * 7 % size)] = Special[i];
            for (int j = 0; j < size; j++) pure[(i * size) + j] = Special[(i + (j * 5)) % Special.Length];
        }

        generated.ShouldPredictAsTheModel(mixed, "one special value");
        generated.ShouldPredictAsTheModel(pure, "special values");
    }
}
