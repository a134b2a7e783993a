// A network that learns its 20 points by heart, and two cures: dropout and early stopping.
//   dotnet run -c Release --project samples/Overfitting
using DeepLearning;
using DeepLearning.Reporting;

Dataset train = Synthetic.Sine(20, seed: 1, noise: 0.3), unseen = Synthetic.Sine(500, seed: 2, noise: 0.3);
Console.WriteLine("20 points of sin x with noise of 0.3; no model can have a mean squared error below 0.09 on points it has not seen.\n");

Console.WriteLine("Two wide layers, 1,500 epochs: the training loss falls on, the validation loss turns upward.");
Sequential plain = Sequential.Input(1).Dense(128).Relu().Dense(128).Relu().Dense(1).Build(seed: 42);
History byHeart = Train(plain);
Console.WriteLine(new LearningCurves(byHeart));

Console.WriteLine("\nThe same layers with dropout, stopped when the validation loss has not fallen for 200 epochs.");
Sequential dropout = Sequential.Input(1).Dense(128).Relu().Dropout(0.1).Dense(128).Relu().Dropout(0.1).Dense(1).Build(seed: 42);
var stopping = new EarlyStopping { Monitor = "val_loss", Patience = 200, RestoreBestWeights = true };
History stopped = Train(dropout, stopping);
Console.WriteLine(new LearningCurves(stopped));

Console.WriteLine($"\nLearned by heart:           {plain.Evaluate(train).Loss:0.000} on the 20 points, {plain.Evaluate(unseen).Loss:0.000} on unseen ones.");
Console.WriteLine($"Dropout and early stopping: {dropout.Evaluate(train).Loss:0.000} on the 20 points, {dropout.Evaluate(unseen).Loss:0.000} on unseen ones.");
Console.WriteLine($"It stopped after {stopped.Epochs} epochs and went back to the weights of epoch {stopping.BestEpoch + 1}.");

History Train(Sequential model, params IReadOnlyList<Callback> callbacks)
    => model.Compile(new Adam(learningRate: 3e-3), new MeanSquaredError())
        .Fit(train, new FitOptions { Epochs = 1500, BatchSize = 20, Validation = unseen, Callbacks = callbacks });
