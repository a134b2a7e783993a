using static DeepLearning.Data.Tests.CsvText;

namespace DeepLearning.Data.Tests;

/// <summary>What separates the columns.</summary>
public sealed class CsvSeparatorTests
{
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(' ')]
    public void Line19_The_separator_is_found(char separator)
    {
        string text = "a,b,kind\n1,2.5,x\n3,4.5,y\n".Replace(',', separator);
        foreach (char? asked in (char?[])[null, separator])
        {
            Dataset data = Read(text, new CsvOptions { Separator = asked });
            data.Inputs.ToArray().Should().Equal(1, 2.5f, 3, 4.5f);
            data.FeatureNames.Should().Equal("a", "b");
            data.ClassNames.Should().Equal("x", "y");
        }
    }

    [Theory]
    [InlineData("1,2,a;b\n3,4,c;d\n", "a;b,c;d")]
    [InlineData("1,2,Iris setosa\n3,4,Iris virginica\n", "Iris setosa,Iris virginica")]
    [InlineData("1, 2, a\n3, 4, b\n", "a,b")]
    [InlineData("1,2,\"a;b\"\n3,4,\"c;d\"\n", "a;b,c;d")]
    [InlineData("1,2,a|b\n3,4,c\n", "a|b,c")]
    [InlineData("1;2;\"a,b\"\n3;4;\"c,d\"\n", "a,b,c,d")]
    [InlineData("1\t2\tIris setosa\n3\t4\tIris virginica\n", "Iris setosa,Iris virginica")]
    public void Line19_Other_separators_within_a_field_do_not_count(string text, string classes)
    {
        Dataset data = Read(text);
        data.Inputs.ToArray().Should().Equal(1, 2, 3, 4);
        string.Join(",", data.ClassNames).Should().Be(classes);
    }

    [Theory]
    [InlineData("5,1;3,5;a\n4,9;3,0;b\n", "*line 1, column 1:*Write 5.1*")]
    [InlineData("x;y\n1,5;2\n2,5;3\n", "*line 2, column 1 ('x')*Write 1.5*")]
    [InlineData("1,5\t2,5\n3,5\t4,5\n", "*line 1, column 1:*Write 1.5*")]
    [InlineData("1,5 2\n1,6 3\n2,5 1\n", "*line 1, column 1:*Write 1.5*")]
    [InlineData("7 1,5 2\n8 1,6 3\n", "*line 1, column 2:*Write 1.5*")]
    [InlineData("1 000,2 000\n3 000,4 000\n", "*line 1, column 1:*Write 1000:*")]
    [InlineData("a b\n1,5 2\n", "*line 2, column 1*Write 1.5*")]
    public void Line19_Decimal_commas_are_not_taken_for_separators(string text, string message) => Refuses(text, message);

    [Fact]
    public void Line19_Two_separators_that_fit_alike_are_refused()
    {
        const string Text = "1,x;2\n3,y;4\n";
        Refuses(Text, "*commas or by semicolons*CsvOptions.Separator*");
        Read(Text, new CsvOptions { Separator = ',' }).ClassNames.Should().Equal("x;2", "y;4");
    }

    [Theory]
    [InlineData("a;b;c\n1;2;3\n4;5\n", "*line 3, column 3*expected 3 columns*got 2*semicolons*CsvOptions.Separator*")]
    [InlineData("a\tb\n1\t\t2\n3\t4\n", "*line 2, column 3*expected 2 columns*got 3*tabs*")]
    public void Line19_Rows_of_other_lengths_name_the_separator(string text, string message) => Refuses(text, message);

    [Fact]
    public void Line19_A_wrong_separator_is_named()
        => Refuses("a;b\n1;2\n", "*no input column*commas*CsvOptions.Separator*a;b*", new CsvOptions { Separator = ',', HasHeader = true });

    [Fact]
    public void Line19_Missing_fields_between_tabs_do_not_shift_columns()
        => Refuses("a\tb\tkind\n1\t\tx\n3\t4\ty\n", "*line 2, column 2*missing*");

    [Theory]
    [InlineData("70;1.234\n80;2.500\n90;950\n", "*line 1, column 2: beside 950 in line 3, the point in 1.234*Write 1234*950.000*")]
    [InlineData("a;b\n950;x\n1.234;y\n", "*line 3, column 1 ('a'): beside 950 in line 2*")]
    public void Line19_Points_that_may_separate_thousands_are_refused(string text, string message) => Refuses(text, message);

    [Theory]
    [InlineData("70;1.234\n80;2.500\n90;950.0\n")]
    [InlineData("70;1.234\n80;2.500\n90;0.950\n")]
    [InlineData("70;1.234\n80;2.500\n90;9500\n")]
    [InlineData("70,1.234\n80,2.500\n90,950\n")]
    public void Line19_Points_that_are_decimal_ones_are_read(string text) => Read(text).Targets[0, 0].Should().Be(1.234f);

    [Fact]
    public void Line19_A_quote_that_is_not_closed_names_the_fix()
        => Refuses("a,b\n1,2\n1,\"open\n", "table.csv, line 3: a quoted field is not closed*Close it*");
}
