namespace DeepLearning.Results;

/// <summary>A network on one table, by cross-validation over several seeds, beside the baselines on the same folds.</summary>
internal abstract class CrossValidated : Experiment
{
    public sealed override string Seeds => $"1 … {Repeats} (folds and weights)";

    protected abstract string File { get; }

    protected abstract int Folds { get; }

    protected abstract int Repeats { get; }

    protected abstract FitOptions Options { get; }

    protected abstract Sequential Build(ulong seed);

    protected abstract Optimizer Optimizer();

    protected virtual Loss Loss => new SparseCategoricalCrossEntropy();

    public sealed override (string Result, string Baseline) Run()
    {
        Dataset data = Tabular.Load(File, header: false);
        List<double> network = [], logistic = [], neighbour = [];
        for (ulong seed = 1; seed <= (ulong)Repeats; seed++)
        {
            network.Add(CrossValidation.Accuracy(data, Folds, seed, (train, test) =>
            {
                Sequential model = Build(seed);
                model.Compile(Optimizer(), Loss, new Accuracy()).Fit(train, Options);
                return model.Evaluate(test)["accuracy"];
            }));
            logistic.Add(CrossValidation.Accuracy(data, Folds, seed, Baselines.LogisticRegression));
            neighbour.Add(CrossValidation.Accuracy(data, Folds, seed, Baselines.NearestNeighbour));
        }

        return (Summary(network), $"same folds: logistic regression {Summary(logistic)}; 1-nearest neighbour {Summary(neighbour)}");
    }
}
