using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using DeepLearning;

// The same work compiled just in time and ahead of time, on one thread: run both programs in turn and compare their lines.
//   dotnet build -c Release benchmarks/DeepLearning.AheadOfTime && dotnet benchmarks/DeepLearning.AheadOfTime/bin/Release/net10.0/DeepLearning.AheadOfTime.dll
//   dotnet publish -c Release benchmarks/DeepLearning.AheadOfTime -o OUT [-p:IlcInstructionSet=x86-64-v4] && OUT/DeepLearning.AheadOfTime
Parallelism.ThreadCount = 1;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
string compiler = System.Runtime.JitInfo.GetCompiledMethodCount() > 0 ? "just in time" : "ahead of time";
Console.WriteLine($"{compiler}, {bits}-bit vectors, {(Fma.IsSupported ? "fused multiply-add" : "no fused multiply-add")}");

Tensor x = Tensor.RandomNormal([512, 512], seed: 1), y = Tensor.RandomNormal([512, 512], seed: 2);
Report("product 512×512×512", () => x.MatMul(y), seconds => $"{2 * 512.0 * 512 * 512 / seconds / 1e9,8:F1} GFLOP/s");

Tensor images = Tensor.RandomNormal([128, 784], seed: 3), labels = Tensor.From([.. Enumerable.Range(0, 128).Select(i => (float)(i % 10))]);
Sequential model = Network();
Report("step, 784-512-10, batch 128", () => model.TrainOnBatch(images, labels), Microseconds);

Sequential smooth = Sequential.Input(784).Dense(512).Gelu().Dropout(0.2f).Dense(512).Tanh().Dense(10).Softmax().Build(seed: 5);
smooth.Compile(new Adam(), new SparseCategoricalCrossEntropy());
Report("step, 784-512-512-10, GELU, dropout, tanh", () => smooth.TrainOnBatch(images, labels), Microseconds);

float[] one = new float[784], probabilities = new float[10];
Report("prediction, 784-512-10, one row", () => model.Predict(one, probabilities), Microseconds);

Sequential hashed = Network();
for (int step = 0; step < 10; step++) hashed.TrainOnBatch(images, labels);
float[] outputs = hashed.Predict(images).ToArray();
Console.WriteLine($"predictions after ten steps: {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(outputs)))[..16]}");

static Sequential Network()
{
    Sequential model = Sequential.Input(784).Dense(512).Relu().Dense(10).Softmax().Build(seed: 5);
    model.Compile(new Adam(), new SparseCategoricalCrossEntropy());
    return model;
}

static string Microseconds(double seconds) => $"{seconds * 1e6,8:F1} µs     ";

// The median and the best of many samples, a sample being enough calls to fill 200 µs.
static void Report(string name, Action work, Func<double, string> format)
{
    long start = Stopwatch.GetTimestamp();
    int calls = 0;
    while (calls < 3 || Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5)
    {
        work();
        calls++;
    }

    int repeats = Math.Max(1, (int)(200e-6 * calls / Stopwatch.GetElapsedTime(start).TotalSeconds));
    var samples = new List<double>();
    start = Stopwatch.GetTimestamp();
    while (samples.Count < 5 || Stopwatch.GetElapsedTime(start).TotalSeconds < 1.5)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++) work();
        samples.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds / repeats);
    }

    samples.Sort();
    Console.WriteLine($"{name,-42} median {format(samples[samples.Count / 2])}  best {format(samples[0])}");
}
