using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Layers;

/// <summary>Nodes that give values another shape, where the batch must stay what it is.</summary>
public sealed class ReshapeOnnxTests
{
    [Fact]
    public void Line20_view_by_the_size_of_the_batch_is_a_reshape()
    {
        // As PyTorch writes it, as people write it, and as PyTorch wrote it.
        GraphText view = new GraphText([2, 3]).Integers("minus", -1).Integers("zero", 0).Tensor(Single("first", 0)).Node("s = Shape(x)")
            .Node("n = Gather(s, first)", OnnxAttribute.Of("axis", 0L)).Node("u = Unsqueeze(n, zero)")
            .Node("t = Concat(u, minus)", OnnxAttribute.Of("axis", 0L)).Node("y = Reshape(x, t)");
        Agrees(view, "Reshape(-1)");
        GraphText direct = new GraphText([2, 3]).Integers("minus", -1).Integers("zero", 0).Node("s = Shape(x)").Node("n = Gather(s, zero)")
            .Node("t = Concat(n, minus)", OnnxAttribute.Of("axis", 0L)).Node("a = Relu(x)").Node("y = Reshape(a, t)");
        Agrees(direct, "Relu()", "Reshape(-1)");
        GraphText old = new GraphText([2, 3], operatorSet: 9).Integers("minus", -1).Tensor(Single("first", 0)).Node("s = Shape(x)")
            .Node("n = Gather(s, first)").Node("u = Unsqueeze(n)", OnnxAttribute.Of("axes", [0L])).Node("t = Concat(u, minus)", OnnxAttribute.Of("axis", 0L))
            .Node("y = Reshape(x, t)");
        Agrees(old, "Reshape(-1)");
    }

    [Fact]
    public void Line20_view_by_a_slice_of_the_shape_is_a_reshape()
    {
        GraphText slice = new GraphText([2, 3]).Integers("minus", -1).Integers("zero", 0).Integers("one", 1).Node("a = Relu(x)").Node("s = Shape(a)")
            .Node("n = Slice(s, zero, one)").Node("t = Concat(n, minus)", OnnxAttribute.Of("axis", 0L)).Node("y = Reshape(a, t)");
        Agrees(slice, "Relu()", "Reshape(-1)");
        GraphText old = new GraphText([2, 3], operatorSet: 9).Integers("minus", -1).Node("s = Shape(x)")
            .Node("n = Slice(s)", OnnxAttribute.Of("starts", [0L]), OnnxAttribute.Of("ends", [1L])).Node("t = Concat(n, minus)", OnnxAttribute.Of("axis", 0L))
            .Node("y = Reshape(x, t)");
        Agrees(old, "Reshape(-1)");
        GraphText part = new GraphText([2, 3]).Integers("minus", -1).Node("n = Shape(x)", OnnxAttribute.Of("start", 0L), OnnxAttribute.Of("end", -2L))
            .Node("t = Concat(n, minus)", OnnxAttribute.Of("axis", 0L)).Node("y = Reshape(x, t)");
        Agrees(part, "Reshape(-1)");
    }

    [Fact]
    public void Line20_arithmetic_with_sizes_is_followed()
    {
        // view(size(0), size(1) * size(2)), with the conversions that exporters put between.
        GraphText product = new GraphText([2, 3]).Integers("i0", 0).Integers("i1", 1).Integers("i2", 2).Node("s = Shape(x)")
            .Node("c = Cast(s)", OnnxAttribute.Of("to", 6L)).Node("n = Gather(c, i0)").Node("h = Gather(c, i1)").Node("w = Gather(c, i2)").Node("p = Mul(h, w)")
            .Node("j = Concat(n, p)", OnnxAttribute.Of("axis", 0L)).Node("t = Cast(j)", OnnxAttribute.Of("to", 7L)).Node("y = Reshape(x, t)");
        Agrees(product, "Reshape(6)");
        // view(-1, size // batch): what is a multiple of the batch, divided by it, is known.
        GraphText quotient = new GraphText([2, 3]).Integers("i0", 0).Integers("minus", -1).Node("all = Size(x)").Node("s = Shape(x)").Node("n = Gather(s, i0)")
            .Node("q = Div(all, n)").Node("t = Concat(minus, q)", OnnxAttribute.Of("axis", 0L)).Node("y = Reshape(x, t)");
        Agrees(quotient, "Reshape(6)");
    }

