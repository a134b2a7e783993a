using System.Runtime.Intrinsics;
using DeepLearning.Tests.Training;

Console.WriteLine($"{TrainedHash.Compute()} {(Vector512.IsHardwareAccelerated ? 512 : 256)}");
