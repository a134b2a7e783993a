namespace DeepLearning.Data.Tests.Rows;

public sealed class RowSourceTests
{
    private static readonly string[] Names = ["id", "area", "rooms", "price", "kind"];

    private static readonly object?[][] Rows =
    [
        [1L, 30.5, 1, 100m, "flat"],
        [2L, 80f, (short)4, 250.5m, "house"],
        [3L, (Half)55, (byte)2, 180m, "flat"],
    ];

    [Fact]
    public void Columns_are_chosen_by_name_in_the_order_of_the_features()
    {
        SampleSource source = RowSource.Of(Names, _ => Rows, new RowColumns("price", "rooms", "area"));
        Batch batch = source.Epoch(new EpochPosition()).Single();
        batch.Inputs.Shape.Should().Equal(3, 2);
        batch.Inputs.ToArray().Should().Equal(1, 30.5f, 4, 80, 2, 55);
        batch.Targets.Shape.Should().Equal(3, 1);
        batch.Targets.ToArray().Should().Equal(100, 250.5f, 180);
        source.FeatureNames.Should().Equal("rooms", "area");
    }

    [Fact]
    public void Classes_labels_and_weights_are_read_as_asked()
    {
        Batch named = Only(new RowColumns("kind", "area") { ClassNames = ["house", "flat"], Weight = "rooms" });
        named.Targets.ToArray().Should().Equal(1, 0, 1);
        named.Targets.Shape.Should().Equal(3);
        named.SampleWeights!.ToArray().Should().Equal(1, 4, 2);
        Only(new RowColumns("rooms", "area") { TargetsAreLabels = true }).Targets.Shape.Should().Equal(3);

        static Batch Only(RowColumns columns) => RowSource.Of(Names, _ => Rows, columns).Epoch(new EpochPosition()).Single();
    }

    [Fact]
    public void A_missing_value_is_refused_or_its_row_left_out()
    {
        object?[][] rows = [[1.0, 2.0], [null, 3.0], [4.0, DBNull.Value], [5.0, 6.0]];
        var columns = new RowColumns("y", "x");
        FluentActions.Invoking(() => Read(columns)).Should().Throw<DataFormatException>()
            .WithMessage("the table, row 1 (from 0), column 'x': the value is missing*DropMissing*");
        Read(columns with { DropMissing = true }).Should().Equal(1, 5);

        float[] Read(RowColumns which) => [.. RowSource.Of(["x", "y"], _ => rows, which, "the table").Samples().Select(s => s.Input[0])];
    }

    [Theory]
    [InlineData("old", "*expected a number, got 'old' of type String.")]
    [InlineData(double.NaN, "*expected a finite number within float32, got NaN.")]
    [InlineData(1e300, "*expected a finite number within float32, got 1E+300.")]
    [InlineData(16777217, "*float32 cannot represent 16777217*subtract an offset*")]
    [InlineData(long.MaxValue, "*float32 cannot represent 9223372036854775807*")]
    [InlineData(16777217d, "*float32 cannot represent 16777217, nor all whole numbers beyond 16777216: subtract an offset*")]
    [InlineData(16777216d, null)]
    [InlineData(16777217.5, null)]
    [InlineData(16777216, null)]
    [InlineData(-33554432L, null)]
    [InlineData(ulong.MaxValue - 1023, "*float32 cannot represent*")]
    [InlineData(true, null)]
    public void A_value_that_float32_does_not_hold_is_refused_by_row_and_column(object value, string? message)
    {
        SampleSource source = RowSource.Of(["x", "y"], _ => [[0, 0], [value, 1]], new RowColumns("y", "x"));
        Action reading = () => _ = source.Samples().Count();
        if (message is null) reading.Should().NotThrow();
        else reading.Should().Throw<DataFormatException>().WithMessage("rows, row 1 (from 0), column 'x': *").WithMessage(message);
    }

    [Fact]
    public void What_does_not_fit_the_columns_is_named()
    {
        var columns = new RowColumns("y", "x");
        FluentActions.Invoking(() => RowSource.Of(["x", "z"], _ => [], columns)).Should().Throw<DataFormatException>()
            .WithMessage("rows has no column named 'y'; it has x, z.");
        FluentActions.Invoking(() => RowSource.Of(["x", "y", "x"], _ => [], columns)).Should().Throw<DataFormatException>()
            .WithMessage("rows has 2 columns named 'x'*");
        Reading(["x", "y"], [[1]], columns).Should().Throw<DataFormatException>().WithMessage("*expected 2 values, got 1.");
        Reading(["x", "y"], [[1, "lion"]], columns with { ClassNames = ["cat", "dog"] }).Should().Throw<DataFormatException>()
            .WithMessage("*one of the classes cat, dog, got 'lion'.");
        Reading(["x", "y"], [[1, 1.5]], columns with { TargetsAreLabels = true }).Should().Throw<DataFormatException>()
            .WithMessage("*a label, a whole number from 0, got 1.5.");
        Reading(["x", "y", "w"], [[1, 1.5, -1]], columns with { Weight = "w" }).Should().Throw<DataFormatException>()
            .WithMessage("*column 'w': expected a weight of at least 0, got -1.");

        static Action Reading(string[] names, object?[][] rows, RowColumns columns) => () => _ = RowSource.Of(names, _ => rows, columns).Samples().Count();
    }

    [Fact]
    public void Columns_that_make_no_sense_are_refused()
    {
        FluentActions.Invoking(() => new RowColumns("y")).Should().Throw<ArgumentException>().WithMessage("Expected at least one input column*");
        FluentActions.Invoking(() => new RowColumns("y", "x", "x")).Should().Throw<ArgumentException>().WithMessage("Column 'x' is listed twice.*");
        FluentActions.Invoking(() => new RowColumns("y", "x", "y")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new RowColumns("", "x")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new RowColumns("y", "x") { ClassNames = ["a", "a"] }).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new RowColumns("y", "x") { ClassNames = [] }).Should().Throw<ArgumentException>();
    }
}
