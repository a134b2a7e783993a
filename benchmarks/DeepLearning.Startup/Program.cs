using System.Diagnostics;
using System.Globalization;
using DeepLearning;

// How soon a process has its first prediction, and in how much memory. Start it several times: the first run reads files from the disk.
//   dotnet build -c Release benchmarks/DeepLearning.Startup && dotnet benchmarks/DeepLearning.Startup/bin/Release/net10.0/DeepLearning.Startup.dll
long main = Stopwatch.GetTimestamp();
Sequential model = Sequential.Input(784).Dense(512).Relu().Dense(10).Softmax().Build(seed: 1);
long built = Stopwatch.GetTimestamp();
float[] image = new float[784], probabilities = new float[10];
model.Predict(image, probabilities);
long predicted = Stopwatch.GetTimestamp();

using var process = Process.GetCurrentProcess();
double total = (DateTime.Now - process.StartTime).TotalMilliseconds - Stopwatch.GetElapsedTime(predicted).TotalMilliseconds;
double before = total - Stopwatch.GetElapsedTime(main, predicted).TotalMilliseconds;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{total:F0} ms to the first prediction: {before:F0} runtime, {Stopwatch.GetElapsedTime(main, built).TotalMilliseconds:F1} model, "
    + $"{Stopwatch.GetElapsedTime(built, predicted).TotalMilliseconds:F1} prediction; working set {process.WorkingSet64 / 1048576.0:F0} MiB"));
