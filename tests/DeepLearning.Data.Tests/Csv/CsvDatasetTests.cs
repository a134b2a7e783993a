using System.Globalization;
using System.Text;
using static DeepLearning.Data.Tests.CsvText;

namespace DeepLearning.Data.Tests;

public sealed class CsvDatasetTests
{
    [Fact]
    public void A_table_with_a_header_becomes_features_and_sorted_classes()
    {
        Dataset data = Read("height,width,kind\n1.5,2,pear\n3,-4e-1,apple\n5,6,pear\n");
        data.Inputs.Shape.Should().Equal(3, 2);
        data.Inputs.ToArray().Should().Equal(1.5f, 2, 3, -0.4f, 5, 6);
        data.ClassNames.Should().Equal("apple", "pear");
        data.Labels.Should().Equal(1, 0, 1);
        data.FeatureNames.Should().Equal("height", "width");
    }

    [Fact]
    public void Classes_can_keep_their_order_of_appearance_or_be_given()
    {
        const string Text = "1,pear\n2,apple\n";
        var options = new CsvOptions { HasHeader = false };
        Read(Text, options with { SortClasses = false }).ClassNames.Should().Equal("pear", "apple");
        Read(Text, options with { ClassNames = ["fig", "apple", "pear"] }).Labels.Should().Equal(2, 1);
        FluentActions.Invoking(() => Read(Text, options with { ClassNames = ["pear"] }))
            .Should().Throw<DataFormatException>().WithMessage("*line 2, column 2*classes pear, got 'apple'*");
    }

    [Fact]
    public void Classes_that_are_numbers_are_sorted_by_value()
        => Read("1,10\n2,9\n3,10\n", new CsvOptions { HasHeader = false }).ClassNames.Should().Equal("9", "10");

    [Theory]
    [InlineData("b", 0)]
    [InlineData(null, 1)]
    [InlineData(null, -2)]
    public void The_target_is_found_by_name_or_by_place(string? name, int place)
    {
        Dataset data = Read("a;b;c\n1;2;3\n4;5;6\n", new CsvOptions { Separator = ';', Target = name ?? (CsvColumn)place, Targets = CsvTargets.Values });
        data.Targets.Shape.Should().Equal(2, 1);
        data.Targets.ToArray().Should().Equal(2, 5);
        data.Inputs.ToArray().Should().Equal(1, 3, 4, 6);
        data.FeatureNames.Should().Equal("a", "c");
    }

    [Fact]
    public void Columns_can_be_left_out()
        => Read("day,x,y\nMonday,1,2\n", new CsvOptions { Targets = CsvTargets.Values, Ignore = ["day"] }).Inputs.ToArray().Should().Equal(1);

    [Fact]
    public void White_space_of_any_width_separates_columns()
    {
        Dataset data = Read("  1.0   2\t3 \n\n4 5   6\n", new CsvOptions { HasHeader = false, Separator = ' ', Targets = CsvTargets.Values });
        data.Inputs.ToArray().Should().Equal(1, 2, 4, 5);
        data.Targets.ToArray().Should().Equal(3, 6);
    }

