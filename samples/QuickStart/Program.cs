// Reading handwritten digits: the data, a model, its training, and a look at what it has learned.
//   dotnet run -c Release --project samples/QuickStart [--epochs 10] [--data digits|mnist] [--seed 42]
using System.Diagnostics;
using DeepLearning;
using DeepLearning.Reporting;
using QuickStart;
using Spectre.Console;

if (Options.Parse(args) is not { } options) return 2;
long start = Stopwatch.GetTimestamp();

// 1. The data: images [n, 28, 28] with values from 0 to 1, and labels 0 … 9.
(Dataset train, Dataset test) = DigitData.Load(options.Data);
Console.WriteLine($"{train.Count:N0} images to learn from, {test.Count:N0} to test with.");

// 2. The model: an image as a vector, one hidden layer, a probability for each digit.
Sequential model = Sequential.Input(28, 28)
    .Flatten()
    .Dense(128).Relu().Dropout(0.2)
    .Dense(10).Softmax()
    .Build(options.Seed);
Console.WriteLine();
Console.WriteLine(model.Summary());
Console.WriteLine();

// 3. Training: a tenth of the images is held out, to see after each epoch how the model does on images it does not learn from.
model.Compile(new Adam(learningRate: 1e-3), new SparseCategoricalCrossEntropy(), new Accuracy());
History history = model.Fit(train, new FitOptions
{
    Epochs = options.Epochs,
    BatchSize = 64,
    ValidationSplit = 0.1,
    Callbacks = [new ProgressBar(), new EarlyStopping { Patience = 2, RestoreBestWeights = true }],
});
Console.WriteLine();
AnsiConsole.Write(new LearningCurves(history));

// 4. The test: images that played no part in training.
Evaluation result = model.Evaluate(test);
Console.WriteLine();
Console.WriteLine($"On the test images: {result}");
AnsiConsole.Write(ConfusionMatrix.Of(model, test));

// 5. A closer look: the first images it reads rightly, and the first it gets wrong.
int[] labels = test.Labels, guesses = model.Predict(test.Inputs).ArgMax();
ILookup<bool, int> rows = Enumerable.Range(0, test.Count).ToLookup(row => guesses[row] == labels[row]);
AnsiConsole.Write(new PredictionTable(model, test, [.. rows[true].Take(2), .. rows[false].Take(4)]));

Console.WriteLine($"{rows[false].Count():N0} of {test.Count:N0} test images read wrongly. {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s in all.");
return 0;
