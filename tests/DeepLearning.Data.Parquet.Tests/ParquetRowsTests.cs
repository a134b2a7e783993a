using Parquet;
using Parquet.Schema;

namespace DeepLearning.Data.Parquet.Tests;

public sealed class ParquetRowsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "rows.parquet");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Columns_are_read_by_name_through_all_row_groups()
    {
        await WriteAsync(3, 4);
        SampleSource source = ParquetRows.Open(File, new RowColumns("kind", "whole", "real", "truth") { ClassNames = ["odd", "even"] });

        Batch all = source.Epoch(new EpochPosition()).Single();
        all.Inputs.Shape.Should().Equal(12, 3);
        all.Inputs.ToArray().Take(6).Should().Equal(0, 0.5f, 1, 1, 1.5f, 0);
        all.Targets.ToArray().Should().Equal(Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? 1f : 0f));
        source.FeatureNames.Should().Equal("whole", "real", "truth");
        source.Epoch(new EpochPosition { BatchSize = 5, Batches = 1, Samples = 5 }).First().Inputs.ToArray()[0].Should().Be(5);
    }

    [Fact]
    public async Task A_model_trains_on_a_file_and_the_file_is_closed_when_an_epoch_is_left()
    {
        await WriteAsync(4, 50);
        SampleSource source = ParquetRows.Open(File, new RowColumns("real", "whole"));
        Sequential model = Sequential.Input(1).Dense(1).Build(seed: 1).Compile(new Sgd(1e-5), new MeanSquaredError());
        History history = model.Fit(source.Shuffle(50).Prefetch(), new FitOptions(epochs: 3));
        history["loss"][2].Should().BeLessThan(history["loss"][0]);
        foreach (Sample _ in source.Samples()) break;
        using FileStream exclusive = new(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public async Task Missing_values_and_texts_in_a_column_of_numbers_are_named()
    {
        await WriteAsync(1, 6);
        Reading(new RowColumns("real", "some")).Should().Throw<DataFormatException>()
            .WithMessage("rows.parquet, row 3 (from 0), column 'some': the value is missing*");
        ParquetRows.Open(File, new RowColumns("real", "some") { DropMissing = true }).Samples().Should().HaveCount(5);
        Reading(new RowColumns("real", "kind")).Should().Throw<DataFormatException>()
            .WithMessage("rows.parquet, row 0 (from 0), column 'kind': expected a number, got 'even'*");
        FluentActions.Invoking(() => ParquetRows.Open(File, new RowColumns("real", "none"))).Should().Throw<DataFormatException>()
            .WithMessage("rows.parquet has no column named 'none'; it has whole, real, truth, kind, some, moment.");
        Reading(new RowColumns("real", "moment")).Should().Throw<DataFormatException>()
            .WithMessage("*column 'moment': expected numbers, Booleans or texts, got DateTime.");

        Action Reading(RowColumns columns) => () => _ = ParquetRows.Open(File, columns).Samples().Count();
    }

    [Fact]
    public async Task What_is_no_Parquet_file_is_refused_and_a_changed_one_too()
    {
        var columns = new RowColumns("real", "whole");
        await System.IO.File.WriteAllTextAsync(File, "whole,real\n1,2\n");
        FluentActions.Invoking(() => ParquetRows.Open(File, columns)).Should().Throw<DataFormatException>().WithMessage("*cannot be read as a Parquet file*");
        FluentActions.Invoking(() => ParquetRows.Open(folder.Path, columns)).Should().Throw<FileNotFoundException>();
        FluentActions.Invoking(() => ParquetRows.Open(Path.Combine(folder.Path, "none.parquet"), columns)).Should().Throw<FileNotFoundException>();
        await WriteAsync(1, 3);
        SampleSource source = ParquetRows.Open(File, columns);
        var other = new DataField<double>("real");
        await using (FileStream stream = System.IO.File.Create(File))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(other), stream))
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            await rows.WriteAsync<double>(other, new double[] { 1 });
        }

        source.Invoking(s => s.Samples().Count()).Should().Throw<DataFormatException>().WithMessage("The columns of *have changed*expected whole, *got real.");
    }

    private async Task WriteAsync(int groups, int rowsEach)
    {
        var whole = new DataField<int>("whole");
        var real = new DataField<double>("real");
        var truth = new DataField<bool>("truth");
        var kind = new DataField<string>("kind");
        var some = new DataField<float?>("some");
        var moment = new DataField<DateTime>("moment");
        await using FileStream stream = System.IO.File.Create(File);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(whole, real, truth, kind, some, moment), stream);
        for (int g = 0; g < groups; g++)
        {
            int[] numbers = [.. Enumerable.Range(g * rowsEach, rowsEach)];
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            await rows.WriteAsync<int>(whole, numbers);
            await rows.WriteAsync<double>(real, numbers.Select(i => i + 0.5).ToArray());
            await rows.WriteAsync<bool>(truth, numbers.Select(i => i % 2 == 0).ToArray());
            await rows.WriteAsync(kind, numbers.Select(i => i % 2 == 0 ? "even" : "odd").ToArray());
            await rows.WriteAsync<float>(some, numbers.Select(i => i == 3 ? (float?)null : i).ToArray());
            await rows.WriteAsync<DateTime>(moment, numbers.Select(i => DateTime.UnixEpoch.AddDays(i)).ToArray());
        }
    }
}
