namespace DeepLearning.Reporting.Tests;

public sealed class TensorImageTests
{
    [Fact]
    public void Two_pixels_make_a_character_in_plain_text()
    {
        Tensor image = new float[,] { { 1, 1, 0, 0 }, { 1, 0, 1, 0 }, { 0, 0, 0, 1 } };
        new TensorImage(image).ToString().Split(Environment.NewLine).Should().Equal("█▀▄", "   ▀");
    }

    [Fact]
    public void In_colour_the_greys_are_the_values()
    {
        using var console = new TextConsole(colours: true);
        console.Console.Write(new TensorImage(new float[,] { { 0.2f }, { 1f } }));
        console.Output.Should().Contain("38;2;51;51;51").And.Contain("48;2;255;255;255").And.Contain("▀");
    }

    [Fact]
    public void Colours_without_control_codes_are_no_colours()
    {
        using var console = new TextConsole(colours: true);
        console.Console.Profile.Capabilities.Ansi = false;
        console.Console.Write(new TensorImage(new float[,] { { 0f }, { 1f } }));
        console.Output.Trim().Should().Be("▄");
    }

    [Fact]
    public void The_range_of_values_can_be_set()
        => new TensorImage(new float[,] { { 255, 10 }, { 0, 200 } }) { Maximum = 255f }.ToString().Should().Be("▀▄");

    [Fact]
    public void A_vector_is_no_image()
        => ((Action)(() => _ = new TensorImage(Tensor.Zeros([784])))).Should().Throw<ShapeMismatchException>().WithMessage("*[height, width]*[784]*");
}
