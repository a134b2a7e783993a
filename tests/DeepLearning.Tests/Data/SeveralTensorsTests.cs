using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Data;

public sealed class SeveralTensorsTests
{
    /// <summary>Row r has pixels (10·r, 10·r + 1), age 100 + r, digit r, one-hot parity and weight r + 1.</summary>
    private static Dataset Numbered(int rows) => new(
        [Tensor.From([.. Enumerable.Range(0, rows).SelectMany(r => new[] { 10f * r, 10f * r + 1f })], [rows, 2, 1]), Tensor.Range(rows, 100f).Reshape(-1, 1)],
        [Tensor.Range(rows), OneHot.Encode([.. Enumerable.Range(0, rows).Select(r => r % 2)], 2)],
        Tensor.Range(rows, 1f));

    /// <summary>All that a row has, in one line.</summary>
    private static IEnumerable<string> RowsOf(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, Tensor? weights)
        => Enumerable.Range(0, inputs[0].Shape[0]).Select(r => string.Join(
            ' ', inputs.Concat(targets).Append(weights!).SelectMany(t => t.Slice(0, r, 1).ToArray()).Select(v => FormattableString.Invariant($"{v}"))));

    private static IEnumerable<string> RowsOf(Dataset data) => RowsOf(data.InputTensors, data.TargetTensors, data.SampleWeights);

    private static IEnumerable<string> RowsOf(Batch batch) => RowsOf(batch.InputTensors, batch.TargetTensors, batch.SampleWeights);

    private static IEnumerable<string> Expected(params int[] rows)
        => rows.Select(r => $"{10 * r} {10 * r + 1} {100 + r} {r} {1 - r % 2} {r % 2} {r + 1}");

    [Fact]
    public void Shapes_and_text_are_of_each()
    {
        Dataset data = Numbered(3);
        data.Count.Should().Be(3);
        data.InputShapes.Select(s => $"{s}").Should().Equal("[2, 1]", "[1]");
        data.TargetShapes.Select(s => $"{s}").Should().Equal("[]", "[2]");
        data.ToString().Should().Be("Dataset: 3 rows, inputs [2, 1] and [1], targets [] and [2]");
        data.Batches(2).First().ToString().Should().Be("Batch: inputs [2, 2, 1] and [2, 1], targets [2] and [2, 2]");
        new Dataset([Tensor.Zeros([1, 1]), Tensor.Zeros([1, 2]), Tensor.Zeros([1, 3])], [0]).ToString()
            .Should().Be("Dataset: 1 row, inputs [1], [2] and [3], 1 target a row");
        data.Batches(2).First().Count.Should().Be(2);
    }

    [Fact]
    public void One_input_and_one_target_are_lists_of_one()
    {
        Tensor x = Tensor.Zeros([2, 3]), y = Tensor.Zeros([2, 1]);
        var data = new Dataset([x], [y]);
        data.Inputs.Should().BeSameAs(x).And.BeSameAs(data.InputTensors.Single());
        data.Targets.Should().BeSameAs(y).And.BeSameAs(data.TargetTensors.Single());
        var batch = new Batch([x], [y]);
        batch.Inputs.Should().BeSameAs(batch.InputTensors.Single());
        batch.Targets.Should().BeSameAs(batch.TargetTensors.Single());
    }

    [Fact]
    public void Rows_stay_together_however_they_are_chosen()
    {
        Dataset data = Numbered(6);
        RowsOf(data).Should().Equal(Expected(0, 1, 2, 3, 4, 5));
        RowsOf(data.Skip(2).Take(3)).Should().Equal(Expected(2, 3, 4));
        RowsOf(data.Select([5, 0, 5])).Should().Equal(Expected(5, 0, 5));
        RowsOf(data.Shuffle(seed: 3)).Should().NotEqual(RowsOf(data)).And.BeEquivalentTo(RowsOf(data));
        (Dataset train, Dataset test) = data.Split(0.5, seed: 1);
        RowsOf(train).Concat(RowsOf(test)).Should().BeEquivalentTo(RowsOf(data));
        (Dataset first, Dataset last) = data.SplitLast(0.5);
        RowsOf(first).Should().Equal(Expected(0, 1, 2));
        RowsOf(last).Should().Equal(Expected(3, 4, 5));
        data.Batches(4).SelectMany(RowsOf).Should().Equal(RowsOf(data));
        data.Batches(4, new[] { 3, 1 }).SelectMany(RowsOf).Should().Equal(Expected(3, 1));
    }

