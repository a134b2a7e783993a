namespace DeepLearning;

/// <summary>
/// Generated data sets, for examples, tests and first experiments: functions of the seed alone, in random row order, with classes of equal size.
/// </summary>
public static partial class Synthetic
{
    /// <summary>What the random numbers are for: data and the order of its rows must not share any.</summary>
    private enum Purpose : uint
    {
        Order = 0x5EED_0000,
        Place,
        Noise,
        Outcome,
        Image,
        Pixels,
    }

    private static float[] Uniform(Seed seed, Purpose purpose, int count, float minimum, float maximum)
    {
        var values = new float[count];
        new RandomStream(seed, (uint)purpose).FillUniform(values, minimum, maximum);
        return values;
    }

    private static float[] Normal(Seed seed, Purpose purpose, int count, float standardDeviation)
    {
        var values = new float[count];
        new RandomStream(seed, (uint)purpose).FillNormal(values, 0f, standardDeviation);
        return values;
    }

    /// <summary>Labels 0 … classes − 1, as many of each as possible, in random order.</summary>
    private static int[] BalancedLabels(int count, int classes, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var labels = new int[count];
        new RandomStream(seed, (uint)Purpose.Order).FillPermutation(labels);
        for (int i = 0; i < count; i++) labels[i] %= classes;
        return labels;
    }

    /// <summary>Points in the plane: each position is computed from its label and a uniform number in [0, 1), plus normal noise.</summary>
    private static Dataset Plane(int count, int classes, Seed seed, double noise, Func<int, float, (float X, float Y)> place)
    {
        float deviation = (float)Setting.NotNegative(noise, nameof(noise));
        int[] labels = BalancedLabels(count, classes, seed);
        float[] t = Uniform(seed, Purpose.Place, count, 0f, 1f), offsets = Normal(seed, Purpose.Noise, 2 * count, deviation);
        Tensor inputs = Tensor.Zeros([count, 2]);
        for (int i = 0; i < count; i++)
        {
            (float x, float y) = place(labels[i], t[i]);
            inputs[i, 0] = x + offsets[2 * i];
            inputs[i, 1] = y + offsets[2 * i + 1];
        }

        return new Dataset(inputs, labels) { FeatureNames = ["x", "y"] };
    }
}
