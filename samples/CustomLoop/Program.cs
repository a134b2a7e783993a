// Gradient descent by hand: what Fit does, written out. First with bare tensors, then with a model and an optimizer.
//   dotnet run -c Release --project samples/CustomLoop
using DeepLearning;

// 1. A line, y = w·x + b, and the rule w ← w − rate · ∂loss/∂w.
Dataset line = Synthetic.Line(200, seed: 1, slope: 2, intercept: 1, noise: 0.1);
Tensor w = Tensor.Zeros([1, 1]), b = Tensor.Zeros([1]);
for (int step = 0; step <= 100; step++)
{
    var tape = new Tape();
    Tensor watchedW = tape.Watch(w), watchedB = tape.Watch(b);
    Tensor error = line.Inputs.MatMul(watchedW) + watchedB - line.Targets;
    Tensor loss = error.Square().Mean();
    Gradients gradients = tape.Gradients(loss);
    if (step % 25 == 0) Console.WriteLine($"step {step,3}: loss {(float)loss:0.0000}, y = {(float)w:0.000} · x + {(float)b:0.000}");
    w -= 0.3 * gradients[watchedW];
    b -= 0.3 * gradients[watchedB];
}

Console.WriteLine("The points were drawn around y = 2 · x + 1.\n");

// 2. Two moons, with a model, an optimizer and batches, but the loop is still ours. The model gives logits, and the loss takes them: Fit does the same.
(Dataset train, Dataset test) = Synthetic.Moons(1000, seed: 1).Split(testFraction: 0.2, seed: 1);
Sequential model = Sequential.Input(2).Dense(16).Tanh().Dense(1).Build(seed: 42);
var optimizer = new Adam(learningRate: 0.02);
var crossEntropy = new BinaryCrossEntropy { FromLogits = true };
for (int epoch = 1; epoch <= 30; epoch++)
{
    double sum = 0;
    foreach (Batch batch in train.Shuffle(seed: (ulong)epoch).Batches(32))
    {
        var tape = new Tape();
        Tensor loss = crossEntropy.Compute(model.Forward(batch.Inputs, tape), batch.Targets);
        optimizer.Update(model.Parameters, tape.Gradients(loss));
        sum += (float)loss * batch.Count;
    }

    if (epoch % 10 == 0) Console.WriteLine($"epoch {epoch}: training loss {sum / train.Count:0.0000}, test accuracy {Accuracy(model, test):0.000}");
}

static double Accuracy(Sequential model, Dataset data)
{
    float[] probabilities = model.Predict(data.Inputs).Sigmoid().ToArray();
    return data.Labels.Where((label, row) => probabilities[row] > 0.5f == (label == 1)).Count() / (double)data.Count;
}
