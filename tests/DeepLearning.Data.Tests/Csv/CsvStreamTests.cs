using System.Text;

namespace DeepLearning.Data.Tests.Csv;

/// <summary>Tables that are read row by row.</summary>
public sealed class CsvStreamTests : IDisposable
{
    private static readonly CsvOptions Kinds = new() { Target = "kind", Inputs = ["width", "height"], ClassNames = ["cat", "dog"] };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_are_those_that_Load_gives()
    {
        string path = Write("height;width;kind;id\n1.5;2;dog;1\n\n3;4;\"cat\";2\n5;6;dog;3\n");
        SampleSource stream = CsvDataset.Stream(path, Kinds);
        Dataset loaded = CsvDataset.Load(path, Kinds);

        Batch all = stream.Epoch(new EpochPosition()).Single();
        all.Inputs.ToArray().Should().Equal(loaded.Inputs.ToArray()).And.Equal(2, 1.5f, 4, 3, 6, 5);
        all.Targets.ToArray().Should().Equal(loaded.Targets.ToArray()).And.Equal(1, 0, 1);
        all.Targets.Shape.Should().Equal(3);
        stream.FeatureNames.Should().Equal("width", "height");
        SampleSource values = CsvDataset.Stream(path, new CsvOptions { Target = "id", Inputs = ["width"], Targets = CsvTargets.Values });
        values.Epoch(new EpochPosition()).Single().Targets.Shape.Should().Equal(3, 1);
    }

    [Fact]
    public void A_stream_is_told_what_its_target_is()
    {
        string path = Write("a,b\n1,2\n");
        FluentActions.Invoking(() => CsvDataset.Stream(path, new CsvOptions())).Should().Throw<ArgumentException>()
            .WithMessage("*Targets = CsvTargets.Values*ClassNames*");
        FluentActions.Invoking(() => CsvDataset.Stream(path, new CsvOptions { Targets = CsvTargets.Classes })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => CsvDataset.Stream(path, null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => CsvDataset.Stream(folder.Path, Kinds)).Should().Throw<FileNotFoundException>();
        FluentActions.Invoking(() => CsvDataset.Stream(path, Kinds)).Should().Throw<DataFormatException>()
            .WithMessage("*line 1: no column is named 'kind'; the header has a, b.*");
    }

    [Fact]
    public void What_is_wrong_in_a_row_is_named_by_line_and_column_when_it_is_read()
    {
        string rows = string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},{i + 1},cat\n"));
        Wrong("wide,3,cat\n").Should().Throw<DataFormatException>()
            .WithMessage("*, line 302, column 1 ('width'): expected a finite number such as 1.5, got 'wide'*");
        Wrong("1,,cat\n").Should().Throw<DataFormatException>().WithMessage("*, line 302, column 2 ('height'): the value is missing*");
        Wrong("1,2,lion\n").Should().Throw<DataFormatException>()
            .WithMessage("*, line 302, column 3 ('kind'): expected one of the classes cat, dog, got 'lion'*");
        Wrong("1,2\n").Should().Throw<DataFormatException>().WithMessage("*, line 302, column 3: expected 3 columns as in the first row, got 2*");
        Wrong("1,2,\"cat\n").Should().Throw<DataFormatException>().WithMessage("*a quoted field is not closed*");
        Wrong("1,2,ca\u00fft\n", Encoding.Latin1).Should().Throw<DataFormatException>().WithMessage("*line 302, byte offset*expected text in utf-8, got 0xFF*");

        Action Wrong(string row, Encoding? encoding = null)
        {
            string path = Write($"width,height,kind\n{rows}{row}", encoding);
            return () => _ = CsvDataset.Stream(path, Kinds).Samples().Count();
        }
    }

    [Fact]
    public void Points_that_may_separate_thousands_are_refused_before_a_row_is_given()
    {
        CsvOptions values = new() { Target = "price", Targets = CsvTargets.Values };
        string rows = string.Concat(Enumerable.Range(0, 300).Select(i => $"{i % 9}.5;2.345\n"));
        string path = Write($"size;price\n{rows}1.5;950\n");
        const string Message = "*, line 2, column 2 ('price'): beside 950 in line 302, the point in 2.345 may separate thousands or decimals.*";
        FluentActions.Invoking(() => CsvDataset.Stream(path, values)).Should().Throw<DataFormatException>().WithMessage(Message);
        FluentActions.Invoking(() => CsvDataset.Load(path, values)).Should().Throw<DataFormatException>().WithMessage(Message);
        CsvDataset.Stream(Write($"size;price\n{rows}1.5;950\n2;7.25\n"), values).Samples().Should().HaveCount(302, "7.25 shows that points are decimal");
    }

    [Fact]
    public void Rows_with_missing_values_may_be_dropped()
    {
        string path = Write("width,height,kind\n1,2,cat\n,2,cat\n3,NA,dog\n4,5,?\n6,7,dog\n");
        CsvDataset.Stream(path, Kinds with { Missing = CsvMissing.DropRows }).Samples().Select(s => s.Input[0]).Should().Equal(1, 6);
    }

    [Fact]
    public void A_file_that_changes_its_columns_between_epochs_is_refused()
    {
        string path = Write("width,height,kind\n1,2,cat\n");
        SampleSource named = CsvDataset.Stream(path, Kinds), others = CsvDataset.Stream(path, Kinds with { Inputs = null });
        Write("height,kind,width\n2,cat,1\n");
        named.Samples().Single().Input.ToArray().Should().Equal([1, 2], "columns are found by name");
        others.Invoking(s => s.Samples().Count()).Should().Throw<DataFormatException>()
            .WithMessage("*columns have changed*expected width, height, kind, got height, width, kind.");
        Write("width,hight,kind\n1,2,cat\n");
        named.Invoking(s => s.Samples().Count()).Should().Throw<DataFormatException>()
            .WithMessage("*line 1: no column is named 'height'; the header has width, hight, kind*");
    }

    private string Write(string text, Encoding? encoding = null) => folder.Write("table.csv", (encoding ?? Encoding.UTF8).GetBytes(text));
}