    [Fact]
    public void Where_reads_lists()
    {
        Dataset data = Numbered(6);
        RowsOf(data.Where((IReadOnlyList<Tensor> x, IReadOnlyList<Tensor> y) => x[1].ToScalar() > 102 && y[1][0] == 1f)).Should().Equal(Expected(4));
        data.Invoking(d => d.Where((IReadOnlyList<Tensor> _, IReadOnlyList<Tensor> _) => false)).Should().Throw<ArgumentException>().WithMessage("*none of 6*");
        data.Invoking(d => d.Where((_, _) => true)).Should().Throw<InvalidOperationException>().WithMessage("*2 inputs*");
        var plain = new Dataset(Tensor.Range(3).Reshape(3, 1), [0, 1, 2]);
        plain.Where((IReadOnlyList<Tensor> x, IReadOnlyList<Tensor> _) => x[0].ToScalar() != 1).Labels.Should().Equal(0, 2);
    }

    [Fact]
    public void Recycled_batches_hold_each_row_and_allocate_nothing()
    {
        Dataset data = Numbered(64);
        IEnumerable<Batch> recycled = data.RecycledEpoch(new EpochPosition { BatchSize = 8 }, new BatchBuffers());
        recycled.SelectMany(RowsOf).Should().Equal(RowsOf(data));
        Allocations.Least(() =>
        {
            using IEnumerator<Batch> batches = recycled.GetEnumerator();
            batches.MoveNext();
            return Allocations.Of(() =>
            {
                while (batches.MoveNext())
                {
                }
            });
        }).Should().Be(0);
    }

    [Fact]
    public void What_is_of_one_tensor_refuses_several_and_names_the_list()
    {
        Dataset data = Numbered(4);
        Batch batch = data.Batches(4).First();
        data.Invoking(d => d.Inputs).Should().Throw<InvalidOperationException>()
            .WithMessage("The data set has 2 inputs, [4, 2, 1] and [4, 1]: take them from InputTensors.");
        data.Invoking(d => d.Targets).Should().Throw<InvalidOperationException>()
            .WithMessage("The data set has 2 targets, [4] and [4, 2]: take them from TargetTensors.");
        batch.Invoking(b => b.Inputs).Should().Throw<InvalidOperationException>().WithMessage("The batch has 2 inputs,*InputTensors.");
        batch.Invoking(b => b.Targets).Should().Throw<InvalidOperationException>().WithMessage("The batch has 2 targets,*TargetTensors.");
        batch.Invoking(b => (_, _) = b).Should().Throw<InvalidOperationException>();
        data.Invoking(d => d.InputShape).Should().Throw<InvalidOperationException>();
        data.Invoking(d => d.TargetShape).Should().Throw<InvalidOperationException>();
        data.Invoking(d => d.Labels).Should().Throw<InvalidOperationException>();
        data.Invoking(d => StandardScaler.Fit(d)).Should().Throw<InvalidOperationException>().WithMessage("*2 inputs*");
        data.Invoking(d => d.Split(0.5, stratified: true)).Should().Throw<InvalidOperationException>().WithMessage("*2 targets*without stratified*");
        FluentActions.Invoking(() => new Dataset(data.InputTensors, [0, 1, 0, 1]) { FeatureNames = ["a", "b"] })
            .Should().Throw<ArgumentException>().WithMessage("*of one input, but there are 2*");
        FluentActions.Invoking(() => new Dataset(data.InputTensors[1], data.TargetTensors) { ClassNames = ["a", "b"] })
            .Should().Throw<ArgumentException>().WithMessage("*of one target, but there are 2*");
    }

    [Fact]
    public void Lists_that_do_not_fit_are_refused_with_their_places()
    {
        Tensor a = Tensor.Zeros([4, 2]), b = Tensor.Zeros([5, 1]), y = Tensor.Zeros([4]);
        FluentActions.Invoking(() => new Dataset([a, b], y)).Should().Throw<ShapeMismatchException>()
            .WithMessage("Inputs[1] [5, 1] has 5 rows, but Inputs[0] [4, 2] has 4 rows*");
        FluentActions.Invoking(() => new Dataset([a, a], [y, b])).Should().Throw<ShapeMismatchException>()
            .WithMessage("Targets[1] [5, 1] has 5 rows, but Inputs[0] [4, 2] has 4 rows*");
        FluentActions.Invoking(() => new Batch([a, b], [y])).Should().Throw<ShapeMismatchException>().WithMessage("*5 rows*4 rows*");
        FluentActions.Invoking(() => new Dataset([a, a], [y, y], Tensor.Ones([3]))).Should().Throw<ShapeMismatchException>().WithMessage("*[4]*[3]*");
        FluentActions.Invoking(() => new Dataset([], [y])).Should().Throw<ArgumentException>().WithMessage("*at least one tensor of inputs*");
        FluentActions.Invoking(() => new Dataset([a, null!], [y])).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
        FluentActions.Invoking(() => new Dataset((IReadOnlyList<Tensor>)null!, y)).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
        FluentActions.Invoking(() => new Dataset([a, a], [0.5, 1.0])).Should().Throw<ShapeMismatchException>().WithMessage("*a single number in a list of 2*");
        FluentActions.Invoking(() => new Dataset([Tensor.Zeros([0, 1]), Tensor.Zeros([0, 2])], Tensor.Zeros([0]))).Should().Throw<ArgumentException>()
            .WithMessage("*at least one row*[0, 1] and [0, 2]*");
        FluentActions.Invoking(() => new Dataset([a, a], (int[])null!)).Should().Throw<ArgumentNullException>().WithParameterName("labels");
    }

