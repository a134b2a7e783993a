using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Models;

public sealed class LayerStateTests : IDisposable
{
    private static readonly Dataset Data = TrainingCases.Blobs(48);
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void State_is_updated_once_a_step_and_used_in_predictions()
    {
        Sequential model = Sequential.Input(2).Add(new MovingNormalization(0.5)).Build().Compile(new Sgd(0.0), new MeanSquaredError());
        model.TrainOnBatch(new float[,] { { 2, 0 }, { 4, 0 } }, new float[,] { { 0, 0 }, { 0, 0 } });
        Weights(model)["moving_normalization.moving_mean"].Should().Equal(1.5f, 0f);
        Weights(model)["moving_normalization.moving_variance"].Should().Equal(1f, 0.5f);
        model.Predict(new float[,] { { 1.5f, 0 } })[0, 0].Should().BeApproximately(0f, 1e-6f);
        model.Parameters.ElementCount.Should().Be(4, "state is not trained");
    }

    [Fact]
    public void A_forward_pass_alone_changes_nothing()
    {
        Sequential model = Made();
        string before = Text(model);
        model.Forward(Data.Inputs, new Tape());
        model.Forward(Data.Inputs, training: true);
        Text(model).Should().Be(before);
    }

    [Fact]
    public void A_failed_step_changes_nothing()
    {
        Sequential model = Made().Compile(new Sgd(0.01), new SparseCategoricalCrossEntropy());
        string before = Text(model);
        Tensor huge = Tensor.Full([4, 4], 3e38);
        huge[0, 0] = -3e38f;
        model.Invoking(m => m.TrainOnBatch(huge, new[] { 0, 1, 2, 0 })).Should().Throw<TrainingDivergedException>();
        Text(model).Should().Be(before);
    }

    [Fact]
    public void A_custom_loop_commits_state_with_the_update()
    {
        Sequential model = Made();
        var optimizer = new Sgd(0.01);
        var tape = new Tape();
        Gradients gradients = tape.Gradients(DeepLearning.Losses.SparseCategoricalCrossEntropy(model.Forward(Data.Inputs, tape), Data.Targets));
        string before = Text(model);
        optimizer.Update(model.Parameters, gradients);
        model.GetWeights()["moving_normalization.moving_mean"].ToArray().Should().NotContain(0f);
        Text(model).Should().NotBe(before);
    }

    [Fact]
    public void A_shared_layer_updates_its_state_call_after_call()
    {
        Node a = Model.Input(1), b = Model.Input(1);
        Func<Node, Node> shared = Node.Share(x => x.Add(new MovingNormalization(0.5)));
        Model model = Model.Of([a, b], [shared(a) + shared(b)]).Build();
        var tape = new Tape();
        Tensor y = model.Forward([Tensor.Full([2, 1], 4), Tensor.Full([2, 1], 8)], tape)[0];
        new Sgd(0.0).Update(model.Parameters, tape.Gradients(y.Sum()));
        model.GetWeights()["moving_normalization.moving_mean"].ToArray().Should().Equal(0.5f * (0.5f * 0 + 0.5f * 4) + 0.5f * 8);
    }

    [Fact]
    public void What_is_staged_is_the_value_of_the_forward_pass()
    {
        Sequential model = Sequential.Input(1).Add(new Delay()).Build().Compile(new Sgd(0.5), new MeanSquaredError());
        foreach (float value in new[] { 3f, 5f, 7f }) model.TrainOnBatch(new[,] { { value } }, new[,] { { 0f } });
        IReadOnlyDictionary<string, Tensor> weights = model.GetWeights();
        ((float)weights["delay.last"], (float)weights["delay.before"]).Should().Be((7f, 5f));
        ((float)weights["delay.gain_then"]).Should().NotBe((float)weights["delay.gain"], "it is the gain before the step");
    }

