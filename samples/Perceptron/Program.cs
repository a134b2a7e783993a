// Will I pass this class? Two inputs, one neuron: lectures attended and hours spent on the final project → pass or fail.
//   dotnet run -c Release --project samples/Perceptron
using DeepLearning;

Dataset students = Synthetic.LecturePassFail(200, seed: 1);

// One neuron: the inputs times their weights, plus a bias, through a sigmoid.
Sequential model = Sequential.Input(2).Dense(1).Sigmoid().Build(seed: 42);
model.Compile(new Adam(learningRate: 0.05), new BinaryCrossEntropy(), new Accuracy());

// All students at each step: plain gradient descent, without the noise of small batches.
History history = model.Fit(students, new FitOptions { Epochs = 1000, BatchSize = students.Count });
foreach (int epoch in new[] { 1, 10, 100, 1000 })
    Console.WriteLine($"epoch {epoch,4}: loss {history["loss"][epoch - 1]:0.0000}, accuracy {history["accuracy"][epoch - 1]:0.000}");

Tensor weights = model.Parameters["dense.kernel"].Value;
float lectures = weights[0, 0], hours = weights[1, 0], bias = model.Parameters["dense.bias"].Value[0];
Console.WriteLine($"\np(pass) = sigmoid({lectures:0.00} · lectures + {hours:0.00} · hours − {-bias:0.00})");
Console.WriteLine("The data was drawn with  sigmoid(1.50 · lectures + 1.00 · hours − 12.50).\n");

// The decision boundary: where the model turns from fail (blank) to pass (░). P and F are students who passed or failed.
const int Width = 61, Height = 21;
float X(int column) => 10f * column / (Width - 1);
float Y(int row) => 10f * (Height - 1 - row) / (Height - 1);

var points = new float[Height * Width * 2];
for (int i = 0; i < Height * Width; i++) (points[2 * i], points[2 * i + 1]) = (X(i % Width), Y(i / Width));
Tensor passes = model.Predict(Tensor.From(points, [Height * Width, 2]));
char[] picture = [.. passes.ToArray().Select(p => p > 0.5f ? '░' : ' ')];

int[] labels = students.Labels;
for (int i = 0; i < students.Count; i++)
{
    int column = (int)MathF.Round(students.Inputs[i, 0] / 10f * (Width - 1)), row = Height - 1 - (int)MathF.Round(students.Inputs[i, 1] / 10f * (Height - 1));
    picture[row * Width + column] = labels[i] == 1 ? 'P' : 'F';
}

Console.WriteLine("hours on the final project");
for (int row = 0; row < Height; row++) Console.WriteLine($"{(row % 4 == 0 ? $"{Y(row):0}" : ""),3} │{new string(picture, row * Width, Width)}");
Console.WriteLine("    └" + new string('─', Width));
Console.WriteLine("     0" + "10  lectures attended".PadLeft(Width + 18));
Console.WriteLine($"\nSomeone with 4 lectures and 5 hours passes with probability {(float)model.Predict(new float[,] { { 4, 5 } }):0.00}.");
