using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Layers;

public sealed class PReluTests
{
    private static readonly Tensor X = Tensor.From(new float[,] { { -4, 0, 2 }, { 3, -8, -1 } });

    [Fact]
    public void Each_value_of_a_sample_has_its_own_slope()
    {
        Sequential model = WithSlopes(Sequential.Input(3).PRelu(), 0.5f, 0.25f, -2f);

        model.Predict(X).ToArray().Should().Equal(-2f, 0f, 2f, 3f, -2f, 2f);
    }

    [Fact]
    public void One_slope_may_be_that_of_all_values()
    {
        Sequential model = WithSlopes(Sequential.Input(3).PRelu(sharedAcross: true), 0.5f);

        model.Predict(X).ToArray().Should().Equal(-2f, 0f, 2f, 3f, -4f, -0.5f);
    }

    [Fact]
    public void It_begins_as_a_relu_as_in_Keras_and_shared_with_a_quarter_as_in_PyTorch()
    {
        Sequential keras = Sequential.Input(2, 3).PRelu().Build(), torch = Sequential.Input(2, 3).PRelu(sharedAcross: true).Build();

        keras.Parameters.Single().Shape.Should().Equal(2, 3);
        keras.Parameters.Single().Value.ToArray().Should().Equal(0f, 0f, 0f, 0f, 0f, 0f);
        torch.Parameters.Single().Shape.Should().Equal(1);
        torch.Parameters.Single().Value.ToArray().Should().Equal(0.25f);
    }

    [Fact]
    public void Its_gradients_are_zero_at_zero_and_a_slope_takes_what_is_below()
    {
        Sequential model = WithSlopes(Sequential.Input(3).PRelu(), 0.5f, 0.25f, -2f);
        var tape = new Tape();
        Tensor x = tape.Watch(X);

        Gradients gradients = tape.Gradients(model.Forward(x, tape).Sum());

        gradients[x].ToArray().Should().Equal(0.5f, 0f, 1f, 1f, 0.25f, -2f);
        gradients[model.Parameters.Single()].ToArray().Should().Equal(-4f, -8f, -1f);
    }

    [Fact]
    public void Regularizer_and_constraint_are_those_of_its_slopes()
    {
        Sequential model = Sequential.Input(3).Add(new PRelu { AlphaRegularizer = new L2(0.1), AlphaConstraint = new NonNegative() }).Build();

        model.Parameters.Single().Options.Regularizer.Should().BeOfType<L2>();
        model.Parameters.Single().Options.Constraint.Should().BeOfType<NonNegative>();
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 1)]
    public void A_PyTorch_weight_is_its_slopes(bool sharedAcross, int count)
    {
        Sequential model = Sequential.Input(2).Dense(4).PRelu(sharedAcross).Dense(4).Build();
        Tensor slopes = Tensor.RandomNormal([count], seed: 1);

        model.LoadWeights(new Dictionary<string, Tensor>
        {
            ["0.weight"] = Tensor.Ones([4, 2]), ["0.bias"] = Tensor.Ones([4]), ["1.weight"] = slopes,
            ["2.weight"] = Tensor.Ones([4, 4]), ["2.bias"] = Tensor.Ones([4]),
        });

        model.Parameters["prelu.alpha"].Value.ToArray().Should().Equal(slopes.ToArray());
    }

    [SkippableFact]
    public void Values_and_gradients_are_PyTorch_s()
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        string file = Path.Combine(data ?? ".", "..", "golden", "golden.safetensors");
        Skip.If(data is null || !File.Exists(file), "DEEPLEARNING_DATA names no folder beside which golden/golden.safetensors lies.");
        IReadOnlyDictionary<string, Tensor> golden = Safetensors.Load(file);
        Sequential model = Sequential.Input(4).PRelu().Build();
        model.LoadWeights(new Dictionary<string, Tensor> { ["weight"] = golden["layers/prelu/param/weight"] });
        var tape = new Tape();
        Tensor x = tape.Watch(golden["layers/prelu/x"]), y = model.Forward(x, tape);

        Gradients gradients = tape.Gradients(y, golden["layers/prelu/dy"]);

        Check(y, "y");
        Check(gradients[x], "dx");
        Check(gradients[model.Parameters.Single()], "dparam/weight");

        void Check(Tensor actual, string name)
            => actual.ShouldBeCloseTo([.. golden[$"layers/prelu/{name}"].ToArray().Select(v => (double)v)], 1e-6, name);
    }

    private static Sequential WithSlopes(SequentialBuilder builder, params float[] slopes)
    {
        Sequential model = builder.Build();
        model.Parameters.Single().Assign(slopes);
        return model;
    }
}
