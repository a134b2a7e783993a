namespace DeepLearning.Tests.State;

public sealed class StateWriterTests
{
    [Fact]
    public void Everything_comes_back_bit_for_bit()
    {
        var writer = new StateWriter();
        float[] array = [1f, -0f, float.NaN, float.Epsilon];
        foreach (double value in Doubles) writer.Part("doubles").Write($"{BitConverter.DoubleToInt64Bits(value):x}", value);
        foreach (float value in Floats) writer.Part("floats").Write($"{BitConverter.SingleToInt32Bits(value):x}", value);
        writer.Write("long", long.MinValue);
        writer.Write("ulong", ulong.MaxValue);
        writer.Write("yes", true);
        writer.Write("text", "a \"β\"\n");
        writer.Write("array", array);

        StateReader reader = Reader(writer);
        foreach (double value in Doubles) reader.Part("doubles").ReadDouble($"{BitConverter.DoubleToInt64Bits(value):x}").Should().Be(value);
        foreach (float value in Floats) reader.Part("floats").ReadSingle($"{BitConverter.SingleToInt32Bits(value):x}").Should().Be(value);
        (reader.ReadInt64("long"), reader.ReadBoolean("yes"), reader.ReadString("text")).Should().Be((long.MinValue, true, "a \"β\"\n"));
        reader.ReadUInt64("ulong").Should().Be(ulong.MaxValue);
        reader.ReadArray("array").Select(BitConverter.SingleToInt32Bits).Should().Equal(array.Select(BitConverter.SingleToInt32Bits));
        (reader.Contains("array"), reader.Contains("long"), reader.Contains("doubles")).Should().Be((true, true, false));
    }

    [Fact]
    public void A_name_stands_once_and_an_array_is_not_empty()
    {
        var writer = new StateWriter();
        writer.Write("a", 1);
        writer.Write("b", new float[1]);
        writer.Invoking(w => w.Write("a", 2f)).Should().Throw<ArgumentException>().WithMessage("*a is written twice*");
        writer.Invoking(w => w.Write("b", new float[1])).Should().Throw<ArgumentException>().WithMessage("*b is written twice*");
        writer.Invoking(w => w.Write("", true)).Should().Throw<ArgumentException>();
        writer.Invoking(w => w.Write("c", Array.Empty<float>())).Should().Throw<ArgumentException>().WithMessage("*c is empty*");
        writer.Part("p").Write("a", 1);
    }

    [Fact]
    public void What_is_missing_or_of_another_kind_is_named()
    {
        var writer = new StateWriter();
        writer.Part("p").Write("best", "much");
        writer.Part("p").Write("weights", new float[2]);
        StateReader reader = Reader(writer).Part("p");
        reader.Invoking(r => r.ReadInt64("wait")).Should().Throw<ModelFormatException>().WithMessage("*no p.wait*best, weights*");
        reader.Invoking(r => r.ReadArray("best")).Should().Throw<ModelFormatException>();
        reader.Invoking(r => r.ReadDouble("best")).Should().Throw<ModelFormatException>().WithMessage("*expected a number for p.best, got 'much'*");
        reader.Invoking(r => r.ReadArray("weights", [3])).Should().Throw<ModelFormatException>().WithMessage("*p.weights has shape [2], expected [3]*");
    }

    private static double[] Doubles => [0.1, -0.0, double.NaN, double.PositiveInfinity, double.Epsilon, 1e300 / 3, (float)0.9];

    private static float[] Floats => [0.1f, -0f, float.NaN, float.NegativeInfinity, float.Epsilon, float.MaxValue / 3];

    private static StateReader Reader(StateWriter writer)
        => new(writer.Texts, writer.Arrays.ToDictionary(a => a.Name, a => Tensor.From(a.Values.ToArray(), a.Shape)));
}
