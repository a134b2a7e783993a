using DeepLearning.Tests.Contracts;

namespace DeepLearning.SourceExport.Tests;

/// <summary>The call, its options and what it refuses.</summary>
public sealed class SourceModelTests : IDisposable
{
    private static readonly Sequential Small = Sequential.Input(2).Dense(3).Build(seed: 1);

    private readonly TemporaryFolder temporary = new();

    private string Folder => temporary.Path;

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData("Digits.g.cs", "Digits")]
    [InlineData("digits-v2.cs", "DigitsV2")]
    [InlineData("my model", "MyModel")]
    [InlineData("2024.g.cs", "_2024")]
    public void The_class_is_named_after_the_file(string file, string expected)
    {
        string path = Path.Combine(Folder, file);
        Small.ExportSource(path);

        File.ReadAllText(path).Should().Contain($"internal static class {expected}\n")
            .And.Be(GeneratedModel.Export(Small, new SourceOptions { ClassName = expected }));
        Directory.GetFiles(Folder).Should().Equal(path);
    }

    [Fact]
    public void A_model_with_branches_is_refused_with_what_to_do()
    {
        Node x = Model.Input(3), y = Model.Input(3);
        Model[] models = [Sequential.Input(3).Residual(b => b.Relu()).Build(), Model.Of([x, y], [x + y]).Build(), Model.Of([x], [x.Relu(), x.Tanh()]).Build()];
        foreach (Model model in models)
            model.Invoking(m => m.ExportSource(TextWriter.Null)).Should().Throw<NotSupportedException>().WithMessage("*chain of layers*branches*ExportOnnx*");
    }

    [Fact]
    public void A_custom_layer_is_named_before_the_file_is_touched()
    {
        string path = Path.Combine(Folder, "Old.g.cs");
        File.WriteAllText(path, "old");
        Sequential model = Sequential.Input(2).Dense(3).Add(new Twice()).Build();

        model.Invoking(m => m.ExportSource(path)).Should().Throw<NotSupportedException>().WithMessage("layer 2 (Twice())*no source form*");
        File.ReadAllText(path).Should().Be("old");
        Directory.GetFiles(Folder).Should().Equal(path);
    }

    [Fact]
    public void A_layer_without_a_source_form_is_refused_by_name_and_says_why_it_has_none()
    {
        SourceModels.Without.Values.Should().NotContain(reason => string.IsNullOrWhiteSpace(reason));
        foreach (LayerRow row in LayerContract.Rows.Where(r => SourceModels.Without.ContainsKey(r.Layer.GetType())))
            row.ModelOf().Invoking(m => m.ExportSource(TextWriter.Null)).Should().Throw<NotSupportedException>()
                .Which.Message.Should().StartWith($"layer 1 ({row.Layer}) cannot be written as C#").And.Contain("no source form").And.Contain("ExportOnnx");
    }

    [Fact]
    public void Fault50_the_old_file_stays_where_the_new_one_cannot_be_written()
    {
        string path = Path.Combine(Folder, "Old.g.cs");
        Directory.CreateDirectory(path);

        Small.Invoking(m => m.ExportSource(path)).Should().Throw<IOException>().WithMessage("*is a folder*");
        Directory.GetFileSystemEntries(Folder).Should().Equal(path);
    }

    [SkippableFact]
    public void Line17_a_file_without_permission_is_an_IOException()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Only users without privileges are refused a file by its mode.");
        if (OperatingSystem.IsWindows()) return;
        string path = temporary.Write("Old.g.cs", [1]);
        File.SetUnixFileMode(path, UnixFileMode.None);

        Small.Invoking(m => m.ExportSource(path)).Should().Throw<IOException>().WithMessage("*denied*");
    }

    [Fact]
    public void Fault58_a_model_is_exported_in_a_callback_of_its_training_but_not_by_another_thread_meanwhile()
    {
        string inCallback = Path.Combine(Folder, "InCallback.g.cs"), elsewhere = Path.Combine(Folder, "Elsewhere.g.cs"), expected = "";
        var failures = new List<Exception>();
        Sequential model = Sequential.Input(3).Dense(2).Build(seed: 3).Compile(new Sgd(0.1f), new MeanSquaredError());
        model.Fit(
            new Dataset(Tensor.RandomNormal([8, 3], seed: 1), Tensor.Ones([8, 2])), new FitOptions { BatchSize = 4, Callbacks = [new AtFirstBatch(Export)] });

        failures.Should().HaveCount(2).And.AllBeOfType<InvalidOperationException>().And.OnlyContain(f => f.Message.Contains("another thread"));
        Directory.GetFiles(Folder).Should().Equal(inCallback);
        File.ReadAllText(inCallback).Should().Be(expected).And.NotBe(GeneratedModel.Export(model, new SourceOptions { ClassName = "InCallback" }));
        model.Invoking(m => m.ExportSource(elsewhere)).Should().NotThrow();

        void Export()
        {
            expected = GeneratedModel.Export(model, new SourceOptions { ClassName = "InCallback" });
            model.ExportSource(inCallback);
            Action[] exports = [() => model.ExportSource(elsewhere), () => model.ExportSource(TextWriter.Null)];
            var other = new Thread(() => failures.AddRange(exports.Select(export => Record.Exception(export)).OfType<Exception>()));
            other.Start();
            other.Join();
        }
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
        string path = Path.Combine(Folder, "--.g.cs");

        Small.Invoking(m => m.ExportSource(path)).Should().Throw<ArgumentException>().WithMessage("*ClassName*").WithParameterName("path");
        Small.ExportSource(path, new SourceOptions { ClassName = "Model" });
    }

    [Fact]
    public void Fault25_null_is_rejected_by_name()
    {
        Small.Invoking(m => m.ExportSource((string)null!)).Should().Throw<ArgumentNullException>().WithParameterName("path");
        Small.Invoking(m => m.ExportSource((TextWriter)null!)).Should().Throw<ArgumentNullException>().WithParameterName("writer");
        FluentActions.Invoking(() => SourceModel.ExportSource(null!, "Net.g.cs")).Should().Throw<ArgumentNullException>().WithParameterName("model");
        FluentActions.Invoking(() => SourceModel.ExportSource(null!, TextWriter.Null)).Should().Throw<ArgumentNullException>().WithParameterName("model");
    }

    private sealed class AtFirstBatch(Action action) : Callback
    {
        public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
        {
            if (context.Batch == 0) action();
        }
    }

    private sealed class Twice : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x * 2f;
    }
}
