using System.Globalization;
using System.Text.RegularExpressions;
using DeepLearning.Tests.Architecture;

namespace DeepLearning.Docs.Tests;

[Collection(BlockRunner.OneAtATime)]
public sealed class CodeBlockTests
{
    [Fact]
    public void Every_block_of_the_documentation_compiles() => Documentation().SelectMany(BlockCompiler.Errors).Should().BeEmpty();

    [Theory]
    [InlineData("docs/adding-a-layer.md")]
    [InlineData("docs/adding-an-activation.md")]
    [InlineData("docs/adding-an-op.md")]
    [InlineData("docs/adding-an-optimizer.md")]
    [InlineData("docs/coming-from-keras.md")]
    [InlineData("docs/coming-from-pytorch.md")]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/guides/callbacks.md")]
    [InlineData("docs/guides/data.md")]
    [InlineData("docs/guides/folds.md")]
    [InlineData("docs/guides/graphs.md")]
    [InlineData("docs/guides/layers.md")]
    [InlineData("docs/guides/losses.md")]
    [InlineData("docs/guides/mathnet.md")]
    [InlineData("docs/guides/metrics.md")]
    [InlineData("docs/guides/native-aot.md")]
    [InlineData("docs/guides/onnx.md")]
    [InlineData("docs/guides/optimizers.md")]
    [InlineData("docs/guides/pipeline.md")]
    [InlineData("docs/guides/resuming.md")]
    [InlineData("docs/guides/saving.md")]
    [InlineData("docs/guides/serving.md")]
    [InlineData("docs/guides/source.md")]
    [InlineData("docs/guides/tables.md")]
    [InlineData("docs/guides/tuning.md")]
    [InlineData("docs/guides/tracking.md")]
    [InlineData("src/DeepLearning.Data/README.md")]
    [InlineData("src/DeepLearning.Data.Parquet/README.md")]
    [InlineData("src/DeepLearning.Onnx/README.md")]
    [InlineData("src/DeepLearning.SourceExport/README.md")]
    [InlineData("src/DeepLearning.Tracking/README.md")]
    public void The_blocks_of_a_guide_run_to_their_end_and_print_what_it_shows(string guide)
    {
        // A server runs until it is stopped: its block is compiled only.
        CodeBlock[] blocks = [.. Documentation().Where(b => b.File == guide && !b.Code.Contains("app.Run()", StringComparison.Ordinal))];

        blocks.Should().NotBeEmpty();
        foreach (CodeBlock block in blocks)
        {
            string printed = "";
            block.Invoking(b => printed = BlockRunner.Run(b)).Should().NotThrow(block.ToString());
            if (block.Shown is { } shown) WithoutTimes(printed).Should().Be(WithoutTimes(shown), $"{block} shows it");
        }
    }

    [Fact]
    public void What_a_page_shows_behind_a_block_is_read()
    {
        CodeBlock.In("a.md", "```csharp\nyes();\n```\n\n```text\n1\n\n2\n```\n").Single().Shown.Should().Be("1\n\n2");
        CodeBlock.In("a.md", "```csharp\nyes();\n```\n\nBut:\n\n```text\n1\n```\n").Single().Shown.Should().BeNull();
    }

    [Fact]
    public void Line23_the_first_answer_of_the_template_is_right()
    {
        const string Program = "src/DeepLearning.Templates/content/deeplearning-console/Program.cs";
        string printed = BlockRunner.Run(new CodeBlock(Program, 1, File.ReadAllText(Path.Combine(SourceTree.Root, Program))));
        Match answer = Regex.Match(printed, @"The first is taken for a (\d) with probability (0\.\d+); it is a (\d)\.");
        answer.Groups[1].Value.Should().NotBeEmpty().And.Be(answer.Groups[3].Value);
        float.Parse(answer.Groups[2].Value, CultureInfo.InvariantCulture).Should().BeGreaterThan(0.9f);
    }

    [Fact]
    public void A_block_that_fails_when_it_runs_is_found()
        => CodeBlock.In("docs/page.md", "```csharp\nthrow new InvalidOperationException();\n```\n").Single().Invoking(b => BlockRunner.Run(b))
            .Should().Throw<System.Reflection.TargetInvocationException>().WithInnerException<InvalidOperationException>();

    [Fact]
    public void The_read_me_has_blocks() => Documentation().Should().Contain(b => b.File == "README.md");

    [Fact]
    public void The_read_me_of_each_library_has_blocks()
        => PackageReadMes().Where(f => CodeBlock.In(f, File.ReadAllText(f)).Count == 0).Select(f => Path.GetFileName(Path.GetDirectoryName(f)))
            .Should().Equal("DeepLearning.Templates");

    [Fact]
    public void A_program_compiles()
        => Errors("using DeepLearning;", "", "Sequential model = Sequential.Input(4).Dense(3).Softmax().Build();", "Console.WriteLine(model);")
            .Should().BeEmpty();

    [Fact]
    public void A_class_of_one_s_own_compiles()
        => Errors("using DeepLearning;", "public sealed class Twice : Layer", "{", "    public override Tensor Forward(Tensor x, LayerContext c) => x;", "}")
            .Should().BeEmpty();

    [Fact]
    public void A_broken_block_fails_with_file_line_and_the_compiler_s_error()
        => Errors("using DeepLearning;", "Sequential model = Sequential.Input(4).Dense(3).Sofmax().Build();").Should().ContainSingle()
            .Which.Should().StartWith("docs/page.md(5): CS1061:").And.Contain("Sofmax");

    [Fact]
    public void A_block_without_its_using_fails()
        => Errors("Tensor x = Tensor.Zeros([2, 3]);").Should().NotBeEmpty().And.AllSatisfy(e => e.Should().StartWith("docs/page.md(4): CS"));

    [Fact]
    public void Only_csharp_blocks_are_read_and_an_open_one_is_an_error()
    {
        CodeBlock.In("a.md", "```\nno\n```\n\n```bash\nno\n```\n  ```csharp\n  yes();\n  ```\n").Should().Equal(new CodeBlock("a.md", 9, "  yes();"));
        FluentActions.Invoking(() => CodeBlock.In("a.md", "```csharp\nyes();")).Should().Throw<InvalidDataException>().WithMessage("a.md(2)*");
    }

    /// <summary>Without the seconds of one machine, and what stands at the end.</summary>
    private static string WithoutTimes(string printed) => Regex.Replace(printed, @"\d+\.\d s\b", "… s").TrimEnd();

    private static IReadOnlyList<string> Errors(params string[] code)
        => BlockCompiler.Errors(CodeBlock.In("docs/page.md", $"# Title\n\n```csharp\n{string.Join('\n', code)}\n```\n").Single());

    /// <summary>What a gallery of packages shows of each.</summary>
    private static IEnumerable<string> PackageReadMes()
        => Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src")).Select(folder => Path.Combine(folder, "README.md")).Order();

    private static IEnumerable<CodeBlock> Documentation()
    {
        string docs = Path.Combine(SourceTree.Root, "docs");
        IEnumerable<string> pages = Directory.Exists(docs) ? Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories).Order() : [];
        return pages.Concat(PackageReadMes()).Prepend(Path.Combine(SourceTree.Root, "README.md"))
            .SelectMany(page => CodeBlock.In(Path.GetRelativePath(SourceTree.Root, page).Replace('\\', '/'), File.ReadAllText(page)));
    }
}
