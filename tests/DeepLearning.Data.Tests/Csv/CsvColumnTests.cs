using static DeepLearning.Data.Tests.CsvText;

namespace DeepLearning.Data.Tests;

/// <summary>Columns by name and by place, and names that stand for two.</summary>
public sealed class CsvColumnTests
{
    [Theory]
    [InlineData("y,x,y\n1,2,a\n3,4,b\n", "*line 1*column 3 ('y') is the target*column 1 ('y')*input*Ignore = [0]*")]
    [InlineData("Y,x,y\n1,2,a\n3,4,b\n", "*column 3 ('y') is the target*column 1 ('Y')*")]
    [InlineData("\" y\",x,y\n1,2,a\n3,4,b\n", "*column 3 ('y') is the target*column 1*")]
    [InlineData("house price,x,HousePrice\n1,2,a\n3,4,b\n", "*column 3 ('HousePrice') is the target*column 1 ('house price')*")]
    [InlineData("price,x,price.1\n1,2,a\n3,4,b\n", "*column 3 ('price.1') is the target*column 1 ('price')*")]
    [InlineData("price.1,x,price\n1,2,a\n3,4,b\n", "*column 3 ('price') is the target*column 1 ('price.1')*")]
    public void Line05_The_twin_of_the_target_is_no_input(string text, string message)
    {
        Refuses(text, message);
        Read(text, new CsvOptions { Ignore = [0] }).Inputs.ToArray().Should().Equal(2, 4);
        Read(text, new CsvOptions { Inputs = [0, 1] }).Inputs.ToArray().Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public void Line05_A_name_of_two_columns_names_neither()
    {
        const string Text = "id,x,id,y\n1,2,3,a\n4,5,6,b\n";
        Refuses(Text, "*line 1*'id' was requested*columns 1 and 3*Ignore = [0, 2]*", new CsvOptions { Ignore = ["id"] });
        Refuses(Text, "*line 1*'id' was requested*columns 1 and 3*", new CsvOptions { Target = "id" });
        Refuses(Text, "*line 1*'id' was requested*", new CsvOptions { Inputs = ["id"] });
        Refuses(Text, "*column 1 ('id') is to be ignored*column 3 ('id')*Ignore = [0, 2]*", new CsvOptions { Ignore = [0] });
        Read(Text, new CsvOptions { Ignore = [0, 2] }).Inputs.ToArray().Should().Equal(2, 5);
        Refuses("ID,x,id,y\n1,2,3,a\n", "*column 3 ('id') is to be ignored*column 1 ('ID')*", new CsvOptions { Ignore = ["id"] });
        Read("ID,x,id,y\n1,2,3,a\n", new CsvOptions { Ignore = ["id", "ID"] }).FeatureNames.Should().Equal("x");
    }

    [Theory]
    [InlineData("x.1,x.2,x.3")]
    [InlineData("x1,x2,x")]
    public void Line05_Numbered_columns_are_no_twins(string header) => Read(header + "\n1,2,a\n3,4,b\n").InputShape.Should().Equal(2);

    [Fact]
    public void Line05_Names_to_ignore_must_be_there_and_contradictions_are_refused()
    {
        const string Text = "a,b,c\n1,2,3\n4,5,6\n";
        Refuses(Text, "*line 1*'z'*a, b, c*", new CsvOptions { Ignore = ["z"] });
        foreach (CsvOptions options in (CsvOptions[])
            [
                new() { Target = "c", Ignore = ["c"] }, new() { Ignore = [-1] }, new() { Inputs = ["a", "c"] }, new() { Inputs = [0, "a"] },
                new() { Inputs = [0, 1], Ignore = ["b"] }, new() { Ignore = [null!] },
                new() { Ignore = null! }, new() { Target = null! }, new() { MissingMarks = null! },
            ])
        {
            FluentActions.Invoking(() => Read(Text, options)).Should().Throw<ArgumentException>();
        }
    }

    [Theory]
    [InlineData(",a,y\n0,5,p\n1,6,q\n2,7,p\n")]
    [InlineData("\"\",\"a\",\"y\"\n\"1\",5,p\n\"2\",6,q\n\"3\",7,p\n")]
    [InlineData("Unnamed: 0,a,y\n0,5,p\n1,6,q\n2,7,p\n")]
    public void Line05_The_numbers_of_rows_are_no_input(string text)
    {
        Refuses(text, "*line 1, column 1*numbers the rows*Ignore = [0]*");
        Read(text, new CsvOptions { Ignore = [0] }).Inputs.ToArray().Should().Equal(5, 6, 7);
        Read(text, new CsvOptions { Inputs = [0, 1] }).InputShape.Should().Equal(2);
    }

    [Fact]
    public void Line19_Columns_are_chosen_by_name_and_by_place()
    {
        const string Text = "id,a,b,price,note\n7,1,2,0.5,x\n8,3,4,1.5,y\n";
        Dataset data = Read(Text, new CsvOptions { Target = "price", Ignore = [0, "note"] });
        data.FeatureNames.Should().Equal("a", "b");
        data.Targets.ToArray().Should().Equal(0.5f, 1.5f);
        data = Read(Text, new CsvOptions { Target = -2, Inputs = [2, "a"] });
        data.FeatureNames.Should().Equal("b", "a");
        data.Inputs.ToArray().Should().Equal(2, 1, 4, 3);
        data = Read("7,1,0.5\n8,2,1.5\n", new CsvOptions { Target = 0, Inputs = [-1] });
        data.Inputs.ToArray().Should().Equal(0.5f, 1.5f);
        data.ClassNames.Should().Equal("7", "8");
    }

    [Fact]
    public void Line19_Places_beyond_the_table_are_refused()
    {
        foreach (int place in (int[])[2, -3, int.MinValue, int.MaxValue])
            Refuses("1,2\n3,4\n", $"*column {place} was requested*2 columns*", new CsvOptions { Ignore = [place] });
        ((CsvColumn)3).ToString().Should().Be("3");
        ((CsvColumn)" a ").ToString().Should().Be("'a'");
        FluentActions.Invoking(() => (CsvColumn)(string)null!).Should().Throw<ArgumentNullException>();
    }

    [Theory]
    [InlineData("a,b,kind,\n1,2,x,\n3,4,y,\n")]
    [InlineData("a,b,kind\n1,2,x,\n3,4,y,\n")]
    [InlineData("a,b,kind,,\n1,2,x,,\n3,4,y,,\n")]
    [InlineData("a;b;kind;\n1;2;x;\n3;4;y;\n")]
    [InlineData("1,2,x,\n3,4,y,\n", false)]
    public void Line19_A_separator_at_the_end_of_each_line_makes_no_column(string text, bool named = true)
    {
        Dataset data = Read(text);
        data.Inputs.ToArray().Should().Equal(1, 2, 3, 4);
        data.ClassNames.Should().Equal("x", "y");
        data.FeatureNames.Should().Equal(named ? ["a", "b"] : []);
    }

    [Fact]
    public void Line19_A_separator_at_the_end_of_some_lines_is_refused()
    {
        Refuses("a,b,kind\n1,2,x,\n3,4,y\n", "*line 2, column 4*expected 3 columns*got 4*");
        Refuses("1,2,x,\n3,4,y\n", "*line 2, column 4*expected 4 columns*got 3*");
        Refuses("a,b,kind\n1,2,\n3,4,\n", "*line 2, column 3 ('kind')*missing*");
        string late = "1,2,x,\n" + string.Concat(Enumerable.Repeat("3,4,y,\n", 150)) + "5,6,z,7\n";
        Refuses(late, "*line 152, column 4*after the last separator*'7'*");
    }

    [Theory]
    [InlineData("Unnamed: 0.1,Unnamed: 0,x,y\n0,0,5,p\n1,1,6,q\n2,2,7,p\n", "Ignore = [0, 1]")]
    [InlineData("Unnamed: 0,x,y\n7,5,p\n3,6,q\n9,7,p\n", "Ignore = [0]")]
    [InlineData("Unnamed: 0,x,y\n7,5,p\n7,6,q\n", "Ignore = [0]")]
    [InlineData("Unnamed: 0,x,y\n0,5,p\n", "Ignore = [0]")]
    [InlineData("x,Unnamed: 1,y\n5,102,p\n6,101,q\n7,100,p\n", "Ignore = [1]")]
    [InlineData(",x,y\n0,5,p\n37,6,q\n74,7,p\n", "Ignore = [0]")]
    [InlineData("x,,y\n0.5,3,p\n0.6,9,q\n", "Ignore = [1]")]
    [InlineData(",,x,y\n0,3,5,p\n1,9,6,q\n", "Ignore = [0, 1]", 0)]
    [InlineData("\u200B,x,y\n1,5,p\n4,6,q\n", "Ignore = [0]")]
    public void Line05_Row_numbers_of_any_order_are_no_input(string text, string fix, int ignored = -1)
    {
        Refuses(text, $"*line 1, column *numbers the rows*{fix}*", new CsvOptions { Ignore = ignored < 0 ? [] : [ignored] });
        int[] places = [.. fix[(fix.IndexOf('[', StringComparison.Ordinal) + 1)..^1].Split(", ").Select(int.Parse)];
        Read(text, new CsvOptions { Ignore = [.. places.Select(p => (CsvColumn)p)] }).InputShape.Should().Equal(1);
    }

    [Fact]
    public void Line05_Columns_without_a_name_that_recur_are_inputs()
        => Read(",x,y\n1,5,p\n1,6,q\n").InputShape.Should().Equal(2);

    [Theory]
    [InlineData("pre\u00E7o,x,prec\u0327o\n1,2,a\n3,4,b\n")]
    [InlineData("\u200Bprice,x,price\n1,2,a\n3,4,b\n")]
    [InlineData("price,x,Price\u00AD.1\n1,2,a\n3,4,b\n")]
    public void Line05_Names_that_look_alike_are_twins(string text) => Refuses(text, "*column 3 *is the target*column 1 *Ignore = [0]*");

    [Fact]
    public void Line05_The_fix_for_a_repeated_target_works()
    {
        const string Text = "a,y,b,y\n1,2,3,p\n4,5,6,q\n";
        Refuses(Text, "*'y' was requested*columns 2 and 4*Target = 3, Ignore = [1].", new CsvOptions { Target = "y" });
        Refuses(Text, "*'y' was requested*columns 2 and 4*Target = 1, Ignore = [3].", new CsvOptions { Target = "y", Ignore = [3] });
        Read(Text, new CsvOptions { Target = 3, Ignore = [1] }).Inputs.ToArray().Should().Equal(1, 3, 4, 6);
        Read(Text, new CsvOptions { Target = 1, Ignore = [3] }).Inputs.ToArray().Should().Equal(1, 3, 4, 6);
    }

    [Fact]
    public void Line05_Many_columns_to_ignore_are_not_compared_pair_by_pair()
    {
        string header = string.Join(',', Enumerable.Range(0, 20_000).Select(Name));
        string row = string.Join(',', Enumerable.Repeat("0.5", 20_000));
        var options = new CsvOptions { Ignore = [.. Enumerable.Range(0, 4_000).Select(c => (CsvColumn)Name(c))] };
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read($"{header}\n{row}\n", options).InputShape.Should().Equal(15_999);
        // Eighty million pairs made gigabytes of names.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(500_000_000);
    }

    private static string Name(int column) => FormattableString.Invariant($"c{column}");
}
