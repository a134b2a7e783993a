namespace DeepLearning.Benchmarks.LibTorch;

internal static class ChildProcess
{
    public static void Run(string task) => throw new NotSupportedException(task);
}
