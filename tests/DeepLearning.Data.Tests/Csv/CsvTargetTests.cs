using System.Globalization;
using static DeepLearning.Data.Tests.CsvText;

namespace DeepLearning.Data.Tests;

/// <summary>Whether the target column holds classes or values, and which.</summary>
public sealed class CsvTargetTests
{
    [Theory]
    [InlineData(1)] // 0, 1, 2 … as an index has it
    [InlineData(1250)]
    [InlineData(150_000)]
    public void Line02_Two_hundred_different_numbers_are_values(int step)
    {
        Dataset data = Read(Table(200, r => Invariant(step * (r * 7 % 200))));
        data.Targets.Shape.Should().Equal(200, 1);
        data.ClassNames.Should().BeEmpty();
        data.Targets[1, 0].Should().Be(7 * step);
    }

    [Theory]
    [InlineData("1.5\n2.5\n1.5\n2.5\n1.5\n2.5")] // Ratings: few, but no names
    [InlineData("0.5\n1\n0.5\n1\n0.5\n1")]
    [InlineData("1e-3\n2\n2\n2\n2\n2")]
    public void Line02_Numbers_with_a_fraction_are_values(string column)
        => Read(Lines(column.Split('\n').Select(t => "1," + t))).Targets.Shape.Should().Equal(6, 1);

    [Theory]
    [InlineData("0,1,0,1", "0,1")]
    [InlineData("-1,1,1", "-1,1")]
    [InlineData("3,8", "3,8")]
    [InlineData("2.0,1.0,2.0,2.0", "1.0,2.0")]
    [InlineData("3,4,5,6,7,8,8,7,6,5,4,3", "3,4,5,6,7,8")]
    public void Line02_Few_whole_numbers_that_come_again_are_classes(string column, string classes)
        => string.Join(",", Read(Lines(column.Split(',').Select(t => "1," + t))).ClassNames).Should().Be(classes);

    [Fact]
    public void Line02_What_may_be_either_is_refused_and_both_options_read_it()
    {
        string ages = Table(500, r => Invariant(r % 51));
        Refuses(ages, "*line 1, column 2*51 different*500 rows*Targets = CsvTargets.Classes*CsvTargets.Values*");
        Read(ages, new CsvOptions { Targets = CsvTargets.Classes }).ClassNames.Should().HaveCount(51);
        Read(ages, new CsvOptions { Targets = CsvTargets.Values }).Targets.Shape.Should().Equal(500, 1);
    }

    [Fact]
    public void Line02_Classes_asked_for_are_classes_however_many()
        => Read(Table(200, Invariant), new CsvOptions { Targets = CsvTargets.Classes }).ClassNames.Should().HaveCount(200).And.StartWith(["0", "1", "2"]);

    [Theory]
    [InlineData("12.5", "13.5", "n/k", "*line 3, column 2*'n/k'*12.5 in line 1*MissingMarks*Classes*")]
    [InlineData("1", "2", "three", "*line 3, column 2*'three'*1 in line 1*")]
    [InlineData("999", "1000", "\"1,234\"", "*line 3, column 2*'1,234'*1234*")]
    [InlineData("\"1,5\"", "\"2,5\"", "\"3,5\"", "*line 1, column 2*'1,5'*Write 1.5*Classes*")]
    [InlineData("$5", "$7", "$8", "*line 1, column 2*currency sign: write 5*")]
    [InlineData("5%", "7%", "8%", "*line 1, column 2*percent*write 5*")]
    public void Line02_Numbers_that_are_none_do_not_become_classes(string a, string b, string c, string message)
        => Refuses($"1,{a}\n2,{b}\n3,{c}\n", message);

    [Fact]
    public void Line02_Values_that_are_names_are_refused_with_the_fix()
        => Refuses("1,a\n2,b\n", "*line 1, column 2*got 'a'*CsvTargets.Classes*", new CsvOptions { Targets = CsvTargets.Values });

    [Fact]
    public void Line02_Identifiers_are_not_rounded_into_one_value()
    {
        const string Text = "1,16777216\n2,16777217\n3,16777218\n";
        Refuses(Text, "*line 2, column 2*16777217 and 16777216 in line 1*float32*Classes*Values*");
        Read(Text, new CsvOptions { Targets = CsvTargets.Values }).Targets.Shape.Should().Equal(3, 1);
    }

