namespace DeepLearning.Tests.Training;

public sealed class HistoryTests
{
    [Fact]
    public void Line21_a_history_is_a_list_of_epochs_with_their_figures()
    {
        Sequential model = Sequential.Input(2).Dense(2).Softmax().Build(seed: 1).Compile(new Sgd(0.1), new SparseCategoricalCrossEntropy(), new Accuracy());
        History history = model.Fit(Synthetic.Moons(40, seed: 1), new FitOptions(epochs: 3) { ValidationSplit = 0.25 });
        int expected = 0;
        foreach (EpochProgress epoch in history)
        {
            (epoch.Epoch, epoch.Epochs).Should().Be((expected, 3));
            epoch["loss"].Should().Be(history["loss"][expected]);
            epoch.Figures.Keys.Should().Equal(history.Names);
            expected++;
        }

        (expected, history.Count).Should().Be((3, 3));
        history[^1]["val_accuracy"].Should().Be(history["val_accuracy"][^1]);
        history.MinBy(e => e["val_loss"])!.Epoch.Should().BeInRange(0, 2);
        history[0].ToString().Should().MatchRegex(@"^epoch 1/3: loss \d\.\d{4}, accuracy \d\.\d{4}, val_loss \d\.\d{4}, val_accuracy \d\.\d{4}$");
        history[1].Invoking(e => e["f1"]).Should().Throw<KeyNotFoundException>()
            .WithMessage("No figure is named 'f1'. Available: loss, accuracy, val_loss, val_accuracy.");
        history.Invoking(h => h[3]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("3 epochs were trained: expected an epoch from 0 to 2, got 3.*");
        history.Invoking(h => h[-1]).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Line10_a_history_without_epochs_says_that_there_is_none()
    {
        History history = TrainingCases.Line().Fit(TrainingCases.Plane(4), new FitOptions { Epochs = 0 });
        history.Invoking(h => h[^1]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("No epoch was trained*");
        history.Invoking(h => h["acc"]).Should().Throw<KeyNotFoundException>().WithMessage("No figure is named 'acc'. Available: loss.");
    }
}
