namespace DeepLearning.Tests.Training;

public sealed class ScaleWarningsTests
{
    public static TheoryData<string, float> OrdinaryScales => new()
    {
        { "pixels", 255f }, { "16-bit pixels", 65_535f }, { "years", 2026f }, { "prices", 1e5f }, { "dear prices", 1.2e7f }, { "negative", -1e6f },
        { "tiny", 1e-30f },
    };

    [Theory]
    [MemberData(nameof(OrdinaryScales))]
    public void FoundT02_ordinary_data_gives_no_warning(string why, float scale)
    {
        Sequential model = Model(new Adam());
        model.Fit(Scaled(scale)).Warnings.Should().BeEmpty(why);
    }

    [Theory]
    [InlineData(1.7e9f, "1.7E+09")]
    [InlineData(-1.7e12f, "1.7E+12")]
    public void FoundT02_a_feature_of_very_large_scale_is_named_before_training(float scale, string figure)
    {
        Dataset data = Scaled(scale);
        History named = Model(new Lion(1e-12f)).Fit(new Dataset(data.Inputs, data.Targets) { FeatureNames = ["age", "timestamp"] });
        named.Warnings.Should().ContainSingle().Which.Should().Be(
            $"Inputs are too large to learn from as they are: feature 'timestamp' reaches {figure}. "
            + "Scale them first, with StandardScaler, MinMaxScaler or a Normalization layer.");
        Model(new Lion(1e-12f)).Fit(data).Warnings.Should().ContainSingle().Which.Should().Contain($"column 1 reaches {figure}");
    }

    [Fact]
    public void FoundT02_many_large_columns_are_one_warning()
    {
        var data = new Dataset(Tensor.Ones([8, 30]) * 1e9f, Tensor.Ones([8, 1]));
        Sequential model = Sequential.Input(30).Dense(1).Build().Compile(new Lion(1e-12f), new MeanSquaredError());
        model.Fit(data).Warnings.Should().Contain(w => w.Contains("column 2 reaches 1E+09, and 27 more columns"));
    }

    [Fact]
    public void FoundT02_inputs_that_the_model_scales_itself_give_no_warning()
    {
        Dataset data = Scaled(1.7e12f);
        StandardScaler scaler = StandardScaler.Fit(data.Inputs);
        Sequential model = Sequential.Input(2).Add(new Normalization([0, 0], [1, 1e12])).Dense(1).Build().Compile(new Adam(), new MeanSquaredError());
        model.Fit(data).Warnings.Should().BeEmpty();
        Model(new Adam()).Fit(new Dataset(scaler.Transform(data.Inputs), data.Targets)).Warnings.Should().BeEmpty();
    }

    [Fact]
    public void FoundT02_targets_of_very_large_scale_are_named()
    {
        Dataset data = Scaled(1f);
        Model(new Sgd(0f)).Fit(new Dataset(data.Inputs, data.Targets * 1e10f)).Warnings
            .Should().ContainSingle().Which.Should().Match("Targets are too large to learn as they are: column 0 reaches *E+*");
    }

    public static TheoryData<string, Optimizer> Squaring => new()
    {
        { "RmsProp", new RmsProp() }, { "RmsProp centered", new RmsProp { Centered = true } }, { "Adagrad", new Adagrad() }, { "Adadelta", new Adadelta() },
        { "Adam", new Adam() }, { "AdamW", new AdamW() }, { "Nadam", new Nadam() },
    };

    [Theory]
    [MemberData(nameof(Squaring))]
    public void FoundT02_timestamps_in_milliseconds_throw_with_the_cause_and_change_nothing(string name, Optimizer optimizer)
    {
        Dataset data = Timestamps();
        Sequential model = Model(optimizer);
        int[] before = model.Bits();
        TrainingDivergedException failure = model.Invoking(m => m.Fit(data, new FitOptions { Epochs = 3 }))
            .Should().Throw<TrainingDivergedException>(name).Which;
        failure.Place.Should().Match($"the gradient of dense.kernel reaches *E+2*, and {optimizer.GetType().Name} takes *");
        failure.Message.Should().Contain("feature 'timestamp' reaches 1.7E+12").And.Contain("StandardScaler");
        failure.History!.Warnings.Should().HaveCount(2, "inputs and targets");
        model.Bits().Should().Equal(before);
        optimizer.Steps.Should().Be(0);
    }

    [Fact]
    public void FoundT02_other_divergences_name_unscaled_inputs_too()
    {
        Sequential model = Model(new Sgd());
        model.Invoking(m => m.Fit(Timestamps(), new FitOptions { Epochs = 3 }))
            .Should().Throw<TrainingDivergedException>().WithMessage("*feature 'timestamp'*");
        Model(new Adam()).Invoking(m => m.Fit(Timestamps().Batches(4)))
            .Should().Throw<TrainingDivergedException>().WithMessage("*column 1 reaches 1.7E+12*");
        Model(new Adam()).Invoking(m => m.TrainOnBatch(Timestamps().Inputs, Timestamps().Targets))
            .Should().Throw<TrainingDivergedException>().WithMessage("*Nothing was changed*column 1 reaches 1.7E+12*").Which.History.Should().BeNull();
        Sequential line = TrainingCases.Line(learningRate: 1e30f);
        line.Invoking(m => m.Fit(TrainingCases.Plane(64), new FitOptions { BatchSize = 4 })).Should().Throw<TrainingDivergedException>()
            .Which.Message.Should().NotContain("too large to learn");
    }

    [Fact]
    public void FoundT02_clipped_gradients_are_trained_on()
    {
        Sequential model = Model(new Adam(1e-3f) { GlobalClipNorm = 1f });
        model.Fit(Timestamps(), new FitOptions { Epochs = 3 }).Epochs.Should().Be(3);
    }

    /// <summary>Column 1 has values up to this in size.</summary>
    private static Dataset Scaled(float scale)
    {
        Tensor x = Tensor.RandomUniform([16, 2], seed: 1), y = Tensor.RandomUniform([16, 1], seed: 2);
        for (int i = 0; i < 16; i++) x[i, 1] = i == 7 ? scale : scale * 0.5f;
        return new Dataset(x, y);
    }

    /// <summary>A target of half the feature.</summary>
    private static Dataset Timestamps()
    {
        Tensor x = Tensor.RandomUniform([16, 2], seed: 1), y = Tensor.Zeros([16, 1]);
        for (int i = 0; i < 16; i++)
        {
            x[i, 1] = 1.7e12f - i * 1e6f;
            y[i, 0] = x[i, 1] / 2;
        }

        return new Dataset(x, y) { FeatureNames = ["age", "timestamp"] };
    }

    private static Sequential Model(Optimizer optimizer) => Sequential.Input(2).Dense(1).Build(seed: 1).Compile(optimizer, new MeanSquaredError());
}
