using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DeepLearning.Tests.Training;

switch (args)
{
    case ["hash"]:
        Console.WriteLine($"{TrainedHash.Compute()} {(Vector512.IsHardwareAccelerated ? 512 : 256)}");
        break;
    case ["loss"]:
        Console.WriteLine($"{TrainedHash.Loss():R} {(Fma.IsSupported ? "fused" : "unfused")}");
        break;
    case ["out-of-memory"]:
        OutOfMemoryRun.Print(Console.Out);
        break;
    default:
        throw new ArgumentException($"Unknown command {string.Join(' ', args)}.", nameof(args));
}
