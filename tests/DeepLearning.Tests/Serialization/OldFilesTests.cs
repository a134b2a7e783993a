using DeepLearning.Tests.Architecture;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Serialization;

/// <summary>
/// Files that 0.1.0 wrote, one for each kind of layer and two checkpoints of <c>Fit</c>, made by commit 684ac3d: they load, and what is
/// saved today has the same bytes.
/// </summary>
public sealed class OldFilesTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static string Assets => Path.Combine(SourceTree.Root, "tests/DeepLearning.Tests/Serialization/Assets");

    private static IEnumerable<string> Files
        => Directory.GetFiles(Assets, "0.1.0-*.safetensors").Select(f => Path.GetFileName(f)).Where(f => !f.Contains("checkpoint", StringComparison.Ordinal));

    public static TheoryData<string> Models => [.. Files];

    [Fact]
    public void Every_kind_of_layer_has_a_file()
    {
        IEnumerable<Type> kinds = Files.Select(f => Sequential.Load(Path.Combine(Assets, f)).Layers[0].GetType());
        // A kind that comes later has no older file.
        typeof(Layer).Assembly.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Layer)) && !t.IsAbstract).Intersect(kinds).Should().HaveCount(21);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_is_loaded_and_saved_with_the_same_bytes(string file)
    {
        string old = Path.Combine(Assets, file);
        Sequential.Load(old).Save(folder[file]);
        File.ReadAllBytes(folder[file]).Should().Equal(File.ReadAllBytes(old));
    }

    [Fact]
    public void A_run_goes_on_from_an_old_checkpoint()
    {
        File.Copy(Path.Combine(Assets, "0.1.0-checkpoint-adam.safetensors"), folder["checkpoint-00000004.safetensors"]);
        Sequential model = Sequential.Input(2).Add(new Normalization([0, 1], [1, 2])).Dense(3).LeakyRelu().Dropout(0.1).Dense(1).Sigmoid().Build(seed: 1);
        model.Compile(
            new Adam { ClipNorm = 2, UseEma = true, ExcludeFromWeightDecay = ["bias"] }, new BinaryCrossEntropy(labelSmoothing: 0.1), new Accuracy(),
            new BinaryAccuracy(0.7, "at"), new MeanAbsoluteError());
        Tensor x = Tensor.RandomNormal([16, 2], seed: 1), y = Tensor.From([.. Enumerable.Range(0, 16).Select(i => i % 2f)], [16, 1]);
        History history = model.Fit(x, y, new FitOptions
        {
            Epochs = 3,
            BatchSize = 8,
            Checkpoint = new CheckpointOptions(folder.Path),
            Callbacks = [new EarlyStopping { Monitor = "loss", Patience = 9 }],
        });
        (Path.GetFileName(history.ResumedFrom), history.Epochs, (int)model.StepsTrained).Should().Be(("checkpoint-00000004.safetensors", 3, 6));
        history.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void What_differs_from_an_old_checkpoint_is_named_with_both_values()
    {
        File.Copy(Path.Combine(Assets, "0.1.0-checkpoint-softmax.safetensors"), folder["checkpoint-00000004.safetensors"]);
        Tensor x = Tensor.RandomNormal([16, 2], seed: 1);
        Tensor y = Tensor.From([.. Enumerable.Range(0, 48).Select(i => i / 3 % 3 == i % 3 ? 1f : 0f)], [16, 3]);
        var options = new FitOptions { Epochs = 3, BatchSize = 8, Checkpoint = new CheckpointOptions(folder.Path) };
        Sequential other = Sequential.Input(2).Dense(3, useBias: false).Softmax().Build(seed: 1)
            .Compile(new Adam { Beta1 = 0.8, AmsGrad = true }, new CategoricalCrossEntropy(), new Accuracy());
        other.Invoking(m => m.Fit(x, y, options)).Should().Throw<CheckpointMismatchException>().Which.Differences.Should().BeEquivalentTo(
            "Layer 1: Dense {\"units\":3,\"use_bias\":true} in the checkpoint, Dense {\"units\":3,\"use_bias\":false} in this run",
            "dense.bias: [3] in the checkpoint, nothing in this run",
            "Optimizer.Beta1: 0.9 in the checkpoint, 0.8 in this run",
            "Optimizer.AmsGrad: false in the checkpoint, true in this run",
            "Loss.LabelSmoothing: 0.1 in the checkpoint, 0 in this run");
    }

    public void Dispose() => folder.Dispose();
}
