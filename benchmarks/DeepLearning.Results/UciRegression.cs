using DeepLearning.Data;

namespace DeepLearning.Results;

/// <summary>
/// A regression over the 20 published splits of Hernández-Lobato and Adams (2015), predicted by Monte-Carlo dropout as in Gal and Ghahramani (2016).
/// </summary>
internal sealed class UciRegression(string table, double published, int[] units, double dropout, double learningRate, int epochs) : Experiment
{
    private const int Splits = 20, Samples = 1000;

    public override string Name => table;

    public override string Settings
        => $"hidden layers of {string.Join(" and ", units)} ReLU, dropout {dropout} before each Dense, Adam {learningRate} with cosine decay, batch 32, {epochs} "
            + $"epochs, inputs and target standardised on the training rows, mean of {Samples} samples";

    public override string Seeds => $"the {Splits} published splits, seed = split";

    public override (string Result, string Baseline) Run()
    {
        double[] errors = [.. Enumerable.Range(0, Splits).Select(Error)];
        double mean = errors.Average(), spread = Math.Sqrt(errors.Sum(e => (e - mean) * (e - mean)) / (Splits - 1) / Splits);
        return ($"RMSE {mean:0.000} ± {spread:0.000} (standard error)", $"published, MC dropout: {published}");
    }

    private double Error(int split)
    {
        string folder = Path.Combine(Tabular.Folder, "uci", table);
        Dataset data = CsvDataset.Load(Path.Combine(folder, "data.txt"));
        Dataset train = data.Select(Rows("train")), test = data.Select(Rows("test"));
        StandardScaler inputs = StandardScaler.Fit(train.Inputs), targets = StandardScaler.Fit(train.Targets);
        SequentialBuilder layers = Sequential.Input(data.Inputs.Shape[1]);
        foreach (int width in units) layers = layers.Dropout(dropout).Dense(width).Relu();
        Sequential model = layers.Dropout(dropout).Dense(1).Build(seed: split);
        long steps = (long)epochs * train.BatchesPerEpoch(32)!.Value;
        model.Compile(new Adam(new CosineDecay(learningRate, steps)), new MeanSquaredError());
        model.Fit(inputs.Transform(train).WithTargets(targets.Transform(train.Targets)), new FitOptions { Epochs = epochs });
        Tensor mean = model.PredictSamples(inputs.Transform(test.Inputs), Samples, seed: split).Mean;
        return (float)(targets.Inverse(mean) - test.Targets).Square().Mean().Sqrt();

        int[] Rows(string part) => [.. File.ReadLines(Path.Combine(folder, $"index_{part}_{split}.txt")).Select(line => (int)double.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];
    }
}
