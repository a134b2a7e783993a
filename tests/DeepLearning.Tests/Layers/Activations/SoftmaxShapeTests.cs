namespace DeepLearning.Tests.Layers.Activations;

/// <summary>Softmaxes over the wrong thing: over the rows of a batch, or over one value.</summary>
public sealed class SoftmaxShapeTests
{
    private const string YesOrNo = "*Dense(1).Sigmoid() with BinaryCrossEntropy, or Dense(2).Softmax()*";

    [Fact]
    public void Line08_a_softmax_of_samples_without_a_dimension_is_refused_at_Build()
    {
        SequentialBuilder[] builders =
        [
            Sequential.Input(3).Dense(1).Reshape().Softmax(), Sequential.Input(3).Dense(1).Reshape().LogSoftmax(), Sequential.Input().Softmax(),
            Sequential.Input(3).Dense(1).Reshape().Relu().Softmax().Reshape(1).Dense(2),
        ];
        foreach (SequentialBuilder builder in builders)
            builder.Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>()
                .WithMessage("*oftmax()*[batch, …, classes]*single number*rows of the batch*Sigmoid()*");
        FluentActions.Invoking(() => GradientCheck.Verify(new Softmax(), Shape.Scalar)).Should().Throw<ShapeMismatchException>();
    }

    [Fact]
    public void Line08_a_loss_of_classes_refuses_an_output_without_a_dimension()
    {
        Loss[] losses = [new CategoricalCrossEntropy { FromLogits = true }, new SparseCategoricalCrossEntropy { FromLogits = true }];
        foreach (Loss loss in losses)
        {
            Sequential.Input(3).Dense(1).Reshape().Build().Invoking(m => m.Compile(new Sgd(), loss))
                .Should().Throw<ArgumentException>().WithMessage($"*{loss.Name}*[batch, classes], got [batch]*");
            loss.Invoking(l => l.Compute(Tensor.Zeros([3]), Tensor.Zeros([3])))
                .Should().Throw<ShapeMismatchException>().WithMessage("*[batch, classes], got [3]*");
            loss.Invoking(l => l.Validate(Tensor.Zeros([3]), Shape.Scalar))
                .Should().Throw<ShapeMismatchException>().WithMessage("*[batch, classes], got [batch]*");
        }
    }

    [Fact]
    public void Line08_accuracies_of_classes_refuse_predictions_without_a_dimension()
    {
        MeanMetric[] metrics = [new CategoricalAccuracy(), new SparseCategoricalAccuracy()];
        foreach (MeanMetric metric in metrics)
            FluentActions.Invoking(() => metric.PerSample(Tensor.Zeros([3]), Tensor.Zeros([3]), new float[3]))
                .Should().Throw<ShapeMismatchException>().WithMessage($"*{metric.Name}*[batch, classes], got [3]*");
    }

    [Fact]
    public void Line08_a_custom_loss_that_goes_over_the_rows_of_the_batch_is_refused()
        => new OverRows().Invoking(l => l.Compute(Tensor.Zeros([3, 2]), Tensor.Zeros([3, 2]))).Should().Throw<ShapeMismatchException>()
            .WithMessage("*one value per sample, [3], but PerSample returned shape [2]*");

    public static TheoryData<SequentialBuilder, Loss, string> Constant => new()
    {
        { Sequential.Input(3).Dense(1).Softmax(), new MeanSquaredError(), "*layer 2 (Softmax())*[batch, 1]*gives 1 for every input*" },
        { Sequential.Input(3).Dense(1).Softmax(), new SparseCategoricalCrossEntropy(), "*layer 2 (Softmax())*[batch, 1]*" },
        { Sequential.Input(3).Dense(1).Softmax(), new BinaryCrossEntropy(), "*layer 2 (Softmax())*[batch, 1]*" },
        { Sequential.Input(3).Dense(1).LogSoftmax(), new MeanSquaredError(), "*layer 2 (LogSoftmax())*gives 0 for every input*" },
        { Sequential.Input(3).Dense(1).Softmax().Dense(4), new MeanSquaredError(), "*layer 2 (Softmax())*" },
        { Sequential.Input(3, 1).Softmax().Flatten().Dense(4), new MeanSquaredError(), "*layer 1 (Softmax())*[batch, 3, 1]*" },
    };

    [Theory]
    [MemberData(nameof(Constant))]
    public void FoundT14_a_softmax_over_one_value_is_refused_at_Compile(SequentialBuilder builder, Loss loss, string message)
    {
        Sequential model = builder.Build();

        model.Invoking(m => m.Compile(new Sgd(), loss)).Should().Throw<ArgumentException>().WithMessage(message).WithMessage(YesOrNo);
        model.Invoking(m => m.Fit(new Dataset(Tensor.Zeros(model.InputShape.Prepend(2)), Tensor.Zeros([2]))))
            .Should().Throw<InvalidOperationException>().WithMessage("*not compiled*");
    }

    [Fact]
    public void FoundT14_a_loss_of_a_single_class_is_refused()
    {
        Loss[] losses = [new CategoricalCrossEntropy { FromLogits = true }, new SparseCategoricalCrossEntropy { FromLogits = true }];
        foreach (Loss loss in losses)
        {
            Sequential.Input(3).Dense(1).Build().Invoking(m => m.Compile(new Sgd(), loss))
                .Should().Throw<ArgumentException>().WithMessage("*always 0*[batch, 1]*").WithMessage(YesOrNo);
            Sequential.Input(3).Dense(1).Build().Invoking(m => m.Compile(new Sgd(), new MeanSquaredError(), loss))
                .Should().Throw<ArgumentException>().WithMessage(YesOrNo);
            loss.Invoking(l => l.Compute(Tensor.Zeros([2, 1]), Tensor.Zeros([2, 1]))).Should().Throw<ArgumentException>().WithMessage("*always 0*[2, 1]*");
        }
    }

    private sealed class OverRows : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => (predictions - targets).Square().Mean(0);
    }
}
