using static DeepLearning.Onnx.Tests.Agreement;

namespace DeepLearning.Onnx.Tests.Layers;

public sealed class SoftmaxOnnxTests
{
    [Theory]
    [InlineData("Softmax", 17)]
    [InlineData("LogSoftmax", 17)]
    [InlineData("Softmax", 11)]
    public void Line08_a_softmax_over_the_batch_is_refused(string name, int operatorSet)
    {
        // Of samples without a dimension the last axis is the batch: 1 alone, 0.0007 among a thousand.
        Fails(new GraphText([], operatorSet).Node($"y = {name}(x)", OnnxAttribute.Of("axis", -1L)), $"*'n0' ({name})*the batch*");
        Fails(new GraphText([], operatorSet).Node($"y = {name}(x)", OnnxAttribute.Of("axis", 0L)), $"*'n0' ({name})*the batch*");
        Fails(new GraphText([2, 3], operatorSet).Node($"y = {name}(x)", OnnxAttribute.Of("axis", 0L)), $"*'n0' ({name})*the batch*");
        Fails(new GraphText([2, 3], operatorSet).Node($"y = {name}(x)", OnnxAttribute.Of("axis", -3L)), $"*'n0' ({name})*the batch*");
        Fails(new GraphText([2, 3], operatorSet).Node($"y = {name}(x)", OnnxAttribute.Of("axis", 3L)), $"*'n0' ({name})*axis 3 of 3*");
    }

    [Fact]
    public void Line08_the_default_axis_of_samples_without_a_dimension_is_refused()
    {
        Fails(new GraphText([]).Node("y = Softmax(x)"), "*'n0' (Softmax)*the batch*");
        Fails(new GraphText([], operatorSet: 11).Node("y = Softmax(x)"), "*'n0' (Softmax) names no axis, which means axis 1*the batch alone*");
        Fails(new GraphText([], operatorSet: 11).Node("y = Softmax(x)", OnnxAttribute.Of("axis", 1L)), "*'n0' (Softmax) names the axis 1 of 1*");
    }

    [Fact]
    public void Line08_before_operator_set_13_everything_from_the_axis_on_is_one_vector()
    {
        Agrees(new GraphText([2, 3], operatorSet: 11).Node("y = Softmax(x)"), "Reshape(6)", "Softmax()", "Reshape(2, 3)");
        Agrees(new GraphText([2, 3], operatorSet: 12).Node("y = LogSoftmax(x)", OnnxAttribute.Of("axis", -2L)), "Reshape(6)", "LogSoftmax()", "Reshape(2, 3)");
        Agrees(new GraphText([2, 3, 4], operatorSet: 11).Node("y = Softmax(x)", OnnxAttribute.Of("axis", 2L)),
            "Reshape(2, 12)", "Softmax()", "Reshape(2, 3, 4)");
        Agrees(new GraphText([2, 3], operatorSet: 11).Node("y = Softmax(x)", OnnxAttribute.Of("axis", 2L)), "Softmax()");
        // Since then along that axis alone.
        Agrees(new GraphText([2, 3], operatorSet: 13).Node("y = Softmax(x)", OnnxAttribute.Of("axis", 1L)), "Softmax(-2)");
        Agrees(new GraphText([2, 3, 4]).Node("y = LogSoftmax(x)", OnnxAttribute.Of("axis", -3L)), "LogSoftmax(-3)");
        Agrees(new GraphText([2, 3], operatorSet: 13).Node("y = Softmax(x)"), "Softmax()");
    }

    [Fact]
    public void Line08_dimensions_of_one_behind_the_axis_change_nothing()
        => Agrees(new GraphText([3, 1, 1]).Node("y = Softmax(x)", OnnxAttribute.Of("axis", 1L)), "Reshape(3)", "Softmax()", "Reshape(3, 1, 1)");
}
