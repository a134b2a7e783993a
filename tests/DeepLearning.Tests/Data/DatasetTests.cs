using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void Labels_come_back_as_they_were_given()
    {
        int[] labels = [3, 0, -2, 1 << 24];
        new Dataset(Tensor.Zeros([4, 2]), labels).Labels.Should().Equal(labels);
    }

    [Fact]
    public void Line21_arrays_of_ints_are_labels_and_arrays_of_other_numbers_are_values()
    {
        double[,] x = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
        float[][] rows = [[1, 2], [3, 4], [5, 6]];
        int[] labels = [2, 0, 1];
        foreach (Dataset data in new[] { new Dataset(x, labels), new Dataset(rows, labels), new Dataset(rows, [2, 0, 1]), new Dataset(x, labels, new[] { 1.0, 1, 2 }) })
        {
            data.Labels.Should().Equal(labels);
            data.Targets.Shape.Should().Equal(3);
            data.Inputs.ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
        }

        FluentActions.Invoking(() => new Dataset(x, [(1 << 24) + 1, 0, 0])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The label of row 0*");
        new Dataset(rows, new double[] { 0.5, 1, 2 }).Targets.Shape.Should().Equal(3, 1);
        new Dataset(rows, [0.5, 1.0, 2.0]).Targets.ToArray().Should().Equal(0.5f, 1f, 2f);
        new Dataset(x, new double[,] { { 1, 0 }, { 0, 1 }, { 1, 0 } }).TargetShape.Should().Equal(2);
        new Dataset(new float[,,] { { { 1 } }, { { 2 } } }, [0, 1]).InputShape.Should().Equal(1, 1);
        FluentActions.Invoking(() => new Dataset(x, (double[])null!)).Should().Throw<ArgumentNullException>().WithParameterName("targets");
    }

    [Fact]
    public void Arrays_and_matrices_become_the_documented_shapes()
    {
        var x = new float[3, 2];
        new Dataset(x, [1, 2, 3]).Targets.Shape.Should().Equal(3);
        new Dataset(x, new float[3]).Targets.Shape.Should().Equal(3, 1);
        new Dataset(x, new float[3, 4]).TargetShape.Should().Equal(4);
        Matrix<float> m = Matrix<float>.Build.DenseOfArray(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
        new Dataset(m, Vector<float>.Build.Dense(3)).Targets.Shape.Should().Equal(3, 1);
        new Dataset(m, m).Inputs.ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
        new Dataset(m, new[] { 0, 1, 0 }).Labels.Should().Equal(0, 1, 0);
        var images = new Dataset(Tensor.Zeros([5, 28, 28]), new[] { 0, 1, 2, 3, 4 });
        images.InputShape.Should().Equal(28, 28);
        images.TargetShape.Rank.Should().Be(0);
        images.Count.Should().Be(5);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Fault01_Fault02_The_first_input_that_is_not_finite_is_named(float bad)
    {
        Tensor x = Tensor.Zeros([4, 3]);
        x[2, 1] = bad;
        FluentActions.Invoking(() => Dataset.RequireFinite([x], [Tensor.Zeros([4])])).Should().Throw<ArgumentException>().WithMessage("*input at row 2, column 1*");
    }

    [Fact]
    public void Fault03_A_target_that_is_NaN_is_named()
    {
        Tensor x = Tensor.Zeros([2, 3]), targets = Tensor.From([0f, 0f, 0f, float.NaN], [2, 2]);
        FluentActions.Invoking(() => Dataset.RequireFinite([x], [targets])).Should().Throw<ArgumentException>().WithMessage("*target at row 1, column 1*NaN*");
        FluentActions.Invoking(() => Dataset.RequireFinite([x], [Tensor.Zeros([2])])).Should().NotThrow();
    }

    [Fact]
    public void Fault04_Zero_rows_throw()
        => FluentActions.Invoking(() => new Dataset(Tensor.Zeros([0, 3]), Tensor.Zeros([0])))
            .Should().Throw<ArgumentException>().WithMessage("*at least one row*");

    [Fact]
    public void Fault05_Different_row_counts_are_both_named()
    {
        FluentActions.Invoking(() => new Dataset(Tensor.Zeros([4, 3]), Tensor.Zeros([5, 1])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*4 rows*5*");
        FluentActions.Invoking(() => new Batch(Tensor.Zeros([4, 3]), Tensor.Zeros([5, 1]))).Should().Throw<ShapeMismatchException>().WithMessage("*4 rows*5*");
        FluentActions.Invoking(() => new Dataset(Tensor.Zeros([4, 3]), Tensor.Scalar(1)))
            .Should().Throw<ShapeMismatchException>().WithMessage("*first dimension*");
    }

    [Fact]
    public void Fault07_Fractional_targets_are_no_labels()
    {
        var data = new Dataset(Tensor.Zeros([2, 1]), Tensor.From(1f, 1.5f));
        FluentActions.Invoking(() => data.Labels).Should().Throw<InvalidOperationException>().WithMessage("*row 1 is 1.5*");
        var wide = new Dataset(Tensor.Zeros([2, 1]), Tensor.Zeros([2, 3]));
        FluentActions.Invoking(() => wide.Labels).Should().Throw<InvalidOperationException>().WithMessage("*[2, 3]*");
        FluentActions.Invoking(() => new Dataset(Tensor.Zeros([1, 1]), [(1 << 24) + 1])).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(1f, -0.5f, "*row 1 is -0.5*")]
    [InlineData(1f, float.NaN, "*row 1 is NaN*")]
    [InlineData(0f, 0f, "*all 2 are 0*")]
    public void Fault15_Negative_or_all_zero_sample_weights_throw(float first, float second, string message)
        => FluentActions.Invoking(() => new Dataset(Tensor.Zeros([2, 3]), Tensor.Zeros([2]), Tensor.From(first, second)))
            .Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void Fault15_Sample_weights_of_another_shape_throw()
        => FluentActions.Invoking(() => new Dataset(Tensor.Zeros([2, 3]), Tensor.Zeros([2]), Tensor.Ones([2, 1])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*expected shape [2]*[2, 1]*");

    [Fact]
    public void Fault25_Null_arguments_are_named()
    {
        Tensor x = Tensor.Zeros([1, 1]);
        FluentActions.Invoking(() => new Dataset((Tensor)null!, x)).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
        FluentActions.Invoking(() => new Dataset(x, (Tensor)null!)).Should().Throw<ArgumentNullException>().WithParameterName("targets");
        FluentActions.Invoking(() => new Dataset(new float[1, 1], (int[])null!)).Should().Throw<ArgumentNullException>().WithParameterName("labels");
        FluentActions.Invoking(() => new Dataset(new float[1, 1], (float[])null!)).Should().Throw<ArgumentNullException>().WithParameterName("targets");
        FluentActions.Invoking(() => new Dataset((Matrix<float>)null!, [1])).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new Dataset(x, x) { ClassNames = null! }).Should().Throw<ArgumentNullException>().WithParameterName("ClassNames");
        FluentActions.Invoking(() => new Batch(x, null!)).Should().Throw<ArgumentNullException>().WithParameterName("targets");
        FluentActions.Invoking(() => new Dataset(x, x).WithInputs(null!)).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
    }

    [Fact]
    public void Line01_ToString_shows_rows_columns_and_classes()
    {
        new Dataset(Tensor.Zeros([2, 28, 28]), [0, 1]).ToString().Should().Be("Dataset: 2 rows, inputs [28, 28], 1 target a row");
        var plain = new Dataset(Tensor.Zeros([1, 1]), Tensor.Zeros([1, 3]));
        plain.ToString().Should().Be("Dataset: 1 row, 1 feature, targets [3]");
        var named = new Dataset(Tensor.Zeros([3, 2]), [0, 1, 0]) { FeatureNames = ["a", "b"], ClassNames = ["no", "yes"] };
        named.ToString().Should().Be("Dataset: 3 rows, 2 features (a, b), 2 classes (no, yes)");
        var many = new Dataset(Tensor.Zeros([1, 1]), [0]) { ClassNames = [.. Enumerable.Range(0, 12).Select(c => $"c{c}")] };
        many.ToString().Should().EndWith("12 classes (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, …)");
    }

    [Fact]
    public void Line10_names_that_are_not_as_many_as_what_they_name_are_refused()
    {
        Tensor x = Tensor.Zeros([2, 2]);
        FluentActions.Invoking(() => new Dataset(x, new[] { 0, 2 }) { ClassNames = ["x"] }).Should().Throw<ArgumentException>()
            .WithMessage("*1 were given, for the labels 0 to 0, but row 1 has 2*");
        FluentActions.Invoking(() => new Dataset(x, new[] { 0, -1 }) { ClassNames = ["x", "y"] }).Should().Throw<ArgumentException>()
            .WithMessage("*row 1 has -1*");
        FluentActions.Invoking(() => new Dataset(x, OneHot.Encode([0, 2], 3)) { ClassNames = ["x", "y"] }).Should().Throw<ArgumentException>()
            .WithMessage("*3 columns, but 2 class names*");
        FluentActions.Invoking(() => new Dataset(x, new[] { 0, 1 }) { FeatureNames = ["a"] }).Should().Throw<ArgumentException>()
            .WithMessage("*2 features, but 1 feature names*");
        var right = new Dataset(x, new[] { 0, 1 }) { ClassNames = ["x", "y", "never seen"], FeatureNames = ["a", "b"] };
        right.Take(1).ClassNames.Should().HaveCount(3);
        right.WithInputs(Tensor.Zeros([2, 5])).FeatureNames.Should().BeEmpty();
    }
}