    [Fact]
    public void A_list_that_changes_later_changes_no_data()
    {
        var inputs = new List<Tensor> { Tensor.Zeros([1, 1]), Tensor.Zeros([1, 2]) };
        var data = new Dataset(inputs, [0]);
        inputs.Clear();
        data.InputTensors.Should().HaveCount(2);
    }

    [Fact]
    public void With_takes_one_or_several_and_keeps_the_rest()
    {
        Dataset data = Numbered(2);
        Tensor x = Tensor.Zeros([2, 5]);
        data.WithInputs(x).Inputs.Should().BeSameAs(x);
        data.WithInputs(x).TargetTensors.Should().Equal(data.TargetTensors);
        data.WithInputs([x, x, x]).InputTensors.Should().Equal(x, x, x);
        data.WithTargets(x).InputTensors.Should().Equal(data.InputTensors);
        data.WithTargets([x, x]).TargetTensors.Should().Equal(x, x);
        data.WithTargets([x, x]).SampleWeights.Should().BeSameAs(data.SampleWeights);
        data.Invoking(d => d.WithInputs([x, Tensor.Zeros([3, 1])])).Should().Throw<ShapeMismatchException>();
        data.Invoking(d => d.WithTargets([])).Should().Throw<ArgumentException>();
        var named = new Dataset(Tensor.Zeros([2, 2]), [0, 1]) { ClassNames = ["no", "yes"], FeatureNames = ["a", "b"] };
        named.WithInputs([x, x]).ClassNames.Should().Equal("no", "yes");
        named.WithInputs([x, x]).ClassLabels.Should().NotBeNull();
        named.WithInputs([x, x]).FeatureNames.Should().BeEmpty();
        named.WithTargets([x, x]).FeatureNames.Should().Equal("a", "b");
        named.WithTargets([x, x]).ClassNames.Should().BeEmpty();
        named.WithInputs([Tensor.Ones([2, 2])]).FeatureNames.Should().Equal("a", "b");
    }

    /// <summary>What the compiler takes: numbers are data of one tensor wherever they can be, lists of tensors are several.</summary>
    [Fact]
    public void Line21_arrays_stay_one_tensor_and_lists_of_tensors_are_several()
    {
        float[][] rows = [[1, 2], [3, 4]];
        double[,] table = { { 1, 2 }, { 3, 4 } };
        int[] labels = [1, 0];
        Tensor x = Tensor.Ones([2, 3]), y = Tensor.Zeros([2, 1]);
        foreach (Dataset data in new[] { new Dataset(rows, labels), new Dataset(table, [1, 0]), new Dataset(x, [1, 0]), new Dataset([x, rows], labels), new Dataset([x, x], [1, 0]) })
        {
            data.Labels.Should().Equal(labels);
            data.ClassLabels.Should().NotBeNull();
        }

        new Dataset(x, y).InputTensors.Should().HaveCount(1);
        new Dataset(rows, [0.5, 1.0]).TargetShape.Should().Equal(1);
        new Dataset(rows, [0.5f, 1f]).TargetShape.Should().Equal(1);
        new Dataset([x, x], y).InputTensors.Should().HaveCount(2);
        new Dataset([rows, table], y).InputShapes.Select(s => s[0]).Should().Equal(2, 2);
        new Dataset(x, [y, y, y]).TargetTensors.Should().HaveCount(3);
        new Dataset([x, x], [y, y]).TargetTensors.Should().HaveCount(2);
        new Dataset(new[] { x, x }, new List<Tensor> { y }, Tensor.Ones([2])).SampleWeights!.Count.Should().Be(2);
        new Batch(x, [1, 0]).ClassLabels.Should().NotBeNull();
        new Batch([x, x], [1, 0]).ClassLabels.Should().NotBeNull();
        new Batch([x, x], [y]).InputTensors.Should().HaveCount(2);
        new Batch([x, x], y).InputTensors.Should().HaveCount(2);
        new Batch(x, [y, y]).TargetTensors.Should().HaveCount(2);
        new Batch(rows, y).InputTensors.Should().HaveCount(1);
    }
}
