namespace DeepLearning.Results;

/// <summary>Well-known classifiers to hold a network against, measured on the same split.</summary>
internal static class Baselines
{
    /// <summary>1-nearest neighbour by Euclidean distance.</summary>
    public static double NearestNeighbour(Dataset train, Dataset test)
    {
        int features = train.InputShape.Size, right = 0;
        int[] known = train.Labels, wanted = test.Labels;
        for (int i = 0; i < test.Count; i++)
        {
            ReadOnlySpan<float> sample = test.Inputs.AsReadOnlySpan().Slice(i * features, features);
            (float nearest, int label) = (float.PositiveInfinity, -1);
            for (int j = 0; j < train.Count; j++)
            {
                float distance = System.Numerics.Tensors.TensorPrimitives.Distance(sample, train.Inputs.AsReadOnlySpan().Slice(j * features, features));
                if (distance < nearest) (nearest, label) = (distance, known[j]);
            }

            if (label == wanted[i]) right++;
        }

        return right / (double)test.Count;
    }

    /// <summary>Multinomial logistic regression: one Dense layer with a softmax, full-batch gradient steps by Adam until it has settled.</summary>
    public static double LogisticRegression(Dataset train, Dataset test)
    {
        int classes = 1 + Math.Max(train.Labels.Max(), test.Labels.Max());
        Sequential model = Sequential.Input(train.InputShape[0]).Dense(classes).Softmax().Build();
        model.Compile(new Adam(0.05f) { WeightDecay = 1e-3f }, new SparseCategoricalCrossEntropy(), new Accuracy())
            .Fit(train, new FitOptions { Epochs = 500, BatchSize = train.Count });
        return model.Evaluate(test)["accuracy"];
    }
}
