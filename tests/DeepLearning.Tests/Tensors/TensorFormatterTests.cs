using System.Globalization;

namespace DeepLearning.Tests.Tensors;

public sealed class TensorFormatterTests
{
    [Fact]
    public void A_scalar_is_its_number() => Tensor.Scalar(2.5f).ToString().Should().Be("2.5");

    [Fact]
    public void An_empty_tensor_says_so() => Tensor.Zeros([0, 3]).ToString().Should().Be("Tensor [0, 3] (empty)");

    [Fact]
    public void Rows_are_nested_and_aligned()
        => Tensor.From(new[,] { { 1f, -2.5f }, { 10f, 0.12345f } }).ToString().ReplaceLineEndings("\n").Should().Be(
            """
            Tensor [2, 2]
            [[     1,   -2.5],
             [    10, 0.1235]]
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Long_dimensions_show_their_ends() => Tensor.Range(100).ToString().Should().EndWith("[ 0,  1,  2, …, 97, 98, 99]");

    [Fact]
    public void Very_small_and_very_large_numbers_are_written_with_an_exponent()
        => Tensor.From(1e-7f, -2.5e-8f, 3e12f, 0f, float.NaN).ToString().Should().Contain("1e-7").And.Contain("-2.5e-8").And.Contain("3e+12").And.Contain(" 0,").And.Contain("NaN");

    [Fact]
    public void Line21_a_format_is_one_for_each_number()
    {
        Tensor row = Tensor.From(1f, -2.5f);
        $"{row:0.000}".Should().EndWith("[ 1.000, -2.500]");
        $"{Tensor.Scalar(0.5):0.00} {row[0]:0.0}".Should().Be("0.50 1.0");
        row.ToString("0.0", CultureInfo.GetCultureInfo("de-DE")).Should().EndWith("[ 1,0, -2,5]");
        $"{row}".Should().Be(row.ToString());
        row.Invoking(t => t.ToString("X", null)).Should().Throw<FormatException>();
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Tensor.From(1.5f, 2f).ToString().Should().Contain("1.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
