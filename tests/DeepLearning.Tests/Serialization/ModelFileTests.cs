using System.Runtime.InteropServices;
using CsCheck;
using DeepLearning.Tests.Contracts;

namespace DeepLearning.Tests.Serialization;

/// <summary>What a loaded model promises, over every row of <see cref="LayerContract"/> and for whole models.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Target => Path.Combine(folder.Path, "model.safetensors");

    public static TheoryData<int, string> Rows() => ContractRows.Of(LayerContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_loaded_layer_computes_the_same_bits(int index, string name)
    {
        LayerRow row = LayerContract.Rows[index];
        Sequential model = row.ModelOf(), loaded = RoundTrip(model, row.Kinds);
        Tensor x = row.Batch(3);

        loaded.ToString().Should().Be(model.ToString());
        loaded.Summary().Should().Be(model.Summary());
        loaded.Layers[0].Should().BeOfType(row.Layer.GetType());
        Bits(loaded.Predict(x)).Should().Equal(Bits(model.Predict(x)), name);
        Bits(loaded.Forward(x, training: true)).Should().Equal(Bits(model.Forward(x, training: true)), name);
    }

    [Fact]
    public void Settings_keep_every_bit()
        => Gen.Select(Gen.Float[0f, 0.999f], Gen.Float[0f, float.MaxValue], Gen.Double.Where(d => double.IsFinite(d) && d != 0)).Sample((rate, alpha, scale) =>
        {
            Sequential loaded = RoundTrip(Sequential.Input(1).Dropout(rate).Elu(alpha).LeakyRelu(alpha).Normalize([-scale], [scale]).Build());
            ((Dropout)loaded.Layers[0]).Rate.Should().Be(rate);
            ((Elu)loaded.Layers[1]).Alpha.Should().Be(alpha);
            ((LeakyRelu)loaded.Layers[2]).NegativeSlope.Should().Be(alpha);
            ((Normalization)loaded.Layers[3]).Offset.ToArray().Should().Equal(-scale);
            ((Normalization)loaded.Layers[3]).Scale.ToArray().Should().Equal(scale);
        }, iter: 300);

    [Fact]
    public async Task Files_streams_and_their_async_forms_hold_the_same_bytes()
    {
        Sequential model = Trained();
        using MemoryStream stream = new(), waiting = new();
        model.Save(Target);
        byte[] file = await File.ReadAllBytesAsync(Target);
        model.Save(stream);
        stream.ToArray().Should().Equal(file);
        await model.SaveAsync(waiting);
        waiting.ToArray().Should().Equal(file);
        await model.SaveAsync(Target + "2");
        (await File.ReadAllBytesAsync(Target + "2")).Should().Equal(file);
        foreach (Sequential loaded in new[]
        {
            Sequential.Load(Target), await Sequential.LoadAsync(Target),
            Sequential.Load(new ForwardStream(file)), await Sequential.LoadAsync(new ForwardStream(file)),
        }) Bits(loaded.Parameters[0].Value).Should().Equal(Bits(model.Parameters[0].Value));
    }

    [Fact]
    public void Seed_steps_and_class_names_come_back_and_a_further_Fit_goes_on()
    {
        Sequential whole = Network(), half = Network();
        Train(whole, 0, 4);
        Train(half, 0, 2);
        half.ClassNames = ["nein", "ja „“ \"\\"];

        Sequential loaded = RoundTrip(half);
        loaded.Seed.Should().Be(ulong.MaxValue);
        loaded.StepsTrained.Should().Be(half.StepsTrained).And.BeGreaterThan(0);
        loaded.ClassNames.Should().Equal(half.ClassNames);
        Train(loaded, 2, 4);
        foreach (Parameter parameter in whole.Parameters) Bits(loaded.Parameters[parameter.Name].Value).Should().Equal(Bits(parameter.Value), parameter.Name);
    }

    [Fact]
    public void Weights_that_are_not_numbers_come_back_as_they_were()
    {
        Sequential model = Network();
        model.Parameters[0].Value.AsSpan()[0] = BitConverter.Int32BitsToSingle(0x7FC01234);
        model.Parameters[0].Value.AsSpan()[1] = -0f;
        Bits(RoundTrip(model).Parameters[0].Value).Should().Equal(Bits(model.Parameters[0].Value));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        using MemoryStream once = new(), again = new();
        Trained().Save(once);
        Trained().Save(again);
        again.ToArray().Should().Equal(once.ToArray());
    }

    [Fact]
    public async Task A_save_in_another_thread_keeps_the_weights_of_its_call_and_can_be_cancelled()
    {
        Sequential model = Trained();
        int[] before = Bits(model.Parameters[0].Value);
        Task saving = model.SaveAsync(Target);
        model.Parameters[0].Value.AsSpan().Clear();
        await saving;
        Bits(Sequential.Load(Target).Parameters[0].Value).Should().Equal(before);

        Func<Task> cancelled = () => model.SaveAsync(Target, cancellationToken: new CancellationToken(true));
        await cancelled.Should().ThrowAsync<OperationCanceledException>();
        Bits(Sequential.Load(Target).Parameters[0].Value).Should().Equal(before);
    }

    [Fact]
    public void Fault50_a_write_that_fails_leaves_the_old_file_whichever_it_is()
    {
        Sequential old = Network(), changed = Sequential.Input(3).Dense(60_000).Dense(1).Build();
        old.Save(Target);
        byte[] before = File.ReadAllBytes(Target);
        int writes = 0;
        for (bool failed = true; failed; writes++)
        {
            failed = false;
            try
            {
                AtomicFile.Write(Target, stream => changed.Save(new FailingStream(stream, writes)));
            }
            catch (IOException e) when (e.Message.StartsWith("No space", StringComparison.Ordinal))
            {
                failed = true;
                File.ReadAllBytes(Target).Should().Equal(before);
                Directory.GetFiles(folder.Path).Should().Equal(Target);
            }
        }

        writes.Should().BeGreaterThan(5, "the header and each chunk of the tensors are writes");
        Sequential.Load(Target).OutputShape.Should().Equal(changed.OutputShape);
    }

    [Fact]
    public void Fault52_a_target_that_cannot_be_written_leaves_the_training_as_it_was()
    {
        Sequential whole = Network(), interrupted = Network();
        Train(whole, 0, 4);
        Train(interrupted, 0, 2);
        interrupted.Invoking(m => m.Save(folder.Path)).Should().Throw<IOException>();
        interrupted.Fit(Data(), Options(2, 4));
        Bits(interrupted.Parameters[0].Value).Should().Equal(Bits(whole.Parameters[0].Value));
    }

    public void Dispose() => folder.Dispose();

    private static Sequential RoundTrip(Sequential model, LayerKinds? kinds = null)
    {
        using var stream = new MemoryStream();
        model.Save(stream, kinds);
        stream.Position = 0;
        return Sequential.Load(stream, kinds);
    }

    private static int[] Bits(Tensor tensor) => MemoryMarshal.Cast<float, int>(tensor.Bits).ToArray();

    private static Sequential Network() => Sequential.Input(2).Dense(8).Relu().Dropout(0.3f).Dense(1).Sigmoid().Build(seed: ulong.MaxValue);

    private static Dataset Data() => Synthetic.Moons(40, seed: 1);

    private static FitOptions Options(int from, int to) => new() { InitialEpoch = from, Epochs = to, BatchSize = 16 };

    private static void Train(Sequential model, int from, int to) => model.Compile(new Sgd(0.1f), new BinaryCrossEntropy()).Fit(Data(), Options(from, to));

    private static Sequential Trained()
    {
        Sequential model = Network();
        Train(model, 0, 1);
        model.ClassNames = ["a", "b"];
        return model;
    }
}
