// Training and predicting in one native executable: no .NET installed, no just-in-time compiler, nothing to unpack.
//   dotnet publish -c Release samples/Native -o native && ./native/Native
//   -p:IlcInstructionSet=native compiles for this machine's processor instead of any from the last ten years.
using System.Diagnostics;
using DeepLearning;

// 1. Training, as anywhere else.
Dataset train = Synthetic.Digits(10_000, seed: 1), test = Synthetic.Digits(2_000, seed: 2);
Sequential model = Sequential.Input(28, 28)
    .Flatten()
    .Dense(128).Relu().Dropout(0.2)
    .Dense(10).Softmax()
    .Build(seed: 42);
model.Compile(new Adam(learningRate: 1e-3), new SparseCategoricalCrossEntropy(), new Accuracy());
long start = Stopwatch.GetTimestamp();
model.Fit(train, new FitOptions { Epochs = 3, BatchSize = 64 });
Console.WriteLine($"Trained in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s.");

Evaluation result = model.Evaluate(test);
Console.WriteLine($"On images it has not seen: {result}");

// 2. Predicting, one image at a time, as a service would.
float[] images = test.Inputs.ToArray(), probabilities = new float[10];
start = Stopwatch.GetTimestamp();
for (int row = 0; row < test.Count; row++) model.Predict(images.AsSpan(row * 784, 784), probabilities);
Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMicroseconds / test.Count:0.0} µs a prediction.");

return result["accuracy"] >= 0.9f ? 0 : 1;
