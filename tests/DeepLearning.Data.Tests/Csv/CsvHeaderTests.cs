using static DeepLearning.Data.Tests.CsvText;

namespace DeepLearning.Data.Tests;

/// <summary>Whether the first row is data or a header.</summary>
public sealed class CsvHeaderTests
{
    [SkippableFact]
    public void Line01_Iris_without_a_header_keeps_its_first_row()
    {
        Dataset iris = CsvDataset.Load(Path.Combine(DataFolder(), "tabular/iris.csv"));
        iris.Count.Should().Be(150);
        iris.FeatureNames.Should().BeEmpty();
        iris.Inputs.ToArray()[..4].Should().Equal(5.1f, 3.5f, 1.4f, 0.2f);
        iris.ToString().Should().Be("Dataset: 150 rows, 4 features, 3 classes (Iris-setosa, Iris-versicolor, Iris-virginica)");
    }

    [SkippableTheory]
    [InlineData("tabular/banknote_authentication.csv", 1372, 4, 2)]
    [InlineData("tabular/sonar.csv", 208, 60, 2)]
    [InlineData("tabular/wheat-seeds.csv", 210, 7, 3)]
    [InlineData("tabular/optdigits.tes.csv", 1797, 64, 10)]
    [InlineData("tabular/optdigits.tra.csv", 3823, 64, 10)]
    [InlineData("uci/yacht/data.txt", 308, 6, 0)]
    [InlineData("uci/energy/data.txt", 768, 8, 0)]
    public void Line01_Real_tables_need_no_options(string file, int rows, int features, int classes)
    {
        Dataset data = CsvDataset.Load(Path.Combine(DataFolder(), file));
        (data.Count, data.InputShape[0], data.ClassNames.Count).Should().Be((rows, features, classes));
        data.TargetShape.Rank.Should().Be(classes > 0 ? 0 : 1);
    }

    [Theory]
    [InlineData("1,2,a\n3,4,b\n", 2)]
    [InlineData("2019,2020,0\n3,4,1\n5,6,0\n", 3)] // Numbers as names are data, as the documentation says.
    [InlineData("\"1\",\"2\",\"a\"\n3,4,b\n", 2)]
    [InlineData("\n\n1,2,a\n3,4,b\n", 2)]
    [InlineData("1,2,a\r3,4,b\r", 2)]
    [InlineData("5.1,3.5,setosa\n", 1)]
    [InlineData("Tom,1,a\nAnn,2,b\n", 2, 0)]
    public void Line01_Numbers_in_columns_of_numbers_are_data(string text, int rows, int ignored = -1)
    {
        Dataset data = Read(text, ignored < 0 ? null : new CsvOptions { Ignore = [ignored] });
        data.Count.Should().Be(rows);
        data.FeatureNames.Should().BeEmpty();
    }

    [Theory]
    [InlineData("x,y,kind\n3,4,b\n", "x,y")]
    [InlineData("\uFEFF\"x\",\"y\",\"kind\"\n3,4,b\n", "x,y")]
    [InlineData("\n \nx,y,kind\n3,4,b\n", "x,y")]
    [InlineData("x,,kind\n3,4,b\n5,4,c\n", "x,")]
    [InlineData(" x , y ,kind\n?,4,b\n3,5,c\n", "x,y", true)]
    public void Line01_Texts_over_numbers_are_a_header(string text, string names, bool drop = false)
    {
        Dataset data = Read(text, new CsvOptions { Missing = drop ? CsvMissing.DropRows : CsvMissing.Refuse });
        string.Join(",", data.FeatureNames).Should().Be(names);
        data.ClassNames[0].Should().NotBe("kind");
    }

    [Theory]
    [InlineData("?,?,a\n1,2,b\n3,4,c\n")]
    [InlineData("?,2,a\n1,2,b\n3,4,c\n")]
    [InlineData("NA,2,a\n1,2,b\n3,4,c\n")]
    public void Line01_Missing_marks_in_the_first_row_are_data(string text)
    {
        Refuses(text, "*line 1, column 1*missing*");
        Read(text, new CsvOptions { Missing = CsvMissing.DropRows }).Count.Should().Be(2);
    }

