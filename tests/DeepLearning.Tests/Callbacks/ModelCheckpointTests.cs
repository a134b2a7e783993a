using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class ModelCheckpointTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ResumeCase run = new();

    [Fact]
    public void Each_epoch_gives_a_file_named_by_its_number_and_figures()
    {
        var callback = new ModelCheckpoint(folder["models/digits-{epoch:000}-{val_loss:0.0000}.safetensors"]);
        (Sequential model, History history) = run.Run(null, callback);
        string[] expected = [.. history["val_loss"].Select((v, i) => FormattableString.Invariant($"digits-{i + 1:000}-{v:0.0000}.safetensors"))];
        new DirectoryInfo(folder["models"]).GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal).Should().Equal(expected);
        callback.LastPath.Should().EndWith(expected[^1]);
        Sequential.Load(callback.LastPath!).Bits().Should().Equal(model.Bits());
    }

    [Fact]
    public void Only_the_best_is_saved_where_that_is_asked_for()
    {
        var each = new ModelCheckpoint(folder["{epoch}.safetensors"]);
        var best = new ModelCheckpoint(folder["best.safetensors"]) { SaveBestOnly = true, Monitor = "accuracy", Mode = MonitorMode.Min };
        (_, History history) = run.Run(null, each, best);
        int worst = 1 + history["accuracy"].ToList().IndexOf(history["accuracy"].Min());
        Sequential.Load(folder["best.safetensors"]).Bits().Should().Equal(Sequential.Load(folder[$"{worst}.safetensors"]).Bits());
    }

    [Fact]
    public void A_figure_that_is_never_better_than_the_threshold_saves_nothing()
    {
        var callback = new ModelCheckpoint(folder["best.safetensors"]) { SaveBestOnly = true, InitialValueThreshold = 0f };
        run.Run(null, callback);
        callback.LastPath.Should().BeNull();
        folder.Files.Should().BeEmpty();
    }

    [Fact]
    public void A_run_that_is_taken_up_remembers_what_was_best()
    {
        Callback Best() => new ModelCheckpoint(folder["best.safetensors"]) { SaveBestOnly = true, Monitor = "loss", Mode = MonitorMode.Max };
        (Sequential _, History history) = run.Run(null, Best(), new Interruption(0));
        int[] best = Sequential.Load(folder["best.safetensors"]).Bits();
        history["loss"].Max().Should().Be(history["loss"].Take(2).Max(), "or the second half would overwrite it anyway");
        var checkpoint = new CheckpointOptions(folder["run"]);
        run.Invoking(r => r.Run(checkpoint, Best(), new Interruption(12))).Should().Throw<TimeoutException>();
        run.Run(checkpoint, Best(), new Interruption(0));
        Sequential.Load(folder["best.safetensors"]).Bits().Should().Equal(best);
        run.Invoking(r => r.Run(checkpoint, new ModelCheckpoint(folder["b"]) { SaveBestOnly = true }, new Interruption(0)))
            .Should().Throw<InvalidOperationException>().WithMessage("*val_loss*loss*");
    }

    [Fact]
    public void Line18_layers_of_the_user_s_own_are_saved_by_the_kinds_that_are_given()
    {
        ResumeCase own = run with { Model = () => Sequential.Input(4).Add(new Halves()).Dense(3).Softmax().Build() };
        own.Invoking(r => r.Run(null, new ModelCheckpoint(folder["model"]))).Should().Throw<InvalidOperationException>()
            .WithMessage("*layer 1 (Halves()) has no name in files: set ModelCheckpoint.LayerKinds to LayerKinds.BuiltIn.With(\"Halves\", write, read)*Load*");
        LayerKinds kinds = LayerKinds.BuiltIn.With("Halves", (Halves _, Settings _) => { }, _ => new Halves());
        Sequential trained = own.Run(null, new ModelCheckpoint(folder["model"]) { LayerKinds = kinds }).Model;
        Sequential.Load(folder["model"], kinds).Bits().Should().Equal(trained.Bits());
        FluentActions.Invoking(() => new ModelCheckpoint("a") { LayerKinds = null! }).Should().Throw<ArgumentNullException>().WithMessage("*LayerKinds*");
    }

    [Fact]
    public void A_path_that_cannot_be_filled_and_a_figure_that_is_not_there_throw_before_training()
    {
        FluentActions.Invoking(() => new ModelCheckpoint("")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new ModelCheckpoint("a-{epoch")).Should().Throw<ArgumentException>().WithMessage("*a-{epoch*brace*");
        FluentActions.Invoking(() => new ModelCheckpoint("a-{val_loss:D3}")).Should().Throw<ArgumentException>().WithMessage("*cannot write val_loss*'D3'*");
        FluentActions.Invoking(() => new ModelCheckpoint("a-{epoch:Q}")).Should().Throw<ArgumentException>().WithMessage("*cannot write epoch*'Q'*");
        run.Invoking(r => r.Run(null, new ModelCheckpoint("a-{val_los}"))).Should().Throw<ArgumentException>().WithMessage("*a-{val_los}*val_los*val_loss*");
        run.Invoking(r => r.Run(null, new ModelCheckpoint("a") { SaveBestOnly = true, Monitor = "val_precision" }))
            .Should().Throw<ArgumentException>().WithMessage("*ModelCheckpoint monitors val_precision*");
    }

    public void Dispose() => folder.Dispose();

    private sealed class Halves : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x * 0.5f;
    }
}
