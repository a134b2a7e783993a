// The same library in a web page, as WebAssembly. The SDK alone builds it; it is not part of the solution, whose build it would slow down.
//   dotnet publish -c Release samples/Browser -o browser, then serve the folder browser/wwwroot with any web server and open index.html
using System.Diagnostics;
using DeepLearning;

Dataset data = Synthetic.Moons(400, seed: 1);
Sequential model = Sequential.Input(2).Dense(16).Tanh().Dense(1).Sigmoid().Build(seed: 1);
model.Compile(new Adam(learningRate: 0.02), new BinaryCrossEntropy(), new BinaryAccuracy());
long start = Stopwatch.GetTimestamp();
for (int epochs = 10; epochs <= 60; epochs += 10)
{
    model.Fit(data, new FitOptions { Epochs = 10 });
    Console.WriteLine($"After {epochs} epochs: {model.Evaluate(data)}");
}

Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s in all.");
