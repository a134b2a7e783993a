using DeepLearning;

// 1. The data: images of digits, 28 × 28 values from 0 to 1, with labels 0 … 9. Generated here; yours comes from arrays or files.
Dataset train = Synthetic.Digits(20_000, seed: 1), test = Synthetic.Digits(2_000, seed: 2);

// 2. The model: one hidden layer, and a probability for each digit.
Sequential model = Sequential.Input(28, 28)
    .Flatten()
    .Dense(128).Relu().Dropout(0.2)
    .Dense(10).Softmax()
    .Build(seed: 42);
Console.WriteLine(model.Summary());

// 3. Training.
model.Compile(new Adam(1e-3), new SparseCategoricalCrossEntropy(), new Accuracy());
History history = model.Fit(train, new FitOptions(epochs: 10, batchSize: 64));
Console.WriteLine($"Loss by epoch: {string.Join(", ", history["loss"].Select(loss => $"{loss:0.0000}"))}");

// 4. Images that played no part in training.
Evaluation result = model.Evaluate(test);
Console.WriteLine($"On images it has not seen: {result}");

// 5. One image, one answer.
float[] probabilities = model.Predict(test.Inputs[0, ..]).ToArray();
int guess = Array.IndexOf(probabilities, probabilities.Max());
Console.WriteLine($"The first is taken for a {guess} with probability {probabilities[guess]:0.000}; it is a {test.Labels[0]}.");
