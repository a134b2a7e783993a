using DeepLearning;

namespace WebApi;

/// <summary>The model file; trained on generated digits, in a few seconds, where there is none.</summary>
internal static class DigitModel
{
    public const int Pixels = 28 * 28;

    public static void Ensure(string path)
    {
        if (File.Exists(path)) return;
        Console.WriteLine($"There is no {path}: training on generated digits.");
        Sequential model = Train();
        Console.WriteLine($"Trained. On digits it has not seen: {model.Evaluate(Synthetic.Digits(2_000, seed: 2))}");
        model.Save(path);
    }

    public static Sequential Train()
    {
        Dataset digits = Synthetic.Digits(15_000, seed: 1);
        Sequential model = Sequential.Input(28, 28)
            .Flatten()
            .Dense(128).Relu().Dropout(0.2)
            .Dense(10).Softmax()
            .Build(seed: 42);
        model.Compile(new Adam(learningRate: 1e-3), new SparseCategoricalCrossEntropy(), new Accuracy());
        model.Fit(digits, new FitOptions { Epochs = 4, BatchSize = 64 });
        model.ClassNames = digits.ClassNames!;
        return model;
    }
}
