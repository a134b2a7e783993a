using BenchmarkDotNet.Running;
using DeepLearning.Benchmarks;

// `-- gemm` and `-- mathnet` print a table in under a minute; anything else goes to BenchmarkDotNet, e.g. `-- --filter *Gemm*`.
if (args is ["gemm"]) GemmTable.Print(Console.Out);
else if (args is ["mathnet"]) MathNetTable.Print(Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run(args, new InProcessConfig());
