using System.Globalization;
using DeepLearning.Streaming;

// How much memory a stream takes, and how fast it trains:
//   dotnet run -c Release --project benchmarks/DeepLearning.Streaming -- memory [GB]
//   dotnet run -c Release --project benchmarks/DeepLearning.Streaming -- speed [threads]
switch (args)
{
    case ["memory", .. var more]:
        return PeakMemory.Run(more is [var gigabytes] ? int.Parse(gigabytes, CultureInfo.InvariantCulture) : 10);
    case ["speed", .. var more]:
        return StreamSpeed.Run(more is [var threads] ? int.Parse(threads, CultureInfo.InvariantCulture) : 1);
    default:
        Console.Error.WriteLine("expected memory [GB] or speed [threads]");
        return 2;
}
