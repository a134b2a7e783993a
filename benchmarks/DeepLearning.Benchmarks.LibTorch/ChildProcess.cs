using System.Diagnostics;
using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>What only a process of its own can show: the time from its start to the first prediction, and the most memory that a training takes.</summary>
internal static class ChildProcess
{
    private const int Samples = 60_000, BatchSize = 128;
    private static readonly int[] Sizes = [784, 512, 512, 10];

    /// <summary>Starts this program again for one task; gives the milliseconds until it printed its line, and the number in the line.</summary>
    public static (double Milliseconds, double Result) Measure(string task)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.ArgumentList.Add("--child");
        start.ArgumentList.Add(task);
        long from = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{task} printed nothing.");
        double elapsed = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        process.WaitForExit();
        return (elapsed, double.Parse(line, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Does one task and prints one number: megabytes at the moment (start), or at most (training).</summary>
    public static void Run(string task)
    {
        switch (task)
        {
            case "start-ours":
                _ = Networks.Ours([784, 512, 10], softmax: false).Predict(Tensor.Zeros([1, 784]));
                Console.WriteLine(Megabytes("VmRSS"));
                break;
            case "start-libtorch":
                StartTheirs();
                Console.WriteLine(Megabytes("VmRSS"));
                break;
            case "training-ours":
                TrainOurs();
                Console.WriteLine(Megabytes("VmHWM"));
                break;
            case "training-libtorch":
                TrainTheirs();
                Console.WriteLine(Megabytes("VmHWM"));
                break;
            default:
                throw new ArgumentException($"Unknown task {task}.", nameof(task));
        }
    }

    private static void StartTheirs()
    {
        using IDisposable mode = torch.inference_mode();
        torch.nn.Module<torch.Tensor, torch.Tensor> network = Networks.Theirs([784, 512, 10]);
        network.eval();
        network.forward(torch.zeros(1, 784)).Dispose();
    }

    private static void TrainOurs()
    {
        Tensor inputs = Tensor.RandomUniform([Samples, Sizes[0]], seed: 1), labels = Tensor.Zeros([Samples]);
        Sequential model = Networks.Ours(Sizes).Compile(new Sgd(1e-4f, momentum: 0.9f), new SparseCategoricalCrossEntropy());
        model.Fit(new Dataset(inputs, labels), new FitOptions { Epochs = 2, BatchSize = BatchSize });
    }

    private static void TrainTheirs()
    {
        torch.Tensor inputs = torch.rand(Samples, Sizes[0]), labels = torch.zeros(Samples, torch.ScalarType.Int64);
        torch.nn.Module<torch.Tensor, torch.Tensor> network = Networks.Theirs(Sizes);
        torch.optim.Optimizer optimizer = torch.optim.SGD(network.parameters(), 1e-4, momentum: 0.9);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            using torch.Tensor order = torch.randperm(Samples, torch.ScalarType.Int64);
            for (int start = 0; start < Samples; start += BatchSize)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                torch.Tensor rows = order.narrow(0, start, Math.Min(BatchSize, Samples - start));
                optimizer.zero_grad();
                torch.nn.functional.cross_entropy(network.forward(inputs.index_select(0, rows)), labels.index_select(0, rows)).backward();
                optimizer.step();
            }
        }
    }

    /// <summary>A field of this process's status, which Linux gives in kB.</summary>
    private static string Megabytes(string field)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        double kilobytes = double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
        return (kilobytes / 1024).ToString("F0", System.Globalization.CultureInfo.InvariantCulture);
    }
}