    [Fact]
    public void State_is_updated_where_nothing_is_trained()
    {
        Sequential plain = Sequential.Input(2).Add(new LastMean()).Build().Compile(new Sgd(0.1), new MeanSquaredError());
        plain.TrainOnBatch(new float[,] { { 2, 4 } }, new float[,] { { 0, 0 } });
        Weights(plain)["last_mean.mean"].Should().Equal(2f, 4f);

        Sequential frozen = Sequential.Input(2).Add(new LastMean()).Dense(1).Build().Compile(new Sgd(0.1), new MeanSquaredError());
        frozen.Freeze();
        frozen.TrainOnBatch(new float[,] { { 2, 4 } }, new float[,] { { 0 } });
        Weights(frozen)["last_mean.mean"].Should().Equal(2f, 4f);
    }

    [Fact]
    public void A_loop_without_an_optimizer_commits_by_itself()
    {
        Sequential model = Made();
        var tape = new Tape();
        model.Forward(Data.Inputs, tape);
        Weights(model)["moving_normalization.moving_mean"].Should().OnlyContain(v => v == 0);
        model.CommitState(tape);
        Weights(model)["moving_normalization.moving_mean"].Should().NotContain(0f);
    }

    [Fact]
    public void A_frozen_normalization_uses_its_running_means_in_training_too()
    {
        Sequential model = Sequential.Input(2).Add(new MovingNormalization()).Dense(1).Build().Compile(new Sgd(0.1), new MeanSquaredError());
        model.Freeze("moving_normalization");
        model.TrainOnBatch(new float[,] { { 2, 4 }, { 4, 8 } }, new float[,] { { 0 }, { 1 } });
        Weights(model)["moving_normalization.moving_mean"].Should().Equal(0f, 0f);
    }

    [Fact]
    public void Early_stopping_puts_the_best_state_back()
    {
        Sequential model = Made().Compile(new Sgd(0.5), new SparseCategoricalCrossEntropy());
        string? best = null;
        var stopping = new EarlyStopping("loss", restoreBestWeights: true);
        var recorder = new Recorder(epoch: c =>
        {
            if (stopping.BestEpoch == c.Epoch) best = Text(c.Model);
        });
        model.Fit(Data, new FitOptions(epochs: 40, batchSize: 8) { Callbacks = [stopping, recorder] });
        stopping.StoppedEpoch.Should().NotBeNull();
        Text(model).Should().Be(best);
    }

    [Fact]
    public void Divergence_puts_the_state_of_the_epoch_s_beginning_back()
    {
        Sequential model = Made().Compile(new Sgd(0.01), new SparseCategoricalCrossEntropy());
        string? beginning = null;
        var saboteur = new Recorder(epochBegin: c => beginning = c.Epoch == 1 ? Text(c.Model) : beginning, batch: (c, _) =>
        {
            if (c is { Epoch: 1, Batch: 2 }) c.Model.Parameters[0].Value.AsSpan().Fill(float.MaxValue);
        });
        model.Invoking(m => m.Fit(Data, new FitOptions(epochs: 3, batchSize: 8) { Callbacks = [saboteur] })).Should().Throw<TrainingDivergedException>();
        Text(model).Should().Be(beginning);
    }

