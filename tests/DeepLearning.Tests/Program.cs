using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DeepLearning.Tests.Serialization;
using DeepLearning.Tests.Serving;
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
    case ["allocations"]:
        AllocationTests.PrintSharedSteps();
        break;
    case ["corruption"]:
        CorruptionSweep.Print(Console.Out);
        break;
    case ["save-forever", string path]:
        KilledSaves.SaveForever(path);
        break;
    case ["killed-saves", string kills]:
        Console.WriteLine($"{KilledSaves.Run(Number(kills))} leftovers were removed.");
        break;
    case ["train-until-killed", string folder, string epochs]:
        KilledRuns.Train(folder, Number(epochs));
        break;
    case ["killed-runs", string kills, string epochs]:
        Console.WriteLine($"Killed {KilledRuns.Kill(Number(kills), Number(epochs))} times, and the same bits.");
        break;
    case ["resume-everywhere"]:
        ResumeEverywhere.Run(Console.Out);
        break;
    case ["checkpoint-state", string files, string seed]:
        Console.WriteLine(CheckpointStateFuzz.Run(Number(files), Number(seed)));
        break;
    case ["hold-folder", string folder]:
        FolderLockTests.HoldForEver(folder);
        break;
    case ["hot-swap", string calls]:
        Console.WriteLine(HotSwapRun.Run(int.Parse(calls, CultureInfo.InvariantCulture)));
        break;
    default:
        throw new ArgumentException($"Unknown command {string.Join(' ', args)}.", nameof(args));
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
