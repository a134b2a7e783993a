using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DeepLearning.Tests.Data;

public sealed class SyntheticTests
{
    public static TheoryData<string> All => [.. Generators.Keys];

    private static readonly Dictionary<string, Func<int, ulong, Dataset>> Generators = new()
    {
        ["blobs"] = (n, s) => Synthetic.Blobs(n, seed: s),
        ["moons"] = (n, s) => Synthetic.Moons(n, s),
        ["circles"] = (n, s) => Synthetic.Circles(n, s),
        ["spirals"] = (n, s) => Synthetic.Spirals(n, seed: s),
        ["line"] = (n, s) => Synthetic.Line(n, s),
        ["sine"] = (n, s) => Synthetic.Sine(n, s),
        ["pass or fail"] = (n, s) => Synthetic.LecturePassFail(n, s),
        ["grades"] = (n, s) => Synthetic.LectureGrades(n, s),
        ["digits"] = (n, s) => Synthetic.Digits(n, s),
    };

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others(string name)
    {
        Func<int, ulong, Dataset> generate = Generators[name];
        Dataset data = generate(40, 5);
        data.Count.Should().Be(40);
        Dataset.RequireFinite(data.InputTensors, data.TargetTensors);
        Hash(data).Should().Be(Hash(generate(40, 5))).And.NotBe(Hash(generate(40, 6)));
        FluentActions.Invoking(() => generate(0, 1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("blobs", 3)]
    [InlineData("moons", 2)]
    [InlineData("spirals", 3)]
    [InlineData("digits", 10)]
    public void Classes_are_of_equal_size_and_in_random_order(string name, int classes)
    {
        int[] labels = Generators[name](30 * classes, 2).Labels;
        labels.GroupBy(l => l).Select(g => g.Count()).Should().HaveCount(classes).And.OnlyContain(n => n == 30);
        labels.Should().NotBeInAscendingOrder();
    }

    [Fact]
    public void Points_without_noise_lie_on_their_curves()
    {
        Dataset circles = Synthetic.Circles(20, seed: 1, noise: 0f), moons = Synthetic.Moons(20, seed: 1, noise: 0f);
        for (int i = 0; i < 20; i++)
        {
            MathF.Sqrt(circles.Inputs[i, 0] * circles.Inputs[i, 0] + circles.Inputs[i, 1] * circles.Inputs[i, 1])
                .Should().BeApproximately(circles.Labels[i] == 0 ? 1f : 0.5f, 1e-6f);
            bool upper = moons.Labels[i] == 0;
            float x = moons.Inputs[i, 0] - (upper ? 0f : 1f), y = moons.Inputs[i, 1] - (upper ? 0f : 0.5f);
            (x * x + y * y).Should().BeApproximately(1f, 1e-5f);
            (upper ? y : -y).Should().BeGreaterThan(-1e-5f);
        }

        Dataset line = Synthetic.Line(5, seed: 1, slope: 3f, intercept: -1f, noise: 0f);
        for (int i = 0; i < 5; i++) line.Targets[i, 0].Should().BeApproximately(3f * line.Inputs[i, 0] - 1f, 1e-6f);
        FluentActions.Invoking(() => Synthetic.Moons(3, noise: -1f)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("noise");
    }

    [Fact]
    public void Diligent_students_pass_and_earn_more()
    {
        Dataset pass = Synthetic.LecturePassFail(2000, seed: 1), grades = Synthetic.LectureGrades(2000, seed: 1);
        pass.Inputs.ToArray().Should().Equal(grades.Inputs.ToArray());
        int[] labels = pass.Labels;
        int[] diligent = [.. Rows(r => pass.Inputs[r, 0] >= 8 && pass.Inputs[r, 1] >= 5f)];
        int[] idle = [.. Rows(r => pass.Inputs[r, 0] <= 3 && pass.Inputs[r, 1] < 5f)];
        diligent.Average(r => labels[r]).Should().BeGreaterThan(0.95);
        idle.Average(r => labels[r]).Should().BeLessThan(0.1);
        diligent.Average(r => grades.Targets[r, 0]).Should().BeGreaterThan(idle.Average(r => grades.Targets[r, 0]) + 30);
        grades.Targets.ToArray().Should().OnlyContain(g => g >= 0f && g <= 100f);
        labels.Average().Should().BeInRange(0.4, 0.7);

        static IEnumerable<int> Rows(Func<int, bool> where) => Enumerable.Range(0, 2000).Where(where);
    }

    [Fact]
    public void Digits_are_ink_on_paper_with_some_of_each()
    {
        Dataset digits = Synthetic.Digits(200, seed: 1);
        digits.InputShape.Should().Equal(28, 28);
        float[] pixels = digits.Inputs.ToArray();
        (pixels.Min(), pixels.Max()).Should().Be((0f, 1f));
        for (int i = 0; i < 200; i++)
        {
            int dark = pixels.Skip(i * 784).Take(784).Count(p => p > 0.4f);
            dark.Should().BeInRange(15, 400);
        }
    }

    [Fact]
    public void Exclusive_or_has_its_four_rows()
    {
        Dataset xor = Synthetic.Xor();
        for (int i = 0; i < 4; i++) xor.Labels[i].Should().Be((int)xor.Inputs[i, 0] ^ (int)xor.Inputs[i, 1]);
    }

    private static string Hash(Dataset data)
        => Convert.ToHexString(SHA256.HashData([.. MemoryMarshal.AsBytes(data.Inputs.AsReadOnlySpan()),
            .. MemoryMarshal.AsBytes(data.Targets.AsReadOnlySpan())]));
}
