namespace DeepLearning.Tests.State;

public sealed class SettingsTests
{
    [Fact]
    public void They_print_as_the_json_of_a_file()
    {
        Settings().ToString().Should().Be("{\"rate\":0.1,\"units\":3,\"on\":true,\"mode\":\"a b\",\"sizes\":[1,2],\"means\":[0.5,-1E+30]}");
        new Settings().ToString().Should().Be("{}");
    }

    [Fact]
    public void Each_is_a_readable_text_for_comparison()
    {
        var texts = new StateWriter();
        Settings().WriteTo(texts.Part("Layer"));
        texts.Texts.Should().Equal(new Dictionary<string, string>
        {
            ["Layer.rate"] = "0.1",
            ["Layer.units"] = "3",
            ["Layer.on"] = "true",
            ["Layer.mode"] = "a b",
            ["Layer.sizes"] = "[1, 2]",
            ["Layer.means"] = "[0.5, -1E+30]",
        });
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused_by_name()
    {
        new Settings().Invoking(s => s.Set("limit", double.PositiveInfinity)).Should().Throw<ArgumentException>().WithMessage("*limit must be finite*");
        new Settings().Invoking(s => s.Set("means", [0.0, double.NaN])).Should().Throw<ArgumentException>().WithMessage("*means must be finite*NaN*");
    }

    private static Settings Settings()
        => new Settings().Set("rate", 0.1f).Set("units", 3).Set("on", true).Set("mode", "a b").Set("sizes", [1, 2]).Set("means", [0.5, -1e30]);
}
