using System.Reflection;
using DeepLearning.Tests.Architecture;
using Microsoft.CodeAnalysis;

namespace DeepLearning.Docs.Tests;

/// <summary>Runs a block as a reader would: in a folder that holds nothing but PyTorch's files, to its end. Blocks that only declare types do nothing.</summary>
internal static class BlockRunner
{
    /// <summary>The collection of tests that run blocks: the console and the current folder are the whole process's.</summary>
    public const string OneAtATime = "One block at a time";

    /// <returns>What it prints.</returns>
    public static string Run(CodeBlock block, params string[] args)
    {
        Compilation program = BlockCompiler.Compile(block);
        if (program.Options.OutputKind != OutputKind.ConsoleApplication) return "";
        using var bytes = new MemoryStream();
        program.Emit(bytes).Success.Should().BeTrue($"{block} compiles");
        MethodInfo main = Assembly.Load(bytes.ToArray()).EntryPoint!;
        string before = Environment.CurrentDirectory, folder = Directory.CreateTempSubdirectory("deeplearning-").FullName;
        TextWriter console = Console.Out;
        using var printed = new StringWriter { NewLine = "\n" };
        try
        {
            Environment.CurrentDirectory = folder;
            foreach (string asset in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "tests/DeepLearning.Tests/Serialization/Assets")))
                File.Copy(asset, Path.GetFileName(asset));
            Console.SetOut(printed);
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [args]);
            return printed.ToString();
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, recursive: true);
        }
    }
}