    [Fact]
    public void A_run_that_is_resumed_in_the_middle_of_an_epoch_ends_with_the_same_bits()
    {
        var resumed = new ResumeCase
        {
            Model = Made,
            Optimizer = () => new Adam(0.01) { UseEma = true },
            Callbacks = () => [new EarlyStopping("val_loss", patience: 10, restoreBestWeights: true)],
        };
        var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1, LayerKinds = MovingNormalization.Kinds };
        string whole = Text(resumed.Run(null).Model);
        resumed.Invoking(r => r.Run(checkpoint, new Recorder(batch: (c, _) =>
        {
            if (c is { Epoch: 2, Batch: 2 }) throw new TimeoutException();
        }))).Should().Throw<TimeoutException>();
        (Sequential model, History history) = resumed.Run(checkpoint);
        history.ResumedFrom.Should().NotBeNull();
        Text(model).Should().Be(whole);
    }

    [Fact]
    public void Files_copies_and_predictors_have_the_state()
    {
        Sequential model = Made().Compile(new Adam(0.01), new SparseCategoricalCrossEntropy());
        model.Fit(Data, new FitOptions(epochs: 2, batchSize: 8));
        string path = folder["model.safetensors"];
        model.Save(path, MovingNormalization.Kinds);
        Sequential loaded = Sequential.Load(path, MovingNormalization.Kinds), copy = model.Clone();
        Text(loaded).Should().Be(Text(model));
        Text(copy).Should().Be(Text(model));
        float[] expected = model.Predict(Data.Inputs).ToArray();
        loaded.Predict(Data.Inputs).ToArray().Should().Equal(expected);
        copy.ToPredictor().Predict(Data.Inputs).ToArray().Should().Equal(expected);
        Sequential fresh = Made();
        fresh.LoadWeights(path);
        Text(fresh).Should().Be(Text(model));
        Text((Sequential)Sequential.Input(4).Add(model).Build()).Should().Be(Text(model), "a part of another model begins with copies");
    }

    [Fact]
    public void A_custom_loop_s_checkpoint_has_the_state()
    {
        Sequential model = Made().Compile(new Adam(0.01), new SparseCategoricalCrossEntropy()), fresh = Made(seed: 7);
        model.TrainOnBatch(Data.Inputs, Data.Targets);
        model.SaveCheckpoint(folder["state"]);
        fresh.LoadCheckpoint(folder["state"]);
        Text(fresh).Should().Be(Text(model));
    }

    [Fact]
    public void A_step_allocates_nothing_for_state()
    {
        Sequential model = Sequential.Input(4).Add(new LastMean()).Dense(3).Softmax().Build().Compile(new Adam(0.01), new SparseCategoricalCrossEntropy());
        var meter = new AllocationMeter();
        model.Fit(Data, new FitOptions(AllocationMeter.Epochs, batchSize: 8) { Callbacks = [meter] });
        meter.Least.Should().Be(0);
    }

    [Fact]
    public void Its_gradients_agree_with_central_differences() => GradientCheck.Verify(new MovingNormalization(), [3]);

    [Fact]
    public void What_a_layer_did_not_declare_and_other_shapes_are_refused()
    {
        Sequential.Input(2).Add(new Wrong(c => c.State("mean"))).Build().Invoking(m => m.Predict(Tensor.Zeros([1, 2])))
            .Should().Throw<KeyNotFoundException>().WithMessage("*no state mean*");
        Sequential.Input(2).Add(new Wrong(c => c.Update("count", Tensor.Zeros([3])))).Build().Invoking(m => m.Forward(Tensor.Zeros([1, 2]), training: true))
            .Should().Throw<ShapeMismatchException>().WithMessage("*count has shape []*[3]*");
        Sequential.Input(2).Add(new Wrong(c => c.Update("count", 1))).Build().Invoking(m => m.Predict(Tensor.Zeros([1, 2])))
            .Should().Throw<InvalidOperationException>().WithMessage("*only in training*");
    }

    private static Sequential Made() => Made(seed: 7);

    private static Sequential Made(ulong seed) => Sequential.Input(4).Dense(6).Add(new MovingNormalization()).Relu().Dropout(0.3).Dense(3).Softmax().Build(seed);

    private static string Text(Model model)
        => string.Join('\n', model.GetWeights().Select(w => $"{w.Key} {string.Join(',', w.Value.ToArray().Select(BitConverter.SingleToInt32Bits))}"));

    private static Dictionary<string, float[]> Weights(Model model) => model.GetWeights().ToDictionary(w => w.Key, w => w.Value.ToArray());

    /// <summary>Keeps the mean of the last batch. (A number beside a tensor, as in MovingNormalization, is a new tensor at every step.)</summary>
    private sealed class LastMean : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddState("mean", input, Constant.Zeros);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context)
        {
            if (context.Training) context.Update("mean", x.Mean(0));
            return x - context.State("mean");
        }
    }

    /// <summary>Keeps the last input and the one before, and the gain of the step.</summary>
    private sealed class Delay : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("gain", input, Constant.Ones);
            foreach (string name in new[] { "last", "before", "gain_then" }) builder.AddState(name, input, Constant.Zeros);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context)
        {
            if (context.Training)
            {
                context.Update("before", context.State("last"));
                context.Update("last", x.Mean(0));
                context.Update("gain_then", context["gain"]);
            }

            return x * context["gain"];
        }
    }

    private sealed class Wrong(Action<LayerContext> act) : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddState("count", [], Constant.Zeros);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context)
        {
            act(context);
            return x;
        }
    }
}
