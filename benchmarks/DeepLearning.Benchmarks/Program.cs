using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using DeepLearning.Benchmarks;

// `-- gemm` and `-- mathnet` print a table in under a minute; anything else goes to BenchmarkDotNet, e.g. `-- --filter *Gemm*`, with `--job dry` to see that
// it runs.
if (args is ["gemm"])
{
    GemmTable.Print(Console.Out);
    return;
}

if (args is ["mathnet"])
{
    MathNetTable.Print(Console.Out);
    return;
}

// In this process: a generated project would inherit the repository's build rules and fail on them.
IConfig config = DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60));
BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run([.. args, "--inProcess"], config);
