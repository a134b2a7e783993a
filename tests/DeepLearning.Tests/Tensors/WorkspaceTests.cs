namespace DeepLearning.Tests.Tensors;

public sealed class WorkspaceTests
{
    [Fact]
    public void The_next_step_gets_the_same_objects_in_the_same_order()
    {
        var workspace = new Workspace();
        Tensor a = workspace.Rent([2, 3]), b = workspace.Rent([2, 3]);
        workspace.Reset();

        workspace.Rent([2, 3]).Should().BeSameAs(a);
        workspace.Rent([2, 3]).Should().BeSameAs(b);
        a.Should().NotBeSameAs(b);
    }

    [Fact]
    public void Another_shape_gets_another_tensor_and_is_kept_from_then_on()
    {
        var workspace = new Workspace();
        Tensor full = workspace.Rent([128]);
        workspace.Reset();
        Tensor last = workspace.Rent([7]);
        workspace.Reset();

        last.Shape.ToArray().Should().Equal(7);
        last.Should().NotBeSameAs(full);
        workspace.Rent([7]).Should().BeSameAs(last);
    }

    [Fact]
    public void A_view_follows_its_source()
    {
        var workspace = new Workspace();
        Tensor view = workspace.RentView(Tensor.From(1f, 2f), [2, 1]);
        workspace.Reset();
        Tensor again = workspace.RentView(Tensor.From(3f, 4f), [2, 1]);

        again.Should().BeSameAs(view);
        again.ToArray().Should().Equal(3f, 4f);
    }

    [Fact]
    public void What_held_integers_comes_back_for_floats_and_a_view_is_what_its_source_is()
    {
        var workspace = new Workspace();
        Tensor rented = workspace.Rent([2]), view = workspace.RentView(Tensor.FromIndices(1, 2), [2, 1]);
        rented.IsInteger = true;
        view.AsIntegers().ToArray().Should().Equal(1, 2);
        workspace.Reset();

        workspace.Rent([2]).Should().BeSameAs(rented);
        rented.IsInteger.Should().BeFalse();
        workspace.RentView(Tensor.From(3f, 4f), [2, 1]).Should().BeSameAs(view);
        view.ToArray().Should().Equal(3f, 4f);
    }
}
