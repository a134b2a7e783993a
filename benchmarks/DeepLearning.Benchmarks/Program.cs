using BenchmarkDotNet.Running;
using DeepLearning.Benchmarks;

// `-- gemm` prints a table in under a minute; anything else goes to BenchmarkDotNet, e.g. `-- --filter *Gemm*`.
if (args is ["gemm"]) GemmTable.Print(Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run(args, new InProcessConfig());
