using System.Globalization;
using DeepLearning.Benchmarks.LibTorch;

// Both libraries in one process, by turns. `--filter TEXT` takes the rows whose name contains the text, `--quick` measures for a quarter of the time.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", string task])
{
    ChildProcess.Run(task);
    return;
}

string filter = Array.IndexOf(args, "--filter") is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : "";
double seconds = args.Contains("--quick") ? 0.25 : 1;
Report.Print(Console.Out, filter, seconds);
