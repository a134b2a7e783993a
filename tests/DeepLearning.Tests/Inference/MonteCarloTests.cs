using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Inference;

public sealed class MonteCarloTests
{
    private static readonly Tensor X = Tensor.RandomNormal([600, 4], seed: 1);

    private static Sequential Model(double rate = 0.5) => Sequential.Input(4).Dense(32).Relu().Dropout(rate).Dense(2).Build(seed: 1);

    [Fact]
    public void Mean_and_deviation_of_a_dropped_value_are_those_of_its_mask()
    {
        // A value x becomes 2x or 0, each half of the time: mean x, deviation |x|.
        Sequential model = Sequential.Input(1).Dropout(0.5).Build();

        MonteCarloPrediction prediction = model.PredictSamples(Tensor.Full([300, 1], 3f), samples: 400, seed: 1);

        // The standard error of 300·400 draws is 3 / √120,000 = 0.009.
        prediction.Mean.ToArray().Average().Should().BeApproximately(3f, 0.04f);
        prediction.StandardDeviation.ToArray().Average().Should().BeApproximately(3f, 0.04f);
    }

    [Fact]
    public void They_are_those_of_the_samples()
    {
        MonteCarloPrediction prediction = Model().PredictSamples(X, samples: 7, seed: 3, keepSamples: true);

        prediction.Samples!.Shape.Should().Equal(7, 600, 2);
        float[] all = prediction.Samples.ToArray();
        double[] means = new double[1200], deviations = new double[1200];
        for (int i = 0; i < 1200; i++)
        {
            double[] values = [.. Enumerable.Range(0, 7).Select(s => (double)all[(s * 1200) + i])];
            means[i] = values.Average();
            deviations[i] = Math.Sqrt(values.Average(v => (v - means[i]) * (v - means[i])));
        }

        prediction.Mean.ShouldBeCloseTo(means, 1e-6);
        prediction.StandardDeviation.ShouldBeCloseTo(deviations, 1e-6);
        all.Chunk(1200).Select(sample => sample[0]).Distinct().Should().HaveCountGreaterThan(4);
        Model().PredictSamples(X, samples: 7, seed: 3).Samples.Should().BeNull();
    }

    [Fact]
    public void A_sample_is_what_a_training_pass_would_give()
    {
        // Without a normalization only dropout differs between training and inference; the first step of the model's own seed draws the same mask.
        Sequential model = Model();

        Tensor samples = model.PredictSamples(X[..5], samples: 2, seed: model.Seed, keepSamples: true).Samples!;

        samples[0, ..].ToArray().Should().Equal(model.Forward(X[..5], training: true).ToArray());
    }

    [Fact]
    public void Normalizations_use_their_moving_averages()
    {
        Sequential model = Sequential.Input(4).BatchNormalization().Dropout(0).Dense(2).Build(seed: 1);

        MonteCarloPrediction prediction = model.PredictSamples(X, samples: 2);

        prediction.Mean.ToArray().Should().Equal(model.Predict(X).ToArray());
        prediction.StandardDeviation.ToArray().Should().OnlyContain(v => v == 0f);
        model.GetWeights()["batch_normalization.moving_mean"].ToArray().Should().Equal(0f, 0f, 0f, 0f);
    }

    [Fact]
    public void The_seed_determines_the_bits_and_chunks_and_samples_draw_different_numbers()
    {
        Sequential model = Sequential.Input(1).Dropout(0.5).Build();
        Tensor ones = Tensor.Ones([600, 1]);

        Tensor samples = model.PredictSamples(ones, samples: 3, seed: 5, keepSamples: true).Samples!;

        model.PredictSamples(ones, samples: 3, seed: 5, keepSamples: true).Samples!.ToArray().Should().Equal(samples.ToArray());
        model.PredictSamples(ones, samples: 3, seed: 6, keepSamples: true).Samples!.ToArray().Should().NotEqual(samples.ToArray());
        samples[0, ..].ToArray()[..256].Should().NotEqual(samples[0, ..].ToArray()[256..512]).And.NotEqual(samples[1, ..].ToArray()[..256]);
        // More samples do not change the first ones.
        model.PredictSamples(ones, samples: 4, seed: 5, keepSamples: true).Samples![..3].ToArray().Should().Equal(samples.ToArray());
    }

    [Fact]
    public void Calls_at_once_give_what_one_gives()
    {
        Sequential model = Model();
        float[] expected = model.PredictSamples(X, samples: 5, seed: 9).StandardDeviation.ToArray();
        float[][] got = new float[8][];

        Parallel.For(0, got.Length, i => got[i] = model.PredictSamples(X, samples: 5, seed: 9).StandardDeviation.ToArray());

        foreach (float[] each in got) each.Should().Equal(expected);
    }

    [Fact]
    public void A_single_sample_and_several_outputs_keep_their_shapes()
    {
        MonteCarloPrediction one = Model().PredictSamples(X[0, ..], samples: 3, keepSamples: true);
        one.Mean.Shape.Should().Equal(2);
        one.Samples!.Shape.Should().Equal(3, 2);

        Node x = DeepLearning.Model.Input(4), h = x.Dropout(0.5);
        Model two = DeepLearning.Model.Of([x], [h.Dense(2), h.Dense(3)]).Build(seed: 1);
        two.PredictSamples([X], samples: 3).Select(p => p.Mean.Shape.ToString()).Should().Equal("[600, 2]", "[600, 3]");
        two.Invoking(m => m.PredictSamples(X)).Should().Throw<InvalidOperationException>().WithMessage("The model has the outputs*");
    }

    [Fact]
    public void Several_inputs_have_the_same_defaults_as_one()
    {
        Node a = DeepLearning.Model.Input(4), b = DeepLearning.Model.Input(4);
        Model both = DeepLearning.Model.Of([a, b], [Node.Concatenate(a, b).Dropout(0.5).Dense(2)]).Build(seed: 1);
        MonteCarloPrediction prediction = both.PredictSamples([X, X]).Single();
        prediction.Samples.Should().BeNull();
        prediction.Mean.ToArray().Should().Equal(both.PredictSamples([X, X], 50, 0, keepSamples: false).Single().Mean.ToArray());
    }

    [Fact]
    public void A_model_without_a_random_layer_and_a_single_sample_are_refused()
    {
        Sequential.Input(4).Dense(2).Build().Invoking(m => m.PredictSamples(X)).Should().Throw<InvalidOperationException>()
            .WithMessage("No layer of the model draws*Dropout*");
        Model().Invoking(m => m.PredictSamples(X, samples: 1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*at least 2 samples, got 1*");
        Model().Invoking(m => m.PredictSamples(Tensor.Ones([2, 3]))).Should().Throw<ShapeMismatchException>();
    }

    [Fact]
    public void A_custom_layer_joins_in_by_asking_whether_it_is_stochastic()
        => Sequential.Input(4).Add(new Jitter()).Build().PredictSamples(X, samples: 5).StandardDeviation.ToArray().Should().OnlyContain(v => v > 0f);

    private sealed class Jitter : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context)
        {
            if (!context.Stochastic) return x;
            float[] noise = new float[x.Count];
            context.Random.FillNormal(noise);
            return x + Tensor.From(noise, x.Shape);
        }
    }
}
