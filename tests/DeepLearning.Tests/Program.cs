using System.Runtime.Intrinsics;
using DeepLearning.Tests.Training;

switch (args)
{
    case ["hash"]:
        Console.WriteLine($"{TrainedHash.Compute()} {(Vector512.IsHardwareAccelerated ? 512 : 256)}");
        break;
    case ["out-of-memory"]:
        OutOfMemoryRun.Print(Console.Out);
        break;
    default:
        throw new ArgumentException($"Unknown command {string.Join(' ', args)}.", nameof(args));
}
