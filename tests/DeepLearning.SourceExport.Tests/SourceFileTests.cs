namespace DeepLearning.SourceExport.Tests;

/// <summary>What the file says, and that compilers take it as it is.</summary>
public sealed class SourceFileTests
{
    private static readonly Sequential Small = Sequential.Input(2).Dense(3).Tanh().Dense(1).Sigmoid().Build(seed: 1);

    [Fact]
    public void The_compiler_has_no_warning_at_its_highest_level()
        => FluentActions.Invoking(() => SourceModels.CompiledRows).Should().NotThrow("the compilation fails on any warning");

    [Fact]
    public void A_warning_would_be_seen()
        => GeneratedModel.Warnings("#nullable enable\n/// <summary>.</summary>\npublic class C { private int M(string? s) => s.Length; }")
            .Should().ContainSingle().Which.Should().Contain("CS8602");

    [Fact]
    public void It_reads_layer_by_layer()
        => GeneratedModel.Export(Small).ReplaceLineEndings("\n").Should().Contain("""
                /// <summary>One sample, layer by layer.</summary>
                private static void PredictOne(ReadOnlySpan<float> input, Span<float> output, Span<float> a)
                {
                    // 1. Dense(3): [2] → [3].
                    Span<float> x1 = a[..3];
                    DenseScalar(input, DenseKernel, DenseBias, 3, x1);

                    // 2. Tanh(): [3].
                    foreach (ref float value in x1) value = Tanh(value);

                    // 3. Dense(1): [3] → [1].
                    DenseScalar(x1, Dense1Kernel, Dense1Bias, 1, output);

                    // 4. Sigmoid(): [1].
                    foreach (ref float value in output) value = Sigmoid(value);
                }
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Only_methods_that_the_model_needs_are_written()
    {
        string source = GeneratedModel.Export(Small);

        source.Should().Contain("float Exp(").And.NotContain("Softmax").And.NotContain("Erf").And.NotContain("Vector256").And.NotContain("Base64");
        source.Split("private static float Exp(").Should().HaveCount(2);
    }

    [Fact]
    public void Few_values_are_literals_and_many_are_text()
    {
        string source = GeneratedModel.Export(Sequential.Input(32).Dense(32).Dense(33).Build());

        source.Should().Contain("ReadOnlySpan<float> DenseKernel =>").And.Contain("float[] Dense1Kernel = Decode(\"\"\"");
        source.Length.Should().BeLessThan(32 * 32 * 15 + 32 * 33 * 6 + 10_000, "a literal takes up to 15 characters, a float of text 16/3");
    }

    [Fact]
    public void Many_values_of_a_normalization_are_text_too()
    {
        double[] many = [.. Enumerable.Range(0, 1025).Select(i => i / 3.0)], few = many[1..];
        GeneratedModel.Export(Sequential.Input(1025).Normalize(many, [.. many.Select(v => v + 1.0)]).Build()).Should()
            .Contain("double[] NormalizationOffset = DecodeDoubles(\"\"\"")
            .And.Contain("double[] NormalizationScale = DecodeDoubles(\"\"\"").And.NotContain("float[]");
        GeneratedModel.Export(Sequential.Input(1024).Normalize(few, few).Build()).Should().Contain("ReadOnlySpan<double> NormalizationOffset =>");
    }

    [Fact]
    public void The_same_model_gives_the_same_text() => GeneratedModel.Export(Small).Should().Be(GeneratedModel.Export(Small)).And.NotContain("\r");

    [Fact]
    public void No_line_is_longer_than_160_characters()
        => SourceModels.Rows.Concat(SourceModels.Networks).SelectMany(m => GeneratedModel.Export(m).Split('\n')).Where(l => l.Length > 160).Should().BeEmpty();

    [Fact]
    public void Sizes_shapes_and_class_names_are_constants()
    {
        Sequential model = Sequential.Input(2, 3).Flatten().Dense(4).Softmax().Build();
        model.ClassNames = ["a \"b\"", "c\\d\n", "größer", "\U0001F600"];
        GeneratedModel generated = GeneratedModel.Compile(model);

        generated.Type.GetField("InputSize")!.GetRawConstantValue().Should().Be(6);
        generated.Type.GetField("OutputSize")!.GetRawConstantValue().Should().Be(4);
        generated.Type.GetProperty("InputShape")!.GetMethod!.CreateDelegate<ShapeOf>()().ToArray().Should().Equal(2, 3);
        generated.Type.GetProperty("OutputShape")!.GetMethod!.CreateDelegate<ShapeOf>()().ToArray().Should().Equal(4);
        generated.Type.GetProperty("ClassNames")!.GetValue(null).Should().BeAssignableTo<IReadOnlyList<string>>().Which.Should().Equal(model.ClassNames);
    }

    [Theory]
    [InlineData(true, "public static class Model\n")]
    [InlineData(false, "internal static class Model\n")]
    public void The_class_is_internal_unless_asked_for(bool visible, string expected)
        => GeneratedModel.Export(Small, new SourceOptions { Public = visible }).Should().Contain("namespace Models;\n").And.Contain(expected);

    [Fact]
    public void It_may_stand_in_no_namespace()
    {
        string source = GeneratedModel.Export(Small, new SourceOptions { Namespace = "", ClassName = "Xor" });

        source.Should().NotContain("namespace").And.Contain("static class Xor");
        GeneratedModel.Warnings(source).Should().BeEmpty();
    }

    [Fact]
    public void Other_ends_of_lines_change_nothing()
    {
        Sequential model = Sequential.Input(40).Dense(40).Build(seed: 1);

        GeneratedModel.Compile([model], source => source.ReplaceLineEndings("\r\n")).Single()
            .ShouldPredictAsTheModel(SourceModels.Numbers(40, 1, 1f), "carriage returns");
    }

    [Fact]
    public void Parameters_that_are_not_finite_are_kept()
    {
        Sequential model = Sequential.Input(2).Dense(3).Build(seed: 1);
        ((ReadOnlySpan<float>)[float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, float.MaxValue])
            .CopyTo(model.Parameters[0].Value.AsSpan());

        GeneratedModel.Compile(model).ShouldPredictAsTheModel([1f, 0f, 0f, 1f, -1f, 1e-3f, 2f, -3f], "odd weights");
    }

    private delegate ReadOnlySpan<int> ShapeOf();
}
