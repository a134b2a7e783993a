namespace DeepLearning.Tests.Contracts;

public sealed class MergeContractTests
{
    public static TheoryData<int, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string>();
            for (int i = 0; i < MergeContract.Rows.Count; i++) rows.Add(i, $"{MergeContract.Rows[i].Layer} of {MergeContract.Rows[i].Inputs.Length}");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_gradients_agree_with_central_differences(int index, string name)
    {
        (MergeLayer layer, Shape[] inputs, _) = MergeContract.Rows[index];
        // No two values are near each other: where they are equal, a maximum has no slope.
        IReadOnlyList<Tensor> points = Points.Spaced([.. inputs.Select(s => s.Prepend(3))]);
        GradientCheck.Verify(layer, points).Passed.Should().BeTrue(name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_makes_the_shape_that_it_declares(int index, string name)
    {
        (Model model, Tensor[] inputs) = Made(index);
        model.Outputs[0].Shape.Should().Equal(MergeContract.Rows[index].Output);
        model.Predict(inputs)[0].Shape.Should().Equal(MergeContract.Rows[index].Output.Prepend(3), name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_is_the_same_after_saving_and_loading(int index, string name)
    {
        (Model model, Tensor[] inputs) = Made(index);
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        Model loaded = Model.Load(file);
        loaded.Predict(inputs)[0].ToArray().Should().Equal(model.Predict(inputs)[0].ToArray(), name);
        loaded.Layers[0].ToString().Should().Be(model.Layers[0].ToString());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void One_value_alone_and_values_that_do_not_fit_are_refused(int index, string name)
    {
        (MergeLayer layer, Shape[] inputs, _) = MergeContract.Rows[index];
        Node first = Model.Input([.. inputs[0]]), other = Model.Input(9, 8, 7);
        Model.Of(first, Node.Merge(layer, first)).Invoking(m => m.Build()).Should().Throw<ShapeMismatchException>(name).WithMessage("*two or more values, got one*");
        Model.Of([first, other], [Node.Merge(layer, first, other)]).Invoking(m => m.Build()).Should().Throw<ShapeMismatchException>(name).WithMessage("*[batch, 9, 8, 7]*");
    }

    private static (Model Model, Tensor[] Inputs) Made(int index)
    {
        (MergeLayer layer, Shape[] shapes, _) = MergeContract.Rows[index];
        Node[] nodes = [.. shapes.Select(s => Model.Input([.. s]))];
        return (Model.Of(nodes, [Node.Merge(layer, nodes)]).Build(), [.. shapes.Select((s, i) => Tensor.RandomNormal(s.Prepend(3), seed: i + 1))]);
    }
}
