namespace DeepLearning.Tests.Optimizers;

/// <summary>Rules that multiply matrices or add up rows, on matrices large enough to be shared among threads.</summary>
[Collection("Threads")]
public sealed class MatrixThreadsTests : IDisposable
{
    private readonly int threads = Parallelism.ThreadCount;

    public static TheoryData<string, Func<Optimizer>> Rules => new()
    {
        { "Muon", () => new Muon(0.02) }, { "Adafactor", () => new Adafactor(0.01) }, { "Lamb", () => new Lamb(0.01) }, { "Lars", () => new Lars(0.01) },
    };

    public void Dispose() => Parallelism.ThreadCount = threads;

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_matrix_gets_the_same_bits_at_any_number_of_threads(string name, Func<Optimizer> make)
    {
        float[] alone = Run(1);
        foreach (int count in new[] { 2, 3, 8 }) Run(count).AsSpan().SequenceEqual(alone).Should().BeTrue("{0} on {1} threads", name, count);

        float[] Run(int count)
        {
            Parallelism.ThreadCount = count;
            var parameters = new ParameterSet(("kernel", [300, 200]), ("bias", [200]));
            parameters[0].Assign(Tensor.RandomNormal([300, 200], seed: 1));
            Optimizer optimizer = make();
            for (int t = 1; t <= 3; t++)
            {
                var tape = new Tape();
                Tensor loss = (tape.Watch(parameters[0]) * Tensor.RandomNormal([300, 200], seed: (ulong)t)).Sum() + tape.Watch(parameters[1]).Sum();
                optimizer.Update(parameters, tape.Gradients(loss));
            }

            return [.. parameters[0].Value.ToArray(), .. parameters[1].Value.ToArray()];
        }
    }
}