    [Theory]
    [InlineData("16777217", "16777216", "16777218")]
    [InlineData("9007199254740993", "9007199254740992", "9007199254740994")]
    [InlineData("1234567890123456789012345678901234567890.3", "1234567890123456789012345678901234567890.2", "1234567890123456789012345678901234567891")]
    [InlineData("-9", "-10", "2")]
    [InlineData("9e1", "1e1", "1.1e2")]
    public void Line03_Numbers_of_classes_are_sorted_exactly_whatever_the_order_of_rows(string middle, string low, string high)
    {
        var options = new CsvOptions { Targets = CsvTargets.Classes };
        Read($"1,{middle}\n2,{low}\n3,{high}\n", options).ClassNames.Should().Equal(low, middle, high);
        Read($"3,{high}\n1,{middle}\n2,{low}\n", options).ClassNames.Should().Equal(low, middle, high);
        Read($"2,{low}\n3,{high}\n1,{middle}\n", options).Labels.Should().Equal(0, 2, 1);
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("7", "007")]
    [InlineData("1000", "1e3")]
    [InlineData("0", "-0.0")]
    public void Line03_One_number_in_two_spellings_is_not_two_classes(string first, string second)
    {
        var options = new CsvOptions { Targets = CsvTargets.Classes };
        Refuses($"1,{first}\n2,{second}\n3,5\n", $"*line 2, column 2*'{second}'*same number as '{first}' in line 1*", options);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("NA")]
    [InlineData("na")]
    [InlineData("N/A")]
    [InlineData("#N/A")]
    [InlineData("<NA>")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("None")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("\\N")]
    [InlineData("\"?\"")]
    [InlineData(" ? ")]
    public void Line03_Missing_marks_are_no_classes_and_no_inputs(string mark)
    {
        foreach (string others in (string[])["10,9,9", "pear,apple,apple"])
        {
            string[] kinds = others.Split(',');
            string text = $"1,{kinds[0]}\n2,{mark}\n3,{kinds[1]}\n4,{kinds[2]}\n";
            Refuses(text, "*line 2, column 2*missing*DropRows*");
            Refuses(text, "*line 2, column 2*missing*DropRows*", new CsvOptions { Targets = CsvTargets.Classes });
            Dataset data = Read(text, new CsvOptions { Missing = CsvMissing.DropRows });
            data.Inputs.ToArray().Should().Equal(1, 3, 4);
            data.ClassNames.Should().Equal(kinds[1], kinds[0]);
            data.Labels.Should().Equal(1, 0, 0);
        }

        string inputs = $"1,1,a\n2,{mark},b\n3,3,c\n";
        Refuses(inputs, "*line 2, column 2*missing*DropRows*");
        Dataset kept = Read(inputs, new CsvOptions { Missing = CsvMissing.DropRows });
        kept.Inputs.ToArray().Should().Equal(1, 1, 3, 3);
        kept.ClassNames.Should().Equal("a", "c");
    }

    [Fact]
    public void Line03_Missing_marks_are_an_option()
    {
        const string Countries = "1,NA\n2,DE\n3,NA\n", Sentinel = "-999,1.5\n2,-999.0\n3,2.5\n";
        Refuses(Countries, "*line 1, column 2*'NA'*class*MissingMarks*");
        Read(Countries, new CsvOptions { MissingMarks = [] }).ClassNames.Should().Equal("DE", "NA");
        var options = new CsvOptions { MissingMarks = ["-999"] };
        Refuses(Sentinel, "*line 1, column 1*missing ('-999')*", options);
        Read(Sentinel, options with { Missing = CsvMissing.DropRows }).Targets.ToArray().Should().Equal(2.5f);
        Refuses("1,a\n,b\n", "*line 2, column 1*missing*", options with { MissingMarks = [] });
        Refuses("?,1\n?,2\n", "*no rows*each of its 2 rows*", new CsvOptions { Missing = CsvMissing.DropRows, HasHeader = false });
        FluentActions.Invoking(() => Read(Countries, new CsvOptions { MissingMarks = [null!] })).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("\"1,234\"", "*1.234*1234*")]
    [InlineData("\"5,1\"", "*Write 5.1*")]
    [InlineData("\"1.234,5\"", "*Write 1234.5*")]
    [InlineData("\"1,234,567.5\"", "*Write 1234567.5*")]
    [InlineData("1 234", "*Write 1234:*")]
    [InlineData("1'234'567", "*Write 1234567:*")]
    [InlineData("12%", "*percent*12*")]
    [InlineData("€5", "*currency*5*")]
    [InlineData("-5 $", "*currency*-5*")]
    [InlineData("0x1F", "*hexadecimal*31*")]
    [InlineData("\u22125", "*minus*-5*")]
    [InlineData("inf", "*infinite*")]
    [InlineData("-Infinity", "*infinite*")]
    [InlineData("1e39", "*float32*")]
    [InlineData("2020-01-31", "*Ignore = [0]*")]
    [InlineData("01.02.2020", "*Ignore = [0]*")]
    [InlineData("true", "*Ignore = [0]*")]
    [InlineData("False", "*1 for true*0 for false*Ignore = [0]*")]
    [InlineData("(5)", "*accounting: write -5.*")]
    [InlineData("5-", "*write -5.*")]
    [InlineData("#DIV/0!", "*spreadsheet*MissingMarks*")]
    [InlineData("[5]", "*Ignore = [0]*")]
    public void Line03_Inputs_that_are_no_numbers_name_the_fix(string input, string advice)
        => Refuses($"x,y\n1,a\n{input},b\n", "*line 3, column 1 ('x'): expected a finite number*" + advice, new CsvOptions { Separator = ',' });

    [Fact]
    public void Class_names_are_checked()
    {
        foreach (string[] names in (string[][])[[], ["a", "a"], ["a", null!]])
            FluentActions.Invoking(() => Read("1,a\n", new CsvOptions { ClassNames = names })).Should().Throw<ArgumentException>().WithMessage("*ClassNames*");
        FluentActions.Invoking(() => Read("1,a\n", new CsvOptions { ClassNames = ["a"], Targets = CsvTargets.Values })).Should().Throw<ArgumentException>();
        Read("1,2\n2,5\n", new CsvOptions { ClassNames = ["5", "2"] }).Labels.Should().Equal(1, 0);
    }

    private static string Table(int rows, Func<int, string> target) => Lines(Enumerable.Range(0, rows).Select(r => $"0.5,{target(r)}"));

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
