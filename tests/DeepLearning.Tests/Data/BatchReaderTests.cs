namespace DeepLearning.Tests.Data;

/// <summary>Batches that a thread reads ahead.</summary>
public sealed class BatchReaderTests
{
    /// <summary>Long enough for any machine; what waits so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dataset Data = new(Tensor.Range(100).Reshape(100, 1), Tensor.Range(100, 100f), Tensor.Range(100, 1f));

    private static string Text(Batch batch)
        => string.Join(' ', batch.InputTensors.Concat(batch.TargetTensors).Append(batch.SampleWeights!).Select(t => t is null ? "none" : $"{t.Shape} {t}"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void The_same_batches_come_in_the_same_order(int count)
    {
        var position = new EpochPosition { BatchSize = 8, Shuffle = true, Random = new RandomStream(3), Batches = 1, Samples = 8 };
        BatchSource ahead = Data.Prefetch(count);
        string[] expected = [.. Data.Epoch(position).Select(Text)];
        ahead.BatchesPerEpoch(8).Should().Be(13);
        ahead.Epoch(position).Select(Text).Should().Equal(expected);
        Data.Epoch(position).ToList().Select(Text).Should().Equal(expected, "they may be kept");
        ahead.Epoch(position).ToList().Select(Text).Should().Equal(expected, "they may be kept");
        var buffers = new BatchBuffers();
        for (int epoch = 0; epoch < 3; epoch++) ahead.RecycledEpoch(position, buffers).Select(Text).Should().Equal(expected);
        ahead.RecycledEpoch(position, buffers).Distinct().Count().Should().BeLessThanOrEqualTo(count + 2, "the last one, which is shorter, has a place too");
    }

    [Fact]
    public void Batches_that_differ_in_shape_number_and_weights_come_as_they_are()
    {
        Tensor a = Tensor.Range(6).Reshape(3, 2), b = Tensor.Range(3, 5f);
        Batch[] all =
        [
            new(a, b), new([a, b], [b]), new(a, [1, 2, 0]), new(a, [b, b]), new(a, b, Tensor.Ones([3])), new(a.Slice(0, 0, 2), Tensor.Zeros([2])), new(b, a), new(a, b),
            .. new Dataset(a, [1, 2, 0]) { ClassNames = ["x", "y", "z"] }.Batches(3),
        ];
        BatchSource ahead = BatchSource.Of([.. all, .. all]).Prefetch(1);
        ahead.RecycledEpoch(new EpochPosition(), new BatchBuffers()).Select(Text).Should().Equal(all.Concat(all).Select(Text));
        ahead.RecycledEpoch(new EpochPosition(), new BatchBuffers()).Select(batch => (batch.ClassLabels, batch.ClassNames))
            .Should().Equal(all.Concat(all).Select(batch => (batch.ClassLabels, batch.ClassNames)));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void What_waits_and_what_is_worked_on_is_not_written_to_while_the_thread_is_ahead(int count, bool recycles)
    {
        using var asked = new SemaphoreSlim(0);
        int made = 0;
        BatchSource ahead = BatchSource.Of(Refilled()).Prefetch(count);
        IEnumerable<Batch> batches = recycles ? ahead.RecycledEpoch(new EpochPosition(), new BatchBuffers()) : ahead.Epoch(new EpochPosition());
        int seen = 0;
        foreach (Batch batch in batches)
        {
            // Until the thread is as far ahead as it may be: one batch for each place, the last of which it may still be copying.
            for (int waits = seen == 0 ? count + 1 : seen + count < 20 ? 1 : 0; waits > 0; waits--) asked.Wait(Patience).Should().BeTrue();
            Volatile.Read(ref made).Should().BeLessThanOrEqualTo(seen + count + 1);
            batch.Inputs.ToArray().Should().AllBeEquivalentTo((float)seen);
            seen++;
        }

        seen.Should().Be(20);

        IEnumerable<Batch> Refilled()
        {
            Tensor x = Tensor.Zeros([4, 3]);
            var only = new Batch(x, Tensor.Zeros([4]));
            for (int i = 0; i < 20; i++)
            {
                x.AsSpan().Fill(i);
                Interlocked.Increment(ref made);
                asked.Release();
                yield return only;
            }
        }
    }

    [Fact]
    public void What_the_source_throws_comes_in_the_place_of_its_batch()
    {
        var failure = new IOException("of the disk");
        var seen = new List<int>();
        FluentActions.Invoking(() =>
        {
            foreach (Batch batch in BatchSource.Of(Failing()).Prefetch(4).Epoch(new EpochPosition())) seen.Add(batch.Count);
        }).Should().Throw<IOException>().Which.Should().BeSameAs(failure);
        seen.Should().Equal(10, 10, 10);
        var unopened = new Unopened(failure);
        unopened.Invoking(u => u.Prefetch().Epoch(new EpochPosition()).Count()).Should().Throw<IOException>().Which.Should().BeSameAs(failure);

        IEnumerable<Batch> Failing()
        {
            foreach (Batch batch in Data.Batches(10).Take(3)) yield return batch;
            throw failure;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Leaving_early_stops_the_thread_and_disposes_the_source(bool throws)
    {
        (Thread? thread, bool disposed) = (null, false);
        var leave = () =>
        {
            foreach (Batch _ in BatchSource.Of(Endless()).Prefetch(2).Epoch(new EpochPosition()))
            {
                if (throws) throw new TimeoutException();
                break;
            }
        };
        if (throws) leave.Should().Throw<TimeoutException>();
        else leave();
        disposed.Should().BeTrue();
        thread!.Join(TimeSpan.Zero).Should().BeTrue("its end was waited for");
        thread.Should().NotBeSameAs(Thread.CurrentThread);

        IEnumerable<Batch> Endless()
        {
            thread = Thread.CurrentThread;
            try
            {
                while (true) yield return new Batch(Tensor.Zeros([1, 1]), Tensor.Zeros([1]));
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact]
    public void A_failure_behind_the_batch_at_which_a_loop_ends_is_not_thrown()
    {
        using var failed = new ManualResetEventSlim();
        foreach (Batch _ in BatchSource.Of(Failing()).Prefetch(2).Epoch(new EpochPosition()))
        {
            failed.Wait(Patience).Should().BeTrue();
            break;
        }

        IEnumerable<Batch> Failing()
        {
            yield return Data.Batches(10).First();
            failed.Set();
            throw new IOException();
        }
    }

    [Fact]
    public void Cancelling_ends_the_wait_for_a_batch()
    {
        using var cancels = new CancellationTokenSource();
        var source = new Waiting(cancels);
        source.Invoking(s => s.Prefetch().Epoch(new EpochPosition { Cancellation = cancels.Token }).Count()).Should().Throw<OperationCanceledException>();
        source.Ended.Should().BeTrue();
    }

    [Fact]
    public void Leaving_cancels_a_source_that_waits()
    {
        var source = new Waiting(null);
        source.Prefetch().Epoch(new EpochPosition()).First().Count.Should().Be(1);
        source.Ended.Should().BeTrue();
    }

    [Fact]
    public void A_null_batch_comes_as_null()
        => BatchSource.Of([null!, Data.Batches(1).First()]).Prefetch().Epoch(new EpochPosition()).Select(b => b?.Count).Should().Equal(null, 1);

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void At_least_one_batch_is_read_ahead(int count)
        => Data.Invoking(d => d.Prefetch(count)).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*got {count}*");

    [Fact]
    public void It_is_the_source_that_it_reads()
    {
        var named = new Dataset(Tensor.Zeros([2, 2]), [0, 1]) { FeatureNames = ["a", "b"] };
        BatchSource twice = named.Prefetch().Prefetch();
        twice.FeatureNames.Should().Equal("a", "b");
        twice.InMemory.Should().BeSameAs(named);
        BatchSource.Of([]).Prefetch().InMemory.Should().BeNull();
        twice.Epoch(new EpochPosition { BatchSize = 1 }).Count().Should().Be(2);
    }

    /// <summary>Cannot even be opened.</summary>
    private sealed class Unopened(Exception failure) : BatchSource
    {
        public override IEnumerable<Batch> Epoch(EpochPosition position) => throw failure;
    }

    /// <summary>Gives one batch, and then waits until it is cancelled.</summary>
    private sealed class Waiting(CancellationTokenSource? cancels) : BatchSource
    {
        public bool Ended { get; private set; }

        public override IEnumerable<Batch> Epoch(EpochPosition position)
        {
            yield return Data.Batches(1).First();
            cancels?.Cancel();
            Ended = position.Cancellation.WaitHandle.WaitOne(Patience);
            position.Cancellation.ThrowIfCancellationRequested();
        }
    }
}
