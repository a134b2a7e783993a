namespace DeepLearning.Tests.Data.Series;

public sealed class TimeSeriesWindowsTests
{
    [Fact]
    public void Windows_are_those_of_Keras_s_manual()
    {
        // https://keras.io/api/data_loading/timeseries/, the first example: 0 … 99, sequence_length 10, sampling_rate 2, sequence_stride 3: the first is
        // [0 2 4 … 18], the second [3 5 7 … 21]. There are ⌈(100 − 18) / 3⌉ windows without targets; the last row is the target of the last here.
        Dataset windows = new TimeSeriesWindows(10) { SamplingRate = 2, Stride = 3 }.Over(Tensor.Range(100));

        windows.Inputs.Shape.Should().Equal(27, 10, 1);
        Row(windows, 0).Should().Equal(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
        Row(windows, 1).Should().Equal(3, 5, 7, 9, 11, 13, 15, 17, 19, 21);
        windows.Targets.Shape.Should().Equal(27, 1);
        windows.Targets.ToArray().Should().Equal(Enumerable.Range(0, 27).Select(w => 19f + 3 * w));
    }

    [Theory]
    [InlineData(4, 1, 7)]
    [InlineData(4, 3, 5)]
    [InlineData(10, 1, 1)]
    [InlineData(4, 0, 8)]
    public void Every_window_whose_target_exists_is_there(int length, int offset, int expected)
    {
        var data = new Dataset(Tensor.Range(11).Reshape(11, 1), Tensor.Range(11, 100));
        Dataset windows = new TimeSeriesWindows(length, offset).Over(data);
        windows.Count.Should().Be(expected);
        for (int w = 0; w < windows.Count; w++)
        {
            Row(windows, w).Should().Equal(Enumerable.Range(w, length).Select(r => (float)r));
            windows.Targets[w].Should().Be(100 + w + length - 1 + offset);
        }
    }

    [Fact]
    public void Windows_of_a_part_see_nothing_of_the_other()
    {
        var data = new Dataset(Tensor.Range(20).Reshape(20, 1), Tensor.Range(20));
        var window = new TimeSeriesWindows(length: 3, offset: 2);
        (Dataset past, Dataset recent) = data.SplitLast(0.4);
        Dataset train = window.Over(past), test = window.Over(recent);
        train.Inputs.ToArray().Concat(train.Targets.ToArray()).Max().Should().Be(11);
        test.Inputs.ToArray().Concat(test.Targets.ToArray()).Min().Should().Be(12);
    }

    [Fact]
    public void Names_labels_weights_and_several_inputs_are_kept()
    {
        var data = new Dataset(Tensor.Range(8).Reshape(4, 2), [0, 1, 0, 1], Tensor.From(1f, 2f, 3f, 4f))
        {
            FeatureNames = ["x", "y"],
            ClassNames = ["low", "high"],
        };
        Dataset windows = new TimeSeriesWindows(2, offset: 0).Over(data);
        windows.InputShape.Should().Equal(2, 2);
        (windows.FeatureNames, windows.ClassNames).Should().BeEquivalentTo((data.FeatureNames, data.ClassNames));
        windows.Labels.Should().Equal(1, 0, 1);
        windows.SampleWeights!.ToArray().Should().Equal(2, 3, 4);
        Dataset several = new TimeSeriesWindows(2).Over(new Dataset([Tensor.Range(4), Tensor.FromIndices(5, 6, 7, 8)], Tensor.Range(4)));
        several.InputTensors[0].Shape.Should().Equal(2, 2);
        several.InputTensors[1].AsIntegers().ToArray().Should().Equal(5, 6, 6, 7);
    }

    [Fact]
    public void A_series_too_short_and_a_forecast_of_the_present_are_refused()
    {
        FluentActions.Invoking(() => new TimeSeriesWindows(10) { SamplingRate = 3 }.Over(Tensor.Range(28))).Should().Throw<ArgumentException>()
            .WithMessage("Expected at least 29 rows for a window of 10, 3 apart, with its target 1 ahead, got 28.*");
        FluentActions.Invoking(() => new TimeSeriesWindows(int.MaxValue) { SamplingRate = int.MaxValue }.Over(Tensor.Range(28)))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new TimeSeriesWindows(2, offset: 0).Over(Tensor.Range(28))).Should().Throw<ArgumentException>()
            .WithMessage("*offset of at least 1*");
        FluentActions.Invoking(() => new TimeSeriesWindows(0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("length");
        FluentActions.Invoking(() => new TimeSeriesWindows(1, -1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("offset");
        FluentActions.Invoking(() => new TimeSeriesWindows(1) { Offset = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Offset");
        new TimeSeriesWindows(3) { Offset = 2 }.Should().Be(new TimeSeriesWindows(3, offset: 2));
        FluentActions.Invoking(() => new TimeSeriesWindows(1) { Stride = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Stride");
        FluentActions.Invoking(() => new TimeSeriesWindows(1) { SamplingRate = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("SamplingRate");
    }

    private static float[] Row(Dataset windows, int row) => windows.Inputs[row, ..].ToArray();
}
