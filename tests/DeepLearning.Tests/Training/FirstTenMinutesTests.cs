namespace DeepLearning.Tests.Training;

/// <summary>What .NET people write in their first ten minutes, as they write it: that it compiles is half of each test.</summary>
public sealed class FirstTenMinutesTests
{
    private static readonly float[][] Jagged = [[0f, 0f], [0f, 1f], [1f, 0f], [1f, 1f]];

    private static readonly double[,] Wide = { { 0.0, 0.0 }, { 0.0, 1.0 }, { 1.0, 0.0 }, { 1.0, 1.0 } };

    private static readonly int[] Labels = [0, 1, 1, 0];

    public static TheoryData<string, Optimizer, Optimizer> Optimizers => new()
    {
        { "Adam", new Adam(0.01), new Adam(0.01f) },
        { "Adam's options", new Adam(0.01) { Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-6, WeightDecay = 0.1 }, new Adam(0.01f) { Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-6f, WeightDecay = 0.1f } },
        { "AdamW", new AdamW(1e-3, weightDecay: 0.05), new AdamW(1e-3f) { WeightDecay = 0.05f } },
        { "Sgd", new Sgd(0.1, momentum: 0.9), new Sgd(0.1f, 0.9f) },
        { "Sgd's properties", new Sgd(0.1) { Momentum = 0.9, Nesterov = true }, new Sgd(0.1f, 0.9f, true) },
        { "RmsProp", new RmsProp(0.002) { Rho = 0.95, Momentum = 0.3 }, new RmsProp(0.002f) { Rho = 0.95f, Momentum = 0.3f } },
        { "Adagrad", new Adagrad(0.05) { InitialAccumulatorValue = 0.2 }, new Adagrad(0.05f) { InitialAccumulatorValue = 0.2f } },
        { "Adadelta", new Adadelta(1.0) { Rho = 0.9 }, new Adadelta(1f) { Rho = 0.9f } },
        { "Nadam", new Nadam(0.002) { Beta1 = 0.85 }, new Nadam(0.002f) { Beta1 = 0.85f } },
        { "Lion", new Lion(0.0003) { Beta2 = 0.95 }, new Lion(0.0003f) { Beta2 = 0.95f } },
        { "clipped and averaged", new Adam(0.01) { ClipNorm = 0.1, UseEma = true, EmaMomentum = 0.7 }, new Adam(0.01f) { ClipNorm = 0.1f, UseEma = true, EmaMomentum = 0.7f } },
    };

