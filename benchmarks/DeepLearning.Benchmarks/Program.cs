using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using DeepLearning.Benchmarks;

// `-- gemm`, `-- mathnet` and `-- normalization` print a table in under a minute; `-- ulp` goes over all floats in some minutes, `-- ulp --stride 997` over some in seconds;
// anything else goes to BenchmarkDotNet, e.g. `-- --filter *Gemm*`, with `--job dry` to see that it runs.
switch (args)
{
    case ["gemm"]:
        GemmTable.Print(Console.Out);
        return 0;
    case ["mathnet"]:
        MathNetTable.Print(Console.Out);
        return 0;
    case ["normalization"]:
        NormalizationTable.Print(Console.Out);
        return 0;
    case ["ulp", ..]:
        return UlpTable.Run(args[1..], Console.Out);
    default:
        // In this process: a generated project would inherit the repository's build rules and fail on them.
        IConfig config = DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60));
        BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run([.. args, "--inProcess"], config);
        return 0;
}
