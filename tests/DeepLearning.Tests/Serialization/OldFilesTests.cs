using DeepLearning.Tests.Architecture;
using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

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

    [Theory]
    [InlineData("0.1.0-checkpoint-adam.safetensors")]
    [InlineData("0.1.0-checkpoint-softmax.safetensors")]
    public void A_run_that_0_1_0_began_is_refused_with_the_reason_and_its_weights_load(string file)
    {
        string checkpoint = folder["checkpoint-00000004.safetensors"];
        File.Copy(Path.Combine(Assets, file), checkpoint);
        Sequential model = Sequential.Load(checkpoint), other = Sequential.Load(checkpoint);
        model.Compile(new Adam(), model.OutputShape.Size == 1 ? new BinaryCrossEntropy() : new CategoricalCrossEntropy());
        int[] before = model.Bits();
        Tensor x = Tensor.RandomNormal([16, 2], seed: 1), y = Tensor.Zeros(model.OutputShape.Prepend(16));
        for (int i = 0; i < 16; i++) y[i, 0] = 1;
        var options = new FitOptions { Epochs = 3, BatchSize = 8, Checkpoint = new CheckpointOptions(folder.Path) };
        model.Invoking(m => m.Fit(x, y, options)).Should().Throw<CheckpointMismatchException>().WithMessage("*begun by version 0.1.0*random numbers*names*Load*");
        model.Invoking(m => m.LoadCheckpoint(checkpoint)).Should().Throw<CheckpointMismatchException>().WithMessage("*0.1.0*");
        model.Bits().Should().Equal(before);
        other.Parameters[0].Value.AsSpan().Clear();
        other.LoadWeights(checkpoint);
        other.Bits().Should().Equal(before);
    }

    public void Dispose() => folder.Dispose();
}