    public static TheoryData<string, Func<object>, string> OutOfRange => new()
    {
        { "rate", () => new Adam(1e300), "LearningRate must be finite and ≥ 0, got 1E+300, which is Infinity as float32*" },
        { "negative rate", () => new Sgd(-0.5), "LearningRate must be finite and ≥ 0, got -0.5.*" },
        { "rate NaN", () => new Sgd(double.NaN), "LearningRate must be finite and ≥ 0, got NaN.*" },
        { "epsilon", () => new Adam { Epsilon = 1e-60 }, "Epsilon must be finite and > 0, got 1E-60, which is 0 as float32*" },
        { "beta", () => new Adam { Beta1 = 0.999999999 }, "Beta1 must be in [0, 1), got 0.999999999, which is 1 as float32*" },
        { "momentum", () => new Sgd(0.1, momentum: 1), "momentum must be in [0, 1), got 1.*" },
        { "decay", () => new AdamW(0.1, weightDecay: -1), "WeightDecay must be finite and ≥ 0, got -1.*" },
        { "clip", () => new Adam { GlobalClipNorm = 0.0 }, "GlobalClipNorm must be finite and > 0, got 0.*" },
        { "dropout", () => new Dropout(0.99999999999), "rate must be in [0, 1), got 0.99999999999, which is 1 as float32*" },
        { "slope", () => new LeakyRelu(1e39), "negativeSlope must be finite and ≥ 0, got 1E+39, which is Infinity*" },
        { "delta", () => new Huber(delta: 0), "Delta must be finite and > 0, got 0.*" },
        { "smoothing", () => new CategoricalCrossEntropy(labelSmoothing: 1), "LabelSmoothing must be in [0, 1), got 1.*" },
        { "gamma", () => new BinaryFocalCrossEntropy(gamma: -2), "Gamma must be finite and ≥ 0, got -2.*" },
        { "alpha", () => new BinaryFocalCrossEntropy { Alpha = 1.5 }, "Alpha must be in [0, 1], got 1.5.*" },
        { "scale", () => new VarianceScaling(scale: 0), "scale must be finite and > 0, got 0.*" },
        { "deviation", () => new RandomNormal(standardDeviation: -1), "standardDeviation must be finite and ≥ 0, got -1.*" },
        { "constant", () => new Constant(1e39), "value must fit a float32, at most*got 1E+39*" },
        { "improvement", () => new EarlyStopping { MinDelta = -1e-4 }, "MinDelta must be finite and ≥ 0, got -0.0001.*" },
        { "noise", () => Synthetic.Moons(10, 1, noise: 1e39), "noise must be finite and ≥ 0, got 1E+39, which is Infinity*" },
        { "factor", () => Tensor.Ones([2]) * 1e39, "c must fit a float32, at most*got 1E+39*" },
        { "number", () => (Tensor)(-1e39), "value must fit a float32, at most*got -1E+39*" },
        { "patience", () => new EarlyStopping(patience: -1), "Patience must be ≥ 0, got -1.*" },
        { "epochs", () => new FitOptions(epochs: -1), "Epochs must be ≥ 0, got -1.*" },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Line21_an_optimizer_of_doubles_makes_the_bits_of_the_one_of_floats(string name, Optimizer ofDoubles, Optimizer ofFloats)
    {
        float[] Trained(Optimizer optimizer)
        {
            Sequential model = Sequential.Input(2).Dense(5).Tanh().Dense(2).Softmax().Build(seed: 3);
            model.Compile(optimizer, new SparseCategoricalCrossEntropy()).Fit(Jagged, Labels, new FitOptions(epochs: 3, batchSize: 2));
            return [.. model.Parameters.SelectMany(p => p.Value.ToArray())];
        }

        Trained(ofDoubles).Should().Equal(Trained(ofFloats), name);
    }

    [Fact]
    public void Line21_a_setting_is_read_back_as_it_was_written_also_from_a_file()
    {
        (new Dropout(0.2).Rate, new Huber(delta: 0.7).Delta, new Adam { Beta1 = 0.95 }.Beta1, new Elu(0.3).Alpha).Should().Be((0.2, 0.7, 0.95, 0.3));
        new Adam(0.01).LearningRate.Should().Be(0.01);
        Sequential model = Sequential.Input(2).Dropout(0.2).Elu(0.3).LeakyRelu(0.1).Build();
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        Sequential.Load(file).ToString().Should().Be(model.ToString());
        file.Position = 0;
        ((Dropout)Sequential.Load(file).Layers[0]).Rate.Should().Be(0.2);
    }

    [Fact]
    public void Line21_a_callback_sets_the_rate_with_doubles_and_a_rule_reads_it_as_float32()
    {
        var optimizer = new ReadsItsRate { LearningRate = 0.01 };
        optimizer.LearningRate *= 0.5;
        optimizer.LearningRate.Should().Be(0.005);
        optimizer.AsFloat.Should().Be(0.005f);
        optimizer.LearningRate = 0.1 * Math.Pow(0.5, 3);
        optimizer.AsFloat.Should().Be(0.0125f);
        new Adam { LearningRate = 0.01 }.LearningRate.Should().Be(0.01);
    }

    [Fact]
    public void Line21_a_rate_that_a_checkpoint_holds_comes_back_as_it_was_written()
    {
        static Sequential New(Optimizer optimizer) => Sequential.Input(2).Dense(2).Build(seed: 1).Compile(optimizer, new MeanSquaredError());
        Sgd saved = new(0.1), loaded = new(0.3);
        saved.LearningRate *= 0.7;
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "run.safetensors");
        New(saved).SaveCheckpoint(path, saved);
        New(loaded).LoadCheckpoint(path, loaded);
        loaded.LearningRate.Should().Be(saved.LearningRate).And.NotBe((float)saved.LearningRate, "a float32 would go on from another rate");
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Line21_a_double_outside_the_range_is_refused_by_name_also_where_it_leaves_it_as_float32(string name, Func<object> make, string message)
        => FluentActions.Invoking(make).Should().Throw<ArgumentOutOfRangeException>(name).WithMessage(message);

    [Fact]
    public void Line21_what_is_set_most_is_a_named_argument_and_a_property_too()
    {
        new Huber(delta: 2).Delta.Should().Be(new Huber { Delta = 2 }.Delta);
        new EarlyStopping(patience: 3).Patience.Should().Be(new EarlyStopping { Patience = 3 }.Patience);
        var stopping = new EarlyStopping("val_accuracy", patience: 2, restoreBestWeights: true) { MinDelta = 1e-4, Baseline = 0.5 };
        (stopping.Monitor, stopping.Patience, stopping.RestoreBestWeights, stopping.MinDelta, stopping.Baseline).Should().Be(("val_accuracy", 2, true, 1e-4, 0.5));
        new EarlyStopping().Monitor.Should().Be("val_loss");
        var checkpoint = new ModelCheckpoint("best.safetensors", saveBestOnly: true) { InitialValueThreshold = 0.1 };
        (checkpoint.Path, checkpoint.Monitor, checkpoint.SaveBestOnly, checkpoint.InitialValueThreshold).Should().Be(("best.safetensors", "val_loss", true, 0.1));
        var options = new FitOptions(epochs: 20, batchSize: 64) { ValidationSplit = 0.2 };
        options.Should().Be(new FitOptions { Epochs = 20, BatchSize = 64, ValidationSplit = 0.2 });
        new FitOptions(epochs: 7).BatchSize.Should().Be(32);
        new FitOptions().Should().Be(new FitOptions(1, 32));
        (new SparseCategoricalCrossEntropy(fromLogits: true).FromLogits, new BinaryCrossEntropy(fromLogits: true).FromLogits).Should().Be((true, true));
        new CategoricalCrossEntropy(labelSmoothing: 0.1).LabelSmoothing.Should().Be(0.1);
        var focal = new BinaryFocalCrossEntropy(true, 0.1, 1.5);
        (focal.FromLogits, focal.LabelSmoothing, focal.Gamma).Should().Be((true, 0.1, 1.5), "the order is that of the other cross-entropies");
        (new BinaryFocalCrossEntropy().Gamma, new BinaryFocalCrossEntropy().Alpha, new Huber().Delta).Should().Be((2.0, 0.25, 1.0));
        new Gelu(approximate: true).Approximate.Should().BeTrue();
        new VarianceScaling(scale: 2, mode: FanMode.FanOut).Mode.Should().Be(FanMode.FanOut);
        new BinaryAccuracy(0.7).Name.Should().Be("binary_accuracy");
    }

    [Fact]
    public void Line21_a_dense_layer_takes_its_initializer_and_whether_it_has_a_bias()
    {
        Sequential model = Sequential.Input(3).Dense(64, useBias: false).Dense(32, new HeNormal()).Dense(2, new Constant(0.5), useBias: false).Build(seed: 1);
        model.Parameters.Select(p => p.Name).Should().Equal("dense.kernel", "dense_1.kernel", "dense_1.bias", "dense_2.kernel");
        model.Parameters[3].Value.ToArray().Should().OnlyContain(v => v == 0.5f);
        var layer = new Dense(64, new HeNormal());
        (layer.UseBias, layer.KernelInitializer is HeNormal, new Dense(64, useBias: false).UseBias).Should().Be((true, true, false));
        new Dense(4).KernelInitializer.Should().BeOfType<GlorotUniform>();
        new Dense(4) { UseBias = false, KernelInitializer = new LeCunNormal() }.UseBias.Should().BeFalse();
    }

    [Fact]
    public void Line21_arrays_of_any_kind_train_the_same_model()
    {
        float[,] rectangular = { { 0f, 0f }, { 0f, 1f }, { 1f, 0f }, { 1f, 1f } };
        int[,] whole = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
        double[][] wideRows = [[0, 0], [0, 1], [1, 0], [1, 1]];
        var options = new FitOptions(epochs: 5, batchSize: 2);
        float[] expected = Trained(m => m.Fit(new Dataset(Tensor.From(rectangular), Labels), options));
        Trained(m => m.Fit(Jagged, Labels, options)).Should().Equal(expected);
        Trained(m => m.Fit(rectangular, Labels, options)).Should().Equal(expected);
        Trained(m => m.Fit(Wide, Labels, options)).Should().Equal(expected);
        Trained(m => m.Fit(wideRows, Labels, options)).Should().Equal(expected);
        Trained(m => m.Fit(whole, Labels, options)).Should().Equal(expected);
        Trained(m => m.Fit(Tensor.From(rectangular), [0, 1, 1, 0], options)).Should().Equal(expected);
        Trained(m => m.Fit(Tensor.From(rectangular), Tensor.From(0f, 1f, 1f, 0f), options)).Should().Equal(expected);

        float[] Trained(Action<Sequential> fit)
        {
            Sequential model = Sequential.Input(2).Dense(4).Relu().Dense(2).Softmax().Build(seed: 5);
            fit(model.Compile(new Adam(0.05), new SparseCategoricalCrossEntropy(), new Accuracy()));
            return [.. model.Parameters.SelectMany(p => p.Value.ToArray())];
        }
    }

    [Fact]
    public void Line21_regression_takes_values_of_any_kind_and_several_outputs()
    {
        double[] y = [0, 1, 1, 2];
        float[] expected = Trained(1, m => m.Fit(Jagged, new[,] { { 0f }, { 1f }, { 1f }, { 2f } }));
        Trained(1, m => m.Fit(Wide, y)).Should().Equal(expected);
        Trained(1, m => m.Fit(Wide, new float[] { 0, 1, 1, 2 })).Should().Equal(expected);
        Trained(1, m => m.Fit(new Dataset(Wide, y))).Should().Equal(expected);
        double[,] two = { { 0, 1 }, { 1, 0 }, { 1, 0 }, { 2, 1 } };
        Trained(2, m => m.Fit(Wide, two)).Should().Equal(Trained(2, m => m.Fit(new Dataset(Tensor.From(Wide), Tensor.From(two)))));

        float[] Trained(int outputs, Action<Sequential> fit)
        {
            Sequential model = Sequential.Input(2).Dense(outputs).Build(seed: 5);
            fit(model.Compile(new Sgd(0.1), new MeanSquaredError()));
            return [.. model.Parameters.SelectMany(p => p.Value.ToArray())];
        }
    }

    [Fact]
    public void Line21_a_batch_and_an_evaluation_take_labels_of_ints()
    {
        Sequential a = Compiled(), b = Compiled();
        float expected = a.TrainOnBatch(Tensor.From(Jagged), Tensor.From(0f, 1f, 1f, 0f)).Loss;
        b.TrainOnBatch(Jagged, Labels).Loss.Should().Be(expected);
        b.TrainOnBatch(Tensor.From(Wide), Labels, new[] { 1.0, 1, 1, 0.5 }).Loss.Should().BePositive();
        a.Evaluate(Wide, Labels).Loss.Should().Be(a.Evaluate(new Dataset(Jagged, Labels)).Loss);
        a.Evaluate(Jagged, Tensor.From(0f, 1f, 1f, 0f), batchSize: 2).Loss.Should().BeApproximately(a.Evaluate(Jagged, Labels).Loss, 1e-6f);
        new Batch(Jagged, Labels).Targets.ToArray().Should().Equal(0, 1, 1, 0);
        FluentActions.Invoking(() => new Batch(Jagged, [(1 << 24) + 1, 0, 0, 0])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The label of row 0*");
        a.Invoking(m => m.TrainOnBatch(Jagged, (int[])null!)).Should().Throw<ArgumentNullException>().WithParameterName("labels");
        a.Invoking(m => m.Fit(Jagged, (int[])null!)).Should().Throw<ArgumentNullException>().WithParameterName("labels");

        static Sequential Compiled() => Sequential.Input(2).Dense(4).Relu().Dense(2).Softmax().Build(seed: 5).Compile(new Sgd(0.1), new SparseCategoricalCrossEntropy());
    }

    [Fact]
    public async Task Line22_one_sample_is_predicted_as_it_is()
    {
        Sequential model = Sequential.Input(4).Dense(3).Softmax().Build(seed: 1);
        Tensor batch = model.Predict(new[,] { { 5.1, 3.5, 1.4, 0.2 } });
        batch.Shape.Should().Equal(1, 3);
        foreach (Tensor one in new[] { model.Predict(new[] { 5.1f, 3.5f, 1.4f, 0.2f }), model.Predict(new[] { 5.1, 3.5, 1.4, 0.2 }), model.ToPredictor().Predict(Tensor.From(5.1, 3.5, 1.4, 0.2)) })
        {
            one.Shape.Should().Equal(3);
            one.ToArray().Should().Equal(batch.ToArray());
        }

        (await model.ToPredictor().PredictAsync(new[] { 5.1, 3.5, 1.4, 0.2 })).ToArray().Should().Equal(batch.ToArray());
        Sequential images = Sequential.Input(2, 2).Flatten().Dense(1).Build(seed: 1);
        images.Predict(Tensor.Ones([2, 2])).Shape.Should().Equal(1);
        images.Predict(Tensor.Ones([2, 2, 2])).Shape.Should().Equal(2, 1);
        model.Predict(Tensor.Zeros([0, 4])).Shape.Should().Equal(0, 3);
        model.Invoking(m => m.Predict(Tensor.Ones([5]))).Should().Throw<ShapeMismatchException>().WithMessage("*Dense(3)*[batch, 4], got [5]*");
    }

    [Fact]
    public void Line22_a_batch_without_its_dimension_is_refused_with_what_to_write()
    {
        Sequential model = Sequential.Input(4).Dense(1).Build(seed: 1);
        model.Invoking(m => m.Forward(Tensor.Ones([4]))).Should().Throw<ShapeMismatchException>().WithMessage("*got [4]. *x.Reshape(1, 4)*");
        Sequential line = Sequential.Input(1).Dense(1).Build(seed: 1).Compile(new Sgd(0.1), new MeanSquaredError());
        float[] x = [1, 2, 3], y = [2, 4, 6];
        line.Invoking(m => m.Fit(x, y)).Should().Throw<ShapeMismatchException>().WithMessage("*[batch, 1], got [3]. *write Tensor.From(x).Reshape(-1, 1), or*");
        line.Invoking(m => m.Predict(5.0)).Should().Throw<ShapeMismatchException>().WithMessage("*got []. A sample of one number is Tensor.From(x), of shape [1].");
        line.Predict(Tensor.From(5.0)).Shape.Should().Equal(1);
        FluentActions.Invoking(() => Tensor.Scalar(1)[0]).Should().Throw<ArgumentException>().WithMessage("*It is one number: write (float)t.*");
        FluentActions.Invoking(() => Sequential.Input(-1, 2)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Input takes the dimensions of one sample*[-1, 2]*");
        FluentActions.Invoking(() => new Dense(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Dense needs at least 1 unit, got 0.*");
        line.Fit(Tensor.From(x).Reshape(-1, 1), y).Epochs.Should().Be(1);
    }

    [Fact]
    public void Line21_an_initializer_of_properties_is_that_of_arguments()
    {
        static float[] Kernel(Initializer initializer) => Sequential.Input(4).Dense(3, initializer).Build(seed: 1).Parameters[0].Value.ToArray();
        (Initializer, Initializer)[] pairs =
        [
            (new RandomNormal { StandardDeviation = 0.01, Mean = 1 }, new RandomNormal(1, 0.01)),
            (new TruncatedNormal { StandardDeviation = 0.01 }, new TruncatedNormal(standardDeviation: 0.01)),
            (new RandomUniform { Minimum = 1, Maximum = 2 }, new RandomUniform(1, 2)), (new Orthogonal { Gain = 2 }, new Orthogonal(2)),
            (new Constant { Value = 0.1 }, new Constant(0.1)),
        ];
        foreach ((Initializer first, Initializer second) in pairs) Kernel(first).Should().Equal(Kernel(second));
    }

    [Fact]
    public void Line21_a_scaler_takes_a_data_set_and_is_appended_to_a_model()
    {
        Dataset data = Synthetic.Moons(50, seed: 1);
        StandardScaler standard = StandardScaler.Fit(data);
        MinMaxScaler range = MinMaxScaler.Fit(data);
        standard.Means.ToArray().Should().Equal(StandardScaler.Fit(data.Inputs).Means.ToArray());
        Sequential.Input(2).Normalize(standard).Build().Predict(data.Inputs).ToArray().Should().Equal(standard.Transform(data.Inputs).ToArray());
        Sequential.Input(2).Normalize(range).Build().Predict(data.Inputs).ToArray().Should().Equal(range.Transform(data.Inputs).ToArray());
    }

    [Fact]
    public void Line21_a_batch_is_taken_apart_and_trained_on()
    {
        Sequential New() => Sequential.Input(2).Dense(2).Softmax().Build(seed: 1).Compile(new Sgd(0.1), new SparseCategoricalCrossEntropy());
        (Sequential whole, Sequential parts) = (New(), New());
        foreach (Batch batch in Synthetic.Moons(64, seed: 1).Batches(32))
        {
            (Tensor x, Tensor y) = batch;
            whole.TrainOnBatch(batch).Loss.Should().Be(parts.TrainOnBatch(x, y).Loss);
        }

        Sequential regression = Sequential.Input(2).Dense(1).Build(seed: 1).Compile(new Sgd(0.1), new MeanSquaredError());
        regression.Invoking(m => m.TrainOnBatch(new Batch(Jagged, [5, 1, 1, 0]))).Should().Throw<ArgumentException>("its targets are class labels");
    }

    [Fact]
    public void Line21_what_a_part_was_made_with_is_shown()
        => string.Join("; ", new Dense(3, useBias: false), new Dense(3), new Adam(0.01), new Huber(), new Batch(Jagged, Labels))
            .Should().Be("Dense(3, useBias: false); Dense(3); Adam(0.01); Huber; Batch: inputs [4, 2], targets [4]");

    private sealed class ReadsItsRate() : Optimizer(1)
    {
        public float AsFloat => Rate;

        protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t) => throw new InvalidOperationException("It is never asked for a step.");
    }
}