    [Fact]
    public void Line20_a_batch_that_the_file_fixes_is_the_batch_and_stays_open_here()
    {
        GraphText graph = new GraphText([2, 3], batch: 2).Integers("i0", 0).Integers("minus", -1).Node("s = Shape(x)").Node("n = Gather(s, i0)")
            .Node("t = Concat(n, minus)", OnnxAttribute.Of("axis", 0L)).Node("y = Reshape(x, t)");
        Sequential model = Agrees(graph, "Reshape(-1)");
        model.Predict(Tensor.Ones([7, 2, 3])).Shape.Should().Equal(7, 6);
    }

    [Fact]
    public void Line20_a_batch_baked_into_a_shape_is_refused()
    {
        // Exported with one sample: right for one sample only.
        Fails(new GraphText([2, 3]).Integers("t", 1, -1).Node("y = Reshape(x, t)"), "*'n0' (Reshape)*[1, -1]*open batch*");
        Fails(new GraphText([2, 3], batch: 4).Integers("t", 2, 12).Node("y = Reshape(x, t)"), "*'n0' (Reshape)*[2, 12]*batch*");
        Fails(new GraphText([2, 3]).Integers("t", -1, 3).Node("y = Reshape(x, t)"), "*'n0' (Reshape)*");
        Fails(new GraphText([2, 3]).Integers("t", -1).Node("y = Reshape(x, t)"), "*'n0' (Reshape)*");
    }

    [Fact]
    public void Line20_a_shape_that_puts_the_batch_elsewhere_is_refused()
    {
        GraphText Of(string first, string second) => new GraphText([2, 3]).Integers("i0", 0).Integers("i1", 1).Integers("minus", -1).Node("s = Shape(x)")
            .Node("n = Gather(s, i0)").Node("h = Gather(s, i1)").Node("m = Mul(n, h)").Node($"t = Concat({first}, {second})", OnnxAttribute.Of("axis", 0L))
            .Node("y = Reshape(x, t)");

        Fails(Of("m", "minus"), "*(Reshape)*[2·batch, -1]*");
        Fails(Of("minus", "n"), "*(Reshape)*[-1, batch]*");
        Fails(Of("h", "minus"), "*(Reshape)*[2, -1]*");
    }

