namespace DeepLearning.Tests.Serialization;

/// <summary>Breaks a saved model of 10 KB in every way of one kind. With a step of 1 it is exhaustive: the command <c>corruption</c> of Program.cs.</summary>
internal static class CorruptionSweep
{
    /// <summary>The lengths at which a cut file loads all the same.</summary>
    public static IReadOnlyList<int> UndetectedTruncations(int step)
    {
        byte[] whole = Model();
        return Undetected(whole.Length, step, length => whole[..length]);
    }

    /// <summary>The bits that may flip without notice.</summary>
    public static IReadOnlyList<int> UndetectedFlips(int step)
    {
        byte[] whole = Model();
        return Undetected(whole.Length * 8, step, bit =>
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            return flipped;
        });
    }

    public static void Print(TextWriter output)
    {
        output.WriteLine($"{Model().Length} bytes; loaded though cut off at: {string.Join(", ", UndetectedTruncations(1))};");
        output.WriteLine($"loaded though this bit was flipped: {string.Join(", ", UndetectedFlips(1))}.");
    }

    private static List<int> Undetected(int count, int step, Func<int, byte[]> broken)
    {
        var undetected = new List<int>();
        for (int i = 0; i < count; i += step)
        {
            try
            {
                Sequential.Load(new MemoryStream(broken(i)));
                undetected.Add(i);
            }
            catch (ModelFormatException)
            {
            }
        }

        return undetected;
    }

    private static byte[] Model()
    {
        using var stream = new MemoryStream();
        Sequential model = Sequential.Input(28)
            .Normalize([.. new double[28]], [.. Enumerable.Repeat(2.0, 28)])
            .Dense(48).Relu().Dropout(0.2f)
            .Dense(16).Elu()
            .Dense(3).Softmax()
            .Build(seed: 3);
        model.ClassNames = ["a", "b", "c"];
        model.Save(stream);
        return stream.ToArray();
    }
}
