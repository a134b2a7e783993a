namespace DeepLearning.Tests.Serialization.Source;

/// <summary>The call, its options and what it refuses.</summary>
public sealed class ExportSourceTests : IDisposable
{
    private static readonly Sequential Small = Sequential.Input(2).Dense(3).Build(seed: 1);

    private readonly string folder = Directory.CreateTempSubdirectory("source").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Digits.g.cs", "Digits")]
    [InlineData("digits-v2.cs", "DigitsV2")]
    [InlineData("my model", "MyModel")]
    [InlineData("2024.g.cs", "_2024")]
    public void The_class_is_named_after_the_file(string file, string expected)
    {
        string path = Path.Combine(folder, file);
        Small.ExportSource(path);

        File.ReadAllText(path).Should().Contain($"internal static class {expected}\n")
            .And.Be(GeneratedModel.Export(Small, new SourceOptions { ClassName = expected }));
        Directory.GetFiles(folder).Should().Equal(path);
    }

    [Fact]
    public void A_layer_of_one_s_own_is_named_before_the_file_is_touched()
    {
        string path = Path.Combine(folder, "Old.g.cs");
        File.WriteAllText(path, "old");
        Sequential model = Sequential.Input(2).Dense(3).Add(new Twice()).Build();

        model.Invoking(m => m.ExportSource(path)).Should().Throw<NotSupportedException>().WithMessage("layer 2 (Twice())*");
        File.ReadAllText(path).Should().Be("old");
        Directory.GetFiles(folder).Should().Equal(path);
    }

    [Fact]
    public void Fault50_the_old_file_stays_where_the_new_one_cannot_be_written()
    {
        string path = Path.Combine(folder, "Old.g.cs");
        Directory.CreateDirectory(path);

        Small.Invoking(m => m.ExportSource(path)).Should().Throw<IOException>();
        Directory.GetFileSystemEntries(folder).Should().Equal(path);
    }

    [Theory]
    [InlineData("Predict")]
    [InlineData("MathF")]
    [InlineData("DenseScalar")]
    [InlineData("DenseKernel")]
    public void A_name_that_the_file_itself_uses_is_rejected(string name)
        => Small.Invoking(m => m.ExportSource(TextWriter.Null, new SourceOptions { ClassName = name })).Should().Throw<ArgumentException>()
            .WithMessage($"*{name}*");

    [Theory]
    [InlineData("")]
    [InlineData("class")]
    [InlineData("record")]
    [InlineData("2D")]
    [InlineData("A.B")]
    [InlineData("A B")]
    public void What_no_class_can_be_called_is_rejected(string name)
        => FluentActions.Invoking(() => new SourceOptions { ClassName = name }).Should().Throw<ArgumentException>().WithMessage($"*“{name}”*");

    [Theory]
    [InlineData("A..B")]
    [InlineData("my.class")]
    [InlineData("A-B")]
    public void What_no_namespace_can_be_called_is_rejected(string name)
        => FluentActions.Invoking(() => new SourceOptions { Namespace = name }).Should().Throw<ArgumentException>().WithMessage($"*“{name}”*");

    [Fact]
    public void A_file_whose_name_has_no_letters_needs_a_class_name()
    {
        string path = Path.Combine(folder, "--.g.cs");

        Small.Invoking(m => m.ExportSource(path)).Should().Throw<ArgumentException>().WithMessage("*ClassName*").WithParameterName("path");
        Small.ExportSource(path, new SourceOptions { ClassName = "Model" });
    }

    [Fact]
    public void Fault25_null_is_rejected_by_name()
    {
        Small.Invoking(m => m.ExportSource((string)null!)).Should().Throw<ArgumentNullException>().WithParameterName("path");
        Small.Invoking(m => m.ExportSource((TextWriter)null!)).Should().Throw<ArgumentNullException>().WithParameterName("writer");
    }

    private sealed class Twice : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x * 2f;
    }
}