    [Fact]
    public void Line08_flatten_of_the_batch_itself_is_refused()
    {
        // [4] flattened from axis 0 is [1, 4]: four samples of one value would be one of four.
        Fails(new GraphText([]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", 0L)), "*'n0' (Flatten)*axis 0*batch*");
        Fails(new GraphText([]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", -1L)), "*'n0' (Flatten)*axis -1*");
        Fails(new GraphText([2, 3]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", 0L)), "*'n0' (Flatten)*axis 0*");
        Fails(new GraphText([2, 3]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", -3L)), "*'n0' (Flatten)*axis -3*");
        Fails(new GraphText([2, 3]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", 3L)), "*'n0' (Flatten)*axis 3*");
        Fails(new GraphText([2, 3]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", 4L)), "*'n0' (Flatten)*axis 4 of 3*");
        Agrees(new GraphText([]).Node("y = Flatten(x)"), "Flatten()");
        Agrees(new GraphText([1, 3]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", 2L)), "Flatten()");
        Agrees(new GraphText([1, 1]).Node("y = Flatten(x)", OnnxAttribute.Of("axis", 3L)), "Flatten()");
    }

    [Fact]
    public void Line08_dimensions_of_one_come_and_go_beside_the_batch_only()
    {
        Agrees(new GraphText([1, 3]).Integers("a", 1).Node("y = Squeeze(x, a)"), "Reshape(3)");
        Agrees(new GraphText([3, 1], operatorSet: 11).Node("y = Squeeze(x)", OnnxAttribute.Of("axes", [-1L])), "Reshape(3)");
        Agrees(new GraphText([3]).Integers("a", 1, -1).Node("y = Unsqueeze(x, a)"), "Reshape(1, 3, 1)");
        Agrees(new GraphText([3], operatorSet: 11).Node("y = Unsqueeze(x)", OnnxAttribute.Of("axes", [2L])), "Reshape(3, 1)");
        Fails(new GraphText([1, 3]).Node("y = Squeeze(x)"), "*'n0' (Squeeze) names no axes*");
        Fails(new GraphText([1, 3], batch: 1).Integers("a", 0).Node("y = Squeeze(x, a)"), "*'n0' (Squeeze) removes the batch*");
        Fails(new GraphText([1, 3]).Integers("a", -1).Node("y = Squeeze(x, a)"), "*'n0' (Squeeze)*axis 2 of 3*3 places*");
        Fails(new GraphText([1, 3]).Integers("a", 3).Node("y = Squeeze(x, a)"), "*'n0' (Squeeze)*axis 3 of 3*");
        Fails(new GraphText([3]).Integers("a", 0).Node("y = Unsqueeze(x, a)"), "*'n0' (Unsqueeze)*before the batch*");
        Fails(new GraphText([3]).Integers("a", 1, 1).Node("y = Unsqueeze(x, a)"), "*'n0' (Unsqueeze)*twice*");
    }

    [Fact]
    public void Line08_a_transpose_that_moves_dimensions_of_one_is_a_reshape()
    {
        Agrees(new GraphText([1, 2, 3]).Node("y = Transpose(x)", OnnxAttribute.Of("perm", [0L, 2L, 1L, 3L])), "Reshape(2, 1, 3)");
        Agrees(new GraphText([2, 3]).Node("a = Transpose(x)", OnnxAttribute.Of("perm", [0L, 1L, 2L])).Node("y = Relu(a)"), "Relu()");
        Fails(new GraphText([2, 3]).Node("y = Transpose(x)", OnnxAttribute.Of("perm", [0L, 2L, 1L])), "*'n0' (Transpose)*another order*");
        Fails(new GraphText([1, 3]).Node("y = Transpose(x)", OnnxAttribute.Of("perm", [1L, 0L, 2L])), "*'n0' (Transpose) moves the batch*");
        Fails(new GraphText([1]).Node("y = Transpose(x)"), "*'n0' (Transpose) moves the batch*");
        Fails(new GraphText([2, 3]).Node("y = Transpose(x)", OnnxAttribute.Of("perm", [0L, 1L, 1L])), "*'n0' (Transpose)*order of 3 dimensions that is none*");
    }

    [Fact]
    public void Line08_zeros_in_a_shape_copy_or_are_zeros_as_allowzero_says()
    {
        Agrees(new GraphText([2, 3]).Integers("t", 0, 0, -1, 1).Node("y = Reshape(x, t)"), "Reshape(2, -1, 1)");
        Fails(new GraphText([2, 3]).Integers("t", 0, 6).Node("y = Reshape(x, t)", OnnxAttribute.Of("allowzero", 1L)), "*'n0' (Reshape)*[0, 6]*batch*");
        Fails(new GraphText([2, 3]).Integers("t", -1, 0).Node("y = Reshape(x, t)", OnnxAttribute.Of("allowzero", 1L)), "*'n0' (Reshape)*[-1, 0]*");
        Fails(new GraphText([2, 3]).Integers("t", -1, -1).Node("y = Reshape(x, t)"), "*'n0' (Reshape)*[-1, -1]*");
        Fails(new GraphText([6]).Integers("t", -1, 2, 0).Node("y = Reshape(x, t)"), "*'n0' (Reshape)*[-1, 2, 0]*");
    }

    [Fact]
    public void Line20_shapes_that_are_asked_for_between_a_product_and_its_bias_do_not_part_them()
    {
        GraphText graph = new GraphText([2, 3]).Floats("w", [3, 2], 1, 2, 3, 4, 5, 6).Floats("b", [2], 1, -1).Integers("i0", 0).Integers("minus", -1)
            .Node("p = MatMul(x, w)").Node("s = Shape(p)").Node("h = Add(p, b)").Node("n = Gather(s, i0)")
            .Node("t = Concat(n, minus)", OnnxAttribute.Of("axis", 0L)).Node("y = Reshape(h, t)");
        Agrees(graph, "Dense(2)", "Reshape(-1)");
    }

    private static Schema.TensorProto Single(string name, long value)
    {
        Schema.TensorProto tensor = TensorEncoding.Of(name, [value]);
        tensor.Dims.Clear();
        return tensor;
    }
}
