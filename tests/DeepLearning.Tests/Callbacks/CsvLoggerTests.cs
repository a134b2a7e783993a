using System.Globalization;
using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class CsvLoggerTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ResumeCase run = new();

    private string File => folder["logs/run.csv"];

    private string[] Lines => System.IO.File.ReadAllLines(File);

    [Fact]
    public void Each_epoch_is_a_line_with_the_figures_of_the_history_and_the_learning_rate()
    {
        (_, History history) = run.Run(null, new CsvLogger(File));
        Lines.Should().Equal(["epoch,loss,accuracy,val_loss,val_accuracy,learning_rate", .. Enumerable.Range(0, 4).Select(e => Line(history, e))]);
    }

    [Fact]
    public void Numbers_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            History history = TrainingCases.Line().Fit(TrainingCases.Plane(8), new FitOptions { Callbacks = [new CsvLogger(File, separator: ';')] });
            Lines.Should().Equal("epoch;loss;learning_rate", string.Create(CultureInfo.InvariantCulture, $"0;{history["loss"][0]:R};0.1"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_name_with_the_separator_or_a_quotation_mark_is_quoted()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build().Compile(
            new Sgd(), new MeanSquaredError(), new LossMetric(new MeanAbsoluteError(), "error, \"absolute\""));
        model.Fit(TrainingCases.Plane(4), new FitOptions { Callbacks = [new CsvLogger(File)] });
        Lines[0].Should().Be("epoch,loss,\"error, \"\"absolute\"\"\",learning_rate");
    }

    [Theory]
    [InlineData("epoch")]
    [InlineData("learning_rate")]
    [InlineData("two\nlines")]
    public void A_name_that_cannot_head_a_column_is_refused_before_training(string name)
    {
        Sequential model = Sequential.Input(2).Dense(1).Build().Compile(new Sgd(), new MeanSquaredError(), new LossMetric(new MeanAbsoluteError(), name));
        int[] before = model.Bits();
        model.Invoking(m => m.Fit(TrainingCases.Plane(4), new FitOptions { Callbacks = [new CsvLogger(File)] }))
            .Should().Throw<ArgumentException>().WithMessage($"*'{name}'*");
        model.Bits().Should().Equal(before);
        System.IO.File.Exists(File).Should().BeFalse();
    }

    [Theory]
    [InlineData('.')]
    [InlineData('1')]
    [InlineData('e')]
    [InlineData('"')]
    [InlineData('\n')]
    public void A_separator_that_numbers_may_have_is_refused(char separator)
        => FluentActions.Invoking(() => new CsvLogger("a.csv", separator)).Should().Throw<ArgumentException>().WithMessage("*separator*");

    [Fact]
    public void A_new_run_replaces_the_file_or_appends_to_it()
    {
        run.Run(null, new CsvLogger(File));
        run.Run(null, new CsvLogger(File));
        Lines.Should().HaveCount(5);
        run.Run(null, new CsvLogger(File, append: true));
        Lines.Should().HaveCount(9);
        Lines.Count(l => l.StartsWith("epoch", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public void Appending_to_another_file_is_refused_and_leaves_it_as_it_is()
    {
        System.IO.File.WriteAllText(folder["other.csv"], "time,value\n1,2\n");
        run.Invoking(r => r.Run(null, new CsvLogger(folder["other.csv"], append: true)))
            .Should().Throw<InvalidOperationException>().WithMessage("*'time,value'*'epoch,loss,*Take another file*");
        System.IO.File.ReadAllText(folder["other.csv"]).Should().Be("time,value\n1,2\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_resumed_run_has_each_epoch_once(bool append)
    {
        run.Run(null, new CsvLogger(File), new Interruption(0));
        string[] whole = Lines, earlier = append ? whole : [];
        if (!append) System.IO.File.Delete(File);
        var checkpoint = new CheckpointOptions(folder["run"]) { EverySteps = 2 };
        // Killed after the line of the second epoch was written, and in the middle of the next, but before the checkpoint of the second.
        run.Invoking(r => r.Run(checkpoint, new CsvLogger(File, append: append), new Interruption(10, afterEpoch: true))).Should().Throw<TimeoutException>();
        Lines.Should().HaveCount(earlier.Length + (append ? 2 : 3));
        System.IO.File.AppendAllText(File, "2,0.12");
        run.Run(checkpoint, new CsvLogger(File, append: append), new Interruption(0));
        Lines.Should().Equal([.. earlier, .. whole.Skip(append ? 1 : 0)]);
    }

    [Fact]
    public void A_half_written_line_is_removed_before_more_are_appended()
    {
        run.Run(null, new CsvLogger(File));
        string[] before = Lines;
        System.IO.File.AppendAllText(File, "4,0.1");
        run.Run(null, new CsvLogger(File, append: true));
        Lines.Should().HaveCount(9);
        Lines.Take(5).Should().Equal(before);
    }

    [Fact]
    public void A_file_that_is_moved_away_begins_again_with_its_header()
    {
        var move = new Recorder(epoch: c =>
        {
            if (c.Epoch == 1) System.IO.File.Delete(File);
        });
        (_, History history) = run.Run(null, new CsvLogger(File), move);
        Lines.Should().Equal("epoch,loss,accuracy,val_loss,val_accuracy,learning_rate", Line(history, 2), Line(history, 3));
    }

    public void Dispose() => folder.Dispose();

    private static string Line(History history, int epoch)
        => string.Join(',', [$"{epoch}", .. history.Names.Select(n => history[n][epoch].ToString("R", CultureInfo.InvariantCulture)), "0.01"]);
}