    [Fact]
    public void Line01_A_first_row_that_could_be_both_is_refused_and_can_be_read_either_way()
    {
        const string Damaged = "5.l,3.5,a\n4.9,3.0,b\n", Years = "id,2019,kind\n1,5,a\n2,6,b\n";
        Refuses(Damaged, "*line 1*'3.5' in column 2*'5.l' in column 1*HasHeader*");
        Refuses(Years, "*line 1*'2019' in column 2*'id' in column 1*HasHeader*");
        Refuses(",,kind\n1,2,a\n3,4,b\n", "*line 1*HasHeader*");
        Read(Years, new CsvOptions { HasHeader = true }).FeatureNames.Should().Equal("id", "2019");
        Refuses(Damaged, "*line 1, column 1*'5.l'*", new CsvOptions { HasHeader = false });
    }

    [Fact]
    public void Line01_Both_readings_can_be_asked_for()
    {
        const string Text = "2019,2020,a\n1,2,a\n3,4,b\n";
        Read(Text, new CsvOptions { HasHeader = true }).FeatureNames.Should().Equal("2019", "2020");
        Read(Text, new CsvOptions { HasHeader = false }).Count.Should().Be(3);
        Read(Text, new CsvOptions { Ignore = ["2019"] }).FeatureNames.Should().Equal("2020");
    }

    [Theory]
    [InlineData("a,b,c\n")]
    [InlineData("a,b,c")]
    [InlineData("\n\n")]
    public void Line01_A_header_alone_has_no_rows(string text) => Refuses(text, "*no rows*");

    [Theory]
    [InlineData("kg,m,b\nx,y,kind\n1,2,a\n", "*line 2, column 1*got 'x'*")]
    [InlineData("a,b\nMonday,up\nTuesday,down\n", "*line 2, column 1*got 'Monday'*")]
    [InlineData("a,b,c\n1,2,3,4\n5,6,7,8\n", "*line 2, column 4*expected 3 columns*got 4*")]
    [InlineData("a,b,c,d\n1,2,3\n5,6,7\n", "*line 2, column 4*expected 4 columns*got 3*")]
    public void Line01_No_header_is_guessed_without_a_word(string text, string message) => Refuses(text, message);

    [Fact]
    public void Line01_ToString_shows_rows_columns_and_classes()
    {
        Read("x,y,kind\n3,4,b\n5,6,a\n").ToString().Should().Be("Dataset: 2 rows, 2 features (x, y), 2 classes (a, b)");
        Read("3,0.5\n").ToString().Should().Be("Dataset: 1 row, 1 feature, targets [1]");
    }

    [Theory]
    [InlineData("city,2019,2020,2021\nx0,0,1,2\nx1,3,4,5\n", 0)]
    [InlineData("city,2019,2020\nRome,5,7\nOslo,6,1\n", 0)]
    [InlineData(",0,1,2\n0,0.5,0.1,0.3\n1,0.2,0.4,0.6\n", 0)]
    [InlineData(",0,1,2\n0,4,5,6\n1,7,8,9\n", 0)]
    [InlineData(",0\n0,5\n1,7\n")]
    [InlineData("0,1,2\n0.5,0.1,0.3\n0.2,0.4,0.1\n")]
    [InlineData("0,1\n0.5,0.1\n0.2,0.4\n")]
    [InlineData("400,410,420,class\n0.1,0.11,0.12,fat\n0.2,0.21,0.22,oil\n")]
    [InlineData("1,label\n2,b\n3,a\n4,a\n5,b\n")]
    public void Line01_Numbers_that_go_on_like_names_are_refused(string text, int ignored = -1)
    {
        var options = new CsvOptions { Targets = text.EndsWith(".1\n", StringComparison.Ordinal) ? CsvTargets.Values : null };
        Refuses(text, "*line 1: *HasHeader to true or false*", options);
        if (ignored < 0) return;
        Refuses(text, "*line 1: *HasHeader to true or false*", new CsvOptions { Ignore = [ignored] });
        Read(text, new CsvOptions { Ignore = [ignored], HasHeader = true, Targets = CsvTargets.Values }).Count.Should().Be(2);
    }

    [Theory]
    [InlineData("1,2,3,a\n4,5,6,b\n", 2)]
    [InlineData("1,2,a\n9,3,b\n", 2)]
    [InlineData("0,1,a\n1,0,b\n", 2)]
    [InlineData("0.1,0.2,0.3,a\n0.5,0.4,0.4,b\n", 2)]
    [InlineData("1,b\n2,b\n3,a\n4,a\n5,b\n", 5)]
    public void Line01_Rows_that_go_on_alike_are_data(string text, int rows) => Read(text).Count.Should().Be(rows);

    [Fact]
    public void Line01_A_text_in_the_first_row_may_be_a_name()
        => Refuses("city,7,class\nRome,5,a\nOslo,6,b\n", "*line 1, column 1*'city'*Ignore = [0]*HasHeader = true first*");
}
