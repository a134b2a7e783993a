using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Layers;

public sealed class ActivityRegularizationTests
{
    private static readonly Tensor X = Tensor.From(new float[,] { { 1, -2 }, { 3, 4 } }), Y = Tensor.Zeros([2, 2]);

    [Fact]
    public void The_penalty_is_the_mean_over_the_samples_and_is_part_of_loss_and_evaluation()
    {
        // (0.1·(1 + 2 + 3 + 4) + 0.2·(1 + 4 + 9 + 16)) / 2 samples = 3.5; the mean squared error against zeros is 30 / 4.
        Sequential model = Scaled(0.1, 0.2);
        model.Compile(new Sgd(0), new MeanSquaredError());

        model.Evaluate(X, Y).Loss.Should().BeApproximately(7.5f + 3.5f, 1e-5f);
        model.Fit(X, Y, new FitOptions(epochs: 1))["loss"].Single().Should().BeApproximately(11f, 1e-5f);
        model.Predict(X).ToArray().Should().Equal(X.ToArray());
    }

    [Fact]
    public void Its_gradient_reaches_the_parameters_before_it()
    {
        Sequential model = Scaled(0.1, 0.2);
        var tape = new Tape();
        Tensor y = model.Forward(X, tape);

        Tensor loss = y.Sum() * 0 + tape.AddedLoss!;
        Gradients gradients = tape.Gradients(loss);

        tape.AddedLoss!.ToScalar().Should().BeApproximately(3.5f, 1e-6f);
        // d/dw of w·x at w = 1, summed over the samples: (0.1·|x| + 0.4·x²) / 2.
        gradients[model.Parameters["scale.gamma"]].ToArray().ShouldBeCloseTo([((0.1 * 4) + (0.4 * 10)) / 2, ((0.1 * 6) + (0.4 * 20)) / 2], 1e-5);
    }

    [Fact]
    public void The_loss_is_the_same_in_batches_of_any_size()
    {
        Sequential model = Scaled(0.1, 0.2);
        model.Compile(new Sgd(0), new MeanSquaredError());
        Tensor x = Tensor.RandomNormal([64, 2], seed: 1), y = Tensor.Zeros([64, 2]);
        float whole = model.Evaluate(x, y, batchSize: 64).Loss;

        model.Evaluate(x, y, batchSize: 7).Loss.Should().BeApproximately(whole, 1e-5f);
    }

    [Fact]
    public void Activations_become_smaller_by_it()
    {
        float With(double l1)
        {
            Sequential model = Sequential.Input(4).Dense(8).Relu().Add(new ActivityRegularization(l1)).Named("code").Dense(1).Build(seed: 1);
            model.Compile(new Adam(0.01), new MeanSquaredError());
            Tensor x = Tensor.RandomNormal([128, 4], seed: 2);
            model.Fit(x, x.Sum(1, keepDimension: true), new FitOptions(epochs: 30));
            return Model.Of(model.InputNodes, [model.Upto("code")]).Build().Predict([x])[0].ToArray().Average();
        }

        With(1).Should().BeLessThan(With(0) / 2);
    }

    [Fact]
    public void A_shared_layer_adds_its_penalty_in_each_call_and_several_outputs_have_it_once()
    {
        Node x = Model.Input(2);
        Func<Node, Node> penalty = Node.Share(v => v.ActivityRegularization(l1: 1));
        Model model = Model.Of([x], [penalty(x).Flatten().Named("a"), penalty(x).Flatten().Named("b")]).Build();
        model.Compile(new Sgd(), [new MeanSquaredError(), new MeanSquaredError()]);

        Evaluation result = model.Evaluate(new Dataset([X], [X, X]));

        result["a_loss"].Should().Be(0f);
        result.Loss.Should().BeApproximately(2 * 5f, 1e-5f);
    }

    [Fact]
    public void A_term_that_is_no_single_number_is_refused()
    {
        Sequential model = Sequential.Input(2).Add(new Wrong()).Build();
        model.Invoking(m => m.Forward(X, new Tape())).Should().Throw<ShapeMismatchException>().WithMessage("*single number*[2, 2]*");
    }

    [Fact]
    public void A_model_may_learn_from_added_terms_alone()
    {
        Sequential model = Sequential.Input(2).Dense(2).ActivityRegularization(l2: 1).Lambda("constant", static v => v.Clone()).Build(seed: 1);
        model.Compile(new Sgd(0.01), new MeanSquaredError());
        float before = model.Evaluate(X, Y).Loss;

        model.Fit(X, Y, new FitOptions(epochs: 20));

        model.Evaluate(X, Y).Loss.Should().BeLessThan(before / 2);
    }

    private static Sequential Scaled(double l1, double l2) => Sequential.Input(2).Add(new Scale()).ActivityRegularization(l1, l2).Build();

    private sealed class Scale : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("gamma", input, Constant.Ones);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x * context["gamma"];
    }

    private sealed class Wrong : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context)
        {
            context.AddLoss(x);
            return x;
        }
    }
}
