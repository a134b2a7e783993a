namespace DeepLearning;

public static partial class Synthetic
{
    private static readonly string[] LectureFeatures = ["lectures attended", "hours on the final project"];

    /// <summary>
    /// "Will I pass this class?", the first example of many lectures on neural networks: lectures attended (0 … 10) and hours spent on the final
    /// project (0 … 10) → 1 for pass, 0 for fail. The probability of passing is a sigmoid of 1.5 · lectures + hours − 12.5: students who attended little need
    /// many hours.
    /// </summary>
    /// <param name="count">Number of students, ≥ 1.</param>
    /// <param name="seed">The same seed gives the same students.</param>
    /// <returns>Inputs [n, 2], labels [n]; class names "fail" and "pass".</returns>
    public static Dataset LecturePassFail(int count, Seed seed = default)
    {
        Tensor students = Students(count, seed);
        float[] luck = Uniform(seed, Purpose.Outcome, count, 0f, 1f);
        var labels = new int[count];
        for (int i = 0; i < count; i++) labels[i] = luck[i] < 1f / (1f + MathF.Exp(12.5f - 1.5f * students[i, 0] - students[i, 1])) ? 1 : 0;
        return new Dataset(students, labels) { FeatureNames = LectureFeatures, ClassNames = ["fail", "pass"] };
    }

    /// <summary>
    /// The same students with their final grade, 0 … 100: each further lecture and hour adds less than the one before, and doing both gains most. Noise of 4
    /// points is clipped at the ends of the scale.
    /// </summary>
    /// <param name="count">Number of students, ≥ 1.</param>
    /// <param name="seed">The same seed gives the same students.</param>
    /// <returns>Inputs [n, 2], targets [n, 1].</returns>
    public static Dataset LectureGrades(int count, Seed seed = default)
    {
        Tensor students = Students(count, seed);
        float[] grades = Normal(seed, Purpose.Noise, count, 4f);
        for (int i = 0; i < count; i++)
        {
            float lectures = MathF.Sqrt(students[i, 0] / 10f), hours = MathF.Sqrt(students[i, 1] / 10f);
            grades[i] = Math.Clamp(30f * lectures + 30f * hours + 40f * lectures * hours + grades[i], 0f, 100f);
        }

        return new Dataset(students, Tensor.From(grades, [count, 1])) { FeatureNames = LectureFeatures };
    }

    private static Tensor Students(int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Tensor students = Tensor.From(Uniform(seed, Purpose.Place, 2 * count, 0f, 1f), [count, 2]);
        for (int i = 0; i < count; i++)
        {
            students[i, 0] = MathF.Floor(11f * students[i, 0]);
            students[i, 1] *= 10f;
        }

        return students;
    }
}
