using System.Text;

namespace DeepLearning.Tracking.Tests;

public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Logs => Path.Combine(folder.Path, "logs");

    /// <summary>RFC 3720, appendix B.4; the last is the check value of the catalogue of CRCs for CRC-32/ISCSI.</summary>
    public static TheoryData<byte[], uint> Vectors => new()
    {
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)255, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
        { Encoding.ASCII.GetBytes("123456789"), 0xE3069283 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_checksum_is_CRC_32C(byte[] bytes, uint expected)
    {
        Crc32C.Of(bytes).Should().Be(expected);
        EventReader.Crc32C(bytes).Should().Be(expected, "the reader of these tests computes the same another way");
    }

    [Fact]
    public void Each_epoch_has_its_figures_in_train_and_validation_under_Keras_s_tags()
    {
        History history = TrackedRun.Fit(null, new TensorBoard(Logs));
        IReadOnlyList<EventReader.Value> train = Read("train"), validation = Read("validation");
        train[0].Tag.Should().Be("brain.Event:2");
        validation[0].Tag.Should().Be("brain.Event:2");
        foreach (string name in new[] { "loss", "mean_absolute_error" })
        {
            Scalars(train, $"epoch_{name}").Should().Equal(history[name].Select((v, i) => ((long)i, v)));
            Scalars(validation, $"epoch_{name}").Should().Equal(history[$"val_{name}"].Select((v, i) => ((long)i, v)));
        }

        Scalars(train, "epoch_learning_rate").Should().Equal((0, 0.01f), (1, 0.01f), (2, 0.01f), (3, 0.01f));
        train.Select(v => v.Tag).Distinct().Should().HaveCount(4);
        validation.Select(v => v.Tag).Distinct().Should().HaveCount(3);
    }

    [Fact]
    public void Steps_are_written_on_request_as_the_means_of_the_epoch_so_far()
    {
        var losses = new List<float>();
        TrackedRun.Fit(null, new TensorBoard(Logs, everySteps: 3), new LambdaCallback(onTrainBatchEnd: (_, logs) => losses.Add(logs["loss"])));
        Scalars(Read("train"), "batch_loss").Should().Equal(new[] { 2, 5, 8, 11, 14, 17 }.Select(s => ((long)s, losses[s])));
        Read("train").Should().NotContain(v => v.Tag == "batch_val_loss");
    }

    [Fact]
    public void Histograms_of_the_weights_are_written_on_request()
    {
        float[][] kernels = new float[4][];
        TrackedRun.Fit(null, new TensorBoard(Logs, histogramsEveryEpochs: 2),
            new LambdaCallback((c, _) => kernels[c.Epoch] = c.Model.Parameters[0].Value.ToArray()));
        EventReader.Value[] histograms = [.. Read("train").Where(v => v.Tag == "dense/kernel")];
        histograms.Select(h => h.Step).Should().Equal(0, 2);
        foreach (EventReader.Value histogram in histograms)
        {
            float[] values = kernels[histogram.Step];
            histogram.Moments![0].Should().Be(values.Min());
            histogram.Moments[1].Should().Be(values.Max());
            histogram.Moments[2].Should().Be(values.Length);
            histogram.Moments[3].Should().BeApproximately(values.Sum(v => (double)v), 1e-12);
            histogram.Moments[4].Should().BeApproximately(values.Sum(v => (double)v * v), 1e-12);
            histogram.Limits.Should().HaveCount(30).And.BeInAscendingOrder();
            histogram.Limits![^1].Should().BeApproximately(values.Max(), 1e-12);
            double left = double.NegativeInfinity;
            for (int i = 0; i < 30; i++)
            {
                // A value on a limit may fall on either side.
                double right = histogram.Limits[i], width = (values.Max() - values.Min()) / 30 * 1e-6;
                histogram.Counts![i].Should().BeInRange(
                    values.Count(v => v > left + width && v < right - width), values.Count(v => v >= left - width && v <= right + width));
                left = right;
            }

            histogram.Counts!.Sum().Should().Be(values.Length);
        }
    }

    [Fact]
    public void Equal_weights_have_a_histogram_with_a_width()
    {
        var histogram = WeightHistogram.Of([2f, 2f, 2f]);
        (histogram.Min, histogram.Max, histogram.Bucket.Sum()).Should().Be((1.5, 2.5, 3));
        histogram.Bucket[15].Should().Be(3);
    }

    [Fact]
    public void A_resumed_run_continues_its_files_without_what_came_after_the_checkpoint()
    {
        TrackedRun.Fit(null, new TensorBoard(Logs, everySteps: 1));
        (string, long, float)[] whole = All("train"), validated = All("validation");
        Directory.Delete(Logs, recursive: true);
        string checkpoints = Path.Combine(folder.Path, "run");
        foreach (Callback failing in new Callback[] { new TrackedRun.Failing(7), new TrackedRun.Failing(10, afterEpoch: true) })
            FluentActions.Invoking(() => TrackedRun.Fit(checkpoints, new TensorBoard(Logs, everySteps: 1), failing)).Should().Throw<TimeoutException>();
        All("train").Length.Should().BeGreaterThan(whole.Length / 2);
        File.AppendAllText(Directory.EnumerateFiles(Path.Combine(Logs, "train")).Single(), "half a record");
        TrackedRun.Fit(checkpoints, new TensorBoard(Logs, everySteps: 1), new TrackedRun.Failing(0));
        All("train").Should().Equal(whole);
        All("validation").Should().Equal(validated);

        (string, long, float)[] All(string run) => [.. Read(run).Select(v => (v.Tag, v.Step, v.Scalar))];
    }

    [Fact]
    public void Events_have_the_time_of_the_clock()
    {
        TrackedRun.Fit(null, new TensorBoard(Logs) { Clock = new FixedClock() });
        Read("train").Should().OnlyContain(v => v.WallTime == 1_893_553_445.5);
        Path.GetFileName(Directory.EnumerateFiles(Path.Combine(Logs, "train")).Single()).Should().StartWith("events.out.tfevents.1893553445.");
    }

    [Fact]
    public void Numbers_below_zero_are_refused()
    {
        FluentActions.Invoking(() => new TensorBoard(Logs, everySteps: -1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new TensorBoard(Logs, histogramsEveryEpochs: -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Settings_may_follow_the_constructor()
    {
        TrackedRun.Fit(null, new TensorBoard { Directory = Logs, HistogramsEveryEpochs = 1 });
        Read("train").Should().NotBeEmpty();
        FluentActions.Invoking(() => new TensorBoard { Directory = "" }).Should().Throw<ArgumentException>().WithParameterName("Directory");
    }

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<EventReader.Value> Read(string run) => EventReader.Read(Directory.EnumerateFiles(Path.Combine(Logs, run)).Single());

    private static IEnumerable<(long, float)> Scalars(IEnumerable<EventReader.Value> values, string tag)
        => values.Where(v => v.Tag == tag).Select(v => (v.Step, v.Scalar));
}