    [Fact]
    public void Fault54_Numbers_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Read("x,y\n1.5,2.25\n", new CsvOptions { Targets = CsvTargets.Values }).Inputs.ToArray().Should().Equal(1.5f);
            FluentActions.Invoking(() => Read("x;y\n1,5;2\n", new CsvOptions { Separator = ';' }))
                .Should().Throw<DataFormatException>().WithMessage("*line 2, column 1*got '1,5'*");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Fault54_A_byte_order_mark_is_no_part_of_the_first_name()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "x,y\n1,2\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            CsvDataset.Load(path, new CsvOptions { Target = "x", Targets = CsvTargets.Values }).Targets.ToArray().Should().Equal(1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Fault54_Quoted_line_breaks_belong_to_their_field_and_are_counted()
    {
        const string Text = "\"the\nname\",kind\n1,\"a \"\"b\"\"\nc\"\nbad,d\n";
        FluentActions.Invoking(() => Read(Text)).Should().Throw<DataFormatException>().WithMessage("*line 5, column 1*got 'bad'*");
        Read(Text.Replace("bad", "2", StringComparison.Ordinal)).ClassNames.Should().Equal("a \"b\"\nc", "d");
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n4,5\n", "*line 3, column 3*expected 3 columns*got 2*")]
    [InlineData("a,b\n1,2\n4,5,6\n", "*line 3, column 3*expected 2 columns*got 3*")]
    [InlineData("a,b\n1,2\n\n,5\n", "*line 4, column 1*missing*")]
    [InlineData("a,b\n1,2\n?,5\n", "*line 3, column 1*missing ('?')*")]
    [InlineData("a,b\nNaN,5\n", "*line 2, column 1*missing ('NaN')*")]
    [InlineData("a,b\n1,\n", "*line 2, column 2*missing*")]
    [InlineData("a,b\nInfinity,5\n", "*line 2, column 1*finite*")]
    [InlineData("a,b\n1,2\n1,\"open\n", "*line 3*")]
    [InlineData("a,b\n", "*no rows*")]
    [InlineData("", "*no rows*")]
    [InlineData("a\n1\n", "*no input column*")]
    public void Fault54_Errors_name_the_line_and_the_column(string text, string message)
        => FluentActions.Invoking(() => Read(text)).Should().Throw<DataFormatException>().WithMessage(message);

    [Fact]
    public void Columns_that_are_not_there_throw()
    {
        FluentActions.Invoking(() => Read("a,b\n1,2\n", new CsvOptions { Target = "z" })).Should().Throw<DataFormatException>().WithMessage("*'z'*a, b*");
        FluentActions.Invoking(() => Read("a,b\n1,2\n", new CsvOptions { Target = -3 }))
            .Should().Throw<DataFormatException>().WithMessage("*-3*2 columns*");
        FluentActions.Invoking(() => Read("1,2\n", new CsvOptions { HasHeader = false, Target = "z" })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => CsvDataset.Load(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_folder_and_a_file_that_is_not_there_are_refused()
    {
        FluentActions.Invoking(() => CsvDataset.Load(Path.GetTempPath())).Should().Throw<FileNotFoundException>().WithMessage("*folder*");
        FluentActions.Invoking(() => CsvDataset.Load(Path.GetTempPath() + "no such table.csv")).Should().Throw<FileNotFoundException>();
    }

    [SkippableFact]
    public void Real_tables_load()
    {
        string folder = DataFolder();
        var plain = new CsvOptions { HasHeader = false };
        Dataset iris = CsvDataset.Load(Path.Combine(folder, "tabular/iris.csv"), plain);
        (iris.Count, iris.InputShape[0]).Should().Be((150, 4));
        iris.ClassNames.Should().Equal("Iris-setosa", "Iris-versicolor", "Iris-virginica");
        Dataset digits = CsvDataset.Load(Path.Combine(folder, "tabular/optdigits.tes.csv"));
        (digits.Count, digits.InputShape[0], digits.ClassNames.Count).Should().Be((1797, 64, 10));
        digits.Labels.Zip(digits.Labels.Select(l => int.Parse(digits.ClassNames[l], CultureInfo.InvariantCulture)))
            .Should().OnlyContain(p => p.First == p.Second);
        Dataset yacht = CsvDataset.Load(Path.Combine(folder, "uci/yacht/data.txt"), plain with { Separator = ' ', Targets = CsvTargets.Values });
        (yacht.Count, yacht.InputShape[0], yacht.Targets[0, 0]).Should().Be((308, 6, 0.11f));
        string airline = Path.Combine(folder, "tabular/airline-passengers.csv");
        Dataset passengers = CsvDataset.Load(airline, new CsvOptions { SortClasses = false, Target = "Month" });
        passengers.Count.Should().Be(144);
    }
}
