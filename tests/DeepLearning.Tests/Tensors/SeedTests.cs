namespace DeepLearning.Tests.Tensors;

public sealed class SeedTests
{
    [Fact]
    public void Line21_a_seed_is_any_whole_number_and_equal_numbers_give_the_same_bits()
    {
        for (int i = 0; i < 2; i++)
        {
            ulong wide = (ulong)i;
            long signed = i;
            Weights(Sequential.Input(3).Dense(2).Build(seed: i)).Should().Equal(Weights(Sequential.Input(3).Dense(2).Build(wide)));
            Synthetic.Moons(20, i).Inputs.ToArray().Should().Equal(Synthetic.Moons(20, wide).Inputs.ToArray()).And.Equal(Synthetic.Moons(20, signed).Inputs.ToArray());
            Dataset data = Synthetic.Blobs(30, classes: 3, seed: i);
            data.Shuffle(i).Inputs.ToArray().Should().Equal(data.Shuffle(wide).Inputs.ToArray());
            data.Split(0.2, seed: i).Test.Inputs.ToArray().Should().Equal(data.Split(0.2, wide).Test.Inputs.ToArray());
            Tensor.RandomNormal([5], i).ToArray().Should().Equal(Tensor.RandomNormal([5], wide).ToArray());
            Tensor.RandomUniform([5], i, -1, 1).ToArray().Should().Equal(Tensor.RandomUniform([5], wide, -1f, 1f).ToArray());
            var drawn = new float[4];
            new RandomStream(i).FillUniform(drawn, -0.5, 0.5);
            drawn.Should().Equal(Tensor.RandomUniform([4], seed: i, -0.5, 0.5).ToArray());
        }

        Sequential.Input(3).Dense(2).Build(seed: 42).Seed.Should().Be(42UL);
        Seed[] sevens = [7, 7u, 7L, 7UL, (byte)7, (sbyte)7, (short)7, (ushort)7];
        sevens.Should().AllBeEquivalentTo(new Seed(7));
        Sequential.Input(3).Dense(2).Build().Seed.Should().Be(0UL);
    }

    [Fact]
    public void Line21_a_negative_seed_is_one_of_its_own()
    {
        int negative = -1;
        Synthetic.Moons(20, negative).Inputs.ToArray().Should().Equal(Synthetic.Moons(20, ulong.MaxValue).Inputs.ToArray());
        Synthetic.Moons(20, negative).Inputs.ToArray().Should().NotEqual(Synthetic.Moons(20, 1).Inputs.ToArray());
        Seed a = -1, b = -1L, c = ulong.MaxValue;
        (a == b, b == c, a != new Seed(7), a.Equals((object)c), a.GetHashCode() == c.GetHashCode()).Should().Be((true, true, true, true, true));
        new Seed(7).ToString().Should().Be("7");
    }

    private static float[] Weights(Sequential model) => model.Parameters[0].Value.ToArray();
}
