using System.Globalization;
using static DeepLearning.Data.Tests.CsvText;

namespace DeepLearning.Data.Tests;

/// <summary>Values and names that would become one another.</summary>
public sealed class CsvExactTests
{
    [Fact]
    public void Line03_Marks_that_are_numbers_are_compared_exactly()
    {
        var options = new CsvOptions { Missing = CsvMissing.DropRows, MissingMarks = ["99999999"], Targets = CsvTargets.Values };
        Read("1,99999998\n2,99999997\n3,99999999.0\n", options).Count.Should().Be(2);
        Read("0,1.5\n1,2.5\n", options with { MissingMarks = ["1e-46"] }).Count.Should().Be(2);
        Read("1e2,1.5\n1,2.5\n", options with { MissingMarks = ["100"] }).Count.Should().Be(1);
    }

    [Theory]
    [InlineData("20200101")]
    [InlineData("16777217")]
    [InlineData("-16777217.0")]
    [InlineData("1700000001000")]
    [InlineData("2.020010100000000000e+07")]
    public void Line03_Inputs_that_float32_does_not_hold_are_refused(string input)
        => Refuses($"x,y\n1,a\n{input},b\n", $"*line 3, column 1 ('x'): float32 cannot represent {input}*offset*Ignore = [0]*");

    [Theory]
    [InlineData("16777216", 16777216f)]
    [InlineData("16777218", 16777218f)]
    [InlineData("1099511627776", 1099511627776f)]
    [InlineData("1700000000000", 1.7e12f)]
    [InlineData("1e30", 1e30f)]
    [InlineData("6.022140760000000000e+23", 6.02214076e23f)]
    [InlineData("16777217.5", 16777217.5f)]
    public void Line03_Inputs_that_float32_stands_for_are_read(string input, float value)
        => Read($"x,y\n1,a\n{input},b\n").Inputs.ToArray().Should().Equal(1, value);

    [Fact]
    public void Line03_Targets_beside_a_fraction_are_not_rounded_into_each_other()
    {
        const string Text = "1,16777216\n2,16777217\n3,0.5\n";
        Refuses(Text, "*line 2, column 2*16777217 and 16777216 in line 1*float32*Values*");
        Read(Text, new CsvOptions { Targets = CsvTargets.Values }).Count.Should().Be(3);
    }

    [Theory]
    [InlineData("name{0}")]
    [InlineData("2020-01-01 00:{0}")]
    [InlineData("{0} cm")]
    public void Line02_Texts_that_do_not_recur_are_no_classes(string format)
    {
        string text = Lines(Enumerable.Range(0, 200).Select(r => "0.5," + string.Format(CultureInfo.InvariantCulture, format, 100 + r)));
        Refuses(text, "*line 1, column 2*200 different texts in 200 rows*CsvOptions.Target *CsvTargets.Classes*");
        Read(text, new CsvOptions { Targets = CsvTargets.Classes }).ClassNames.Should().HaveCount(200);
        Read(text, new CsvOptions { SortClasses = false }).ClassNames.Should().HaveCount(200);
    }

    [Theory]
    [InlineData("sqm,price\n50,200000\n60,300000\n")]
    [InlineData("x,y\n1,250\n")]
    public void Line02_A_row_or_two_of_large_numbers_are_not_guessed(string text)
    {
        Refuses(text, "*line 2, column 2*row*class or a value*Classes*Values*");
        Read(text, new CsvOptions { Targets = CsvTargets.Values }).ClassNames.Should().BeEmpty();
    }

    [Theory]
    [InlineData("True", "true")]
    [InlineData("caf\u00E9", "cafe\u0301")]
    [InlineData("yes", "yes\u200B")]
    [InlineData("yes", "\uFEFFYes")]
    [InlineData("yes", "yes\uFFFE")]
    public void Line03_One_name_in_two_spellings_is_not_two_classes(string first, string second)
    {
        string text = $"1,{first}\n2,{second}\n3,other\n";
        Refuses(text, "*line 2, column 2*in line 1 differ only in case*ClassNames*");
        Read(text, new CsvOptions { ClassNames = [first, second, "other"] }).Labels.Should().Equal(0, 1, 2);
    }

    [Theory]
    [InlineData("0,1", "0.0", "*got '0.0'. Write '0.0' for '0' in CsvOptions.ClassNames*")]
    [InlineData("a ,b", "a", "*got 'a'. Write 'a' for 'a ' in CsvOptions.ClassNames*")]
    [InlineData("a,b", "c", "*got 'c'. Add it to CsvOptions.ClassNames*")]
    public void Line03_Class_names_that_the_file_writes_otherwise_name_the_fix(string names, string target, string message)
        => Refuses($"7,{target}\n8,{target}\n", message, new CsvOptions { ClassNames = names.Split(',') });
}
