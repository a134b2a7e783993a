using static DeepLearning.Tests.Tuning.Spaces;

namespace DeepLearning.Tests.Tuning;

public sealed class HyperparameterSearchTests
{
    public static TheoryData<string> Kinds => ["grid", "random", "halving", "bayesian"];

    [Fact]
    public void It_finds_settings_of_a_model_that_learns()
    {
        (Dataset train, Dataset validation) = Synthetic.Spirals(400, seed: 1).Split(testFraction: 0.25, seed: 1);
        SearchResult result = new GridSearch([Units, Rate], points: 4).Run(trial =>
        {
            Sequential model = Sequential.Input(2).Dense(trial.Get(Units)).Relu().Dense(3).Softmax().Build(seed: 42);
            model.Compile(new Adam(trial.Get(Rate)), new SparseCategoricalCrossEntropy()).Fit(train, new FitOptions { Epochs = 10 });
            return model.Evaluate(validation).Loss;
        });
        result.Best.Get(Rate).Should().BeGreaterThan(1e-3);
        result.Effects[0].Hyperparameter.Name.Should().Be("rate");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Trials_at_once_give_the_results_of_one_after_the_other(string kind)
    {
        // Bayesian search proposes as many at a time as run at once: two runs with 3 are compared instead.
        IReadOnlyList<string> one = Make(kind, parallel: kind == "bayesian" ? 3 : 1).Run(Objective).Texts();
        Make(kind, parallel: 3).Run(trial =>
        {
            Thread.Sleep(trial.Number % 3 * 5);
            return Objective(trial);
        }).Texts().Should().Equal(one);
    }

    [Fact]
    public void Trials_run_at_once()
    {
        using var together = new Barrier(2);
        Make("random", parallel: 2).Run(trial => trial.Number < 2 && !together.SignalAndWait(TimeSpan.FromSeconds(30)) ? double.NaN : 1)
            .Trials.Should().OnlyContain(t => !t.Failed);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_interrupted_search_goes_on_where_it_stopped(string kind)
    {
        IReadOnlyList<string> whole = Make(kind).Run(Objective).Texts();
        using var folder = new TemporaryFolder();
        int calls = 0;
        Make(kind, folder: folder.Path).Invoking(s => s.Run(trial => ++calls > 5 ? throw new IOException("power") : Objective(trial)))
            .Should().Throw<IOException>().WithMessage("power");
        calls = 0;
        Make(kind, folder: folder.Path).Run(trial => ++calls > 0 ? Objective(trial) : 0).Texts().Should().Equal(whole);
        calls.Should().Be(whole.Count - 5);
    }

    [Fact]
    public void A_diverged_training_is_a_failed_trial()
    {
        SearchResult result = new GridSearch([Hyperparameter.Choice("rate", 0.01, 1e30)]).Run(trial =>
        {
            Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
            model.Compile(new Sgd(trial.Number == 0 ? 0.01 : 1e30), new MeanSquaredError());
            return model.Fit(Tensor.Ones([8, 2]), Tensor.Ones([8, 1]), new FitOptions { Epochs = 5 })["loss"][^1];
        });
        result.Trials.Select(t => t.Failed).Should().Equal(false, true);
        result.Best.Number.Should().Be(0);
    }

    [Fact]
    public void Any_other_exception_ends_the_search_and_keeps_the_trials_before()
    {
        using var folder = new TemporaryFolder();
        Make("random", folder: folder.Path).Invoking(s => s.Run(trial => trial.Number == 3 ? throw new FormatException("typo") : 1))
            .Should().Throw<FormatException>();
        File.ReadAllLines(Path.Combine(folder.Path, "search.jsonl")).Should().HaveCount(1 + 3);
    }

    [Fact]
    public void Cancelling_starts_no_further_trial()
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        Make("random").Invoking(s => s.Run(
            trial =>
            {
                trial.Cancellation.Should().Be(source.Token);
                if (++calls == 2) source.Cancel();
                return 1;
            },
            source.Token)).Should().Throw<OperationCanceledException>();
        calls.Should().Be(2);
    }

    [Fact]
    public void A_trial_refuses_what_it_does_not_have()
        => Make("random").Run(trial =>
        {
            trial.Invoking(t => t.Epochs).Should().Throw<InvalidOperationException>().WithMessage("Only SuccessiveHalving*");
            trial.Invoking(t => t.Get(Hyperparameter.Uniform("rate", 0, 1))).Should().Throw<ArgumentException>()
                .WithMessage("The search has no hyperparameter rate, only rate, dropout, units. Use the object that was given to the search.*");
            trial.Folder.Should().BeNull();
            trial.ToString().Should().StartWith($"trial {trial.Number}: rate 0.0");
            return 0;
        });

    [Fact]
    public void Each_configuration_has_its_own_folder_and_seed()
    {
        using var folder = new TemporaryFolder();
        var seen = new List<(string?, Seed)>();
        Make("random", folder: folder.Path).Run(trial =>
        {
            seen.Add((trial.Folder, trial.Seed));
            return 0;
        });
        seen.Select(s => s.Item1).Should().OnlyHaveUniqueItems().And.OnlyContain(f => f!.StartsWith(folder.Path, StringComparison.Ordinal));
        seen.Select(s => s.Item2).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Neighbouring_searches_share_no_seed_of_a_trial()
    {
        Seed[] seeds = [.. Enumerable.Range(0, 20).SelectMany(seed => Enumerable.Range(0, 20).Select(new RandomSearch([Rate], 1) { Seed = seed }.SeedOf))];
        seeds.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_space_without_hyperparameters_or_with_one_name_twice_is_refused()
    {
        FluentActions.Invoking(() => new RandomSearch([], 3)).Should().Throw<ArgumentException>()
            .WithMessage("A search needs at least one hyperparameter, got none.*");
        FluentActions.Invoking(() => new RandomSearch([Rate, Rate], 3)).Should().Throw<ArgumentException>()
            .WithMessage("Two hyperparameters have the name rate.*");
    }

    [Fact]
    public void No_trials_at_once_are_refused()
        => FluentActions.Invoking(() => new RandomSearch([Rate], 3) { ParallelTrials = 0 }).Should().Throw<ArgumentOutOfRangeException>();

    private static HyperparameterSearch Make(string kind, int parallel = 1, string? folder = null) => kind switch
    {
        "grid" => new GridSearch([Rate, DropoutRate, Units], points: 2) { ParallelTrials = parallel, Folder = folder },
        "random" => new RandomSearch([Rate, DropoutRate, Units], trials: 8) { ParallelTrials = parallel, Folder = folder },
        "halving" => new SuccessiveHalving([Rate, DropoutRate, Units], configurations: 9, epochs: 1) { ParallelTrials = parallel, Folder = folder },
        _ => new BayesianSearch([Rate, DropoutRate, Units], trials: 10) { ParallelTrials = parallel, Folder = folder },
    };

    private static double Objective(Trial trial) => Valley(trial);
}
