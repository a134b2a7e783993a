using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Metrics;

public sealed class MetricSumsTests
{
    [Fact]
    public void Sums_begin_at_0_and_take_what_is_added()
    {
        var sums = new MetricSums(2);
        sums[1] += 0.1;
        sums[1] += 0.2;
        (sums.Size, sums.Rows, sums[0], sums[1]).Should().Be((2, 0, 0.0, 0.1 + 0.2));
    }

    [Fact]
    public void Rows_keep_their_order_and_their_columns_are_copies()
    {
        var sums = new MetricSums(0);
        for (int i = 0; i < 100; i++) sums.Append(i, -i);
        sums.Rows.Should().Be(100);
        sums.Row(99).ToArray().Should().Equal(99f, -99f);
        float[] column = sums.Column(1);
        column.Should().Equal(Enumerable.Range(0, 100).Select(i => (float)-i));
        Array.Sort(column);
        sums.Row(1)[1].Should().Be(-1f);
        new MetricSums(0).Column(2).Should().BeEmpty();
    }

    [Fact]
    public void Merging_adds_the_sums_and_joins_the_rows()
    {
        MetricSums first = Of(1, [1, 2]), second = Of(10, [3, 4], [5, 6]);
        first.Merge(second);
        (first[0], first.Rows, second[0], second.Rows).Should().Be((11.0, 3, 10.0, 2));
        first.Column(0).Should().Equal(1f, 3f, 5f);

        first.Merge(new MetricSums(1));
        MetricSums empty = new(1);
        empty.Merge(first);
        empty.Merge(empty);
        (empty[0], empty.Rows).Should().Be((22.0, 6));
        empty.Column(1).Should().Equal(2f, 4f, 6f, 2f, 4f, 6f);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused_and_nothing_is_changed()
    {
        MetricSums sums = Of(1, [1, 2]);
        sums.Invoking(s => s.Merge(new MetricSums(2))).Should().Throw<ArgumentException>().WithMessage("*1 sums*got 2*").WithParameterName("other");
        sums.Invoking(s => s.Merge(Of(7, [1, 2, 3]))).Should().Throw<ArgumentException>().WithMessage("*rows of 2*got 3*").WithParameterName("other");
        sums.Invoking(s => s.Append(1, 2, 3)).Should().Throw<ArgumentException>().WithMessage("*2 values*got 3*").WithParameterName("row");
        sums.Invoking(s => s.Append()).Should().Throw<ArgumentException>().WithMessage("*one or more*").WithParameterName("row");
        sums.Invoking(s => s.Merge(null!)).Should().Throw<ArgumentNullException>().WithParameterName("other");
        (sums[0], sums.Rows).Should().Be((1.0, 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(int.MinValue)]
    public void Places_that_there_are_not_are_named(int place)
    {
        MetricSums sums = Of(1, [1]);
        Action[] calls =
        [
            () => _ = sums[place], () => sums[place] = 1, () => _ = sums.Row(place), () => _ = sums.Column(place), () => _ = new MetricSums(0)[0],
        ];
        foreach (Action call in calls) call.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("index").WithMessage("There are *counted from 0*");
        FluentActions.Invoking(() => new MetricSums(Math.Min(place, -1))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("size");
    }

    [Fact]
    public void State_is_read_with_the_same_bits_and_is_checked()
    {
        MetricSums sums = Of(0.1 + 0.2, [float.NaN, 1], [2, float.Epsilon]);
        var state = new StateWriter();
        sums.SaveState(state);
        var again = new MetricSums(1);
        again.Take(MetricSums.Read(state.Read(), 1));
        (again[0], again.Rows).Should().Be((sums[0], 2));
        again.Column(0).Should().Equal(float.NaN, 2f);
        again.Append(3, 4);
        sums.Rows.Should().Be(2);

        FluentActions.Invoking(() => MetricSums.Read(state.Read(), 2)).Should().Throw<ModelFormatException>().WithMessage("*sum.1*");
        FluentActions.Invoking(() => MetricSums.Read(state.Read(), 0)).Should().Throw<ModelFormatException>().WithMessage("*sum.0*");
        foreach ((string name, string value) in ((string, string)[])
            [("rows", "0"), ("rows", "3"), ("rows", "-1"), ("width", "1"), ("width", "2147483647"), ("width", "0")])
        {
            var edited = new StateWriter();
            foreach ((string key, string text) in state.Texts) edited.Write(key, key == name ? value : text);
            edited.Write("gathered", [2, 2], state.Arrays[0].Values);
            FluentActions.Invoking(() => MetricSums.Read(edited.Read(), 1)).Should().Throw<ModelFormatException>($"{name} is {value}");
        }
    }

    [Fact]
    public void Cleared_and_filled_again_sums_take_no_new_memory()
    {
        MetricSums sums = Of(1, [.. Enumerable.Repeat<float[]>([1, 2], 1000)]);
        Allocations.Least(() =>
        {
            sums.Clear();
            for (int i = 0; i < 1000; i++) sums.Append(i, i);
        }).Should().Be(0);
        (sums[0], sums.Rows).Should().Be((0.0, 1000));
    }

    private static MetricSums Of(double sum, params float[][] rows)
    {
        var sums = new MetricSums(1) { [0] = sum };
        foreach (float[] row in rows) sums.Append(row);
        return sums;
    }
}
