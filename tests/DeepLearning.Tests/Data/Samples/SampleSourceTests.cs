using System.Runtime.CompilerServices;

namespace DeepLearning.Tests.Data.Samples;

public sealed class SampleSourceTests
{
    private static readonly EpochPosition Training = new() { Shuffle = true, Random = new RandomStream(7, 1, 3), Epoch = 3, BatchSize = 4 };

    /// <summary>Sources of the samples 0 … n − 1: by number, and from their start.</summary>
    public static TheoryData<string> Kinds => [.. AllKinds];

    private static readonly string[] AllKinds = ["by index", "sequence", "async", "data set", "batches"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_source_gives_its_samples_in_order_and_in_batches_of_the_run(string kind)
    {
        SampleSource source = Source(kind, 10);
        Numbers(source.Samples()).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        source.Epoch(Training).Select(b => b.Count).Should().Equal(4, 4, 2);
        Numbers(source.Epoch(Training)).Should().Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "sources do not shuffle by themselves");
        Numbers(source.RecycledEpoch(Training, new BatchBuffers())).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        source.Epoch(Training).First().Targets.ToArray().Should().Equal(100, 101, 102, 103);
    }

    /// <summary>Pipelines, of which each must go on from any sample as if it had not been interrupted.</summary>
    public static TheoryData<string> Pipelines => [.. Named.Keys];

    private static readonly Dictionary<string, Func<SampleSource, SampleSource>> Named = new()
    {
        ["nothing"] = s => s,
        ["map"] = s => s.Map(x => x.WithInput(Doubled(x.Input))),
        ["random map"] = s => s.Map(Noisy),
        ["random map on threads"] = s => s.Map(Noisy, threads: 3),
        ["filter"] = s => s.Where(x => x.Input[0] % 3 != 0),
        ["filter, then shuffle"] = s => s.Where(x => x.Input[0] % 3 != 0).Shuffle(4),
        ["shuffle by a buffer"] = s => s.Shuffle(5),
        ["shuffle by a large buffer"] = s => s.Shuffle(500),
        ["take and skip"] = s => s.Skip(3).Take(9),
        ["repeat"] = s => s.Shuffle(4).Repeat(3),
        ["repeat without end"] = s => s.Map(Noisy).Repeat().Take(50),
        ["zip"] = s => s.Map(Noisy).Zip(s.Map(Noisy), (a, b) => a.WithInputs(a.Input, b.Input)),
        ["concat"] = s => s.Concat(s.Map(Noisy)).Shuffle(3),
        ["interleave"] = s => SampleSource.Interleave([s, s.Take(3), s.Skip(5)], block: 2),
        ["cache"] = s => s.Where(x => x.Input[0] > 2).Cache().Shuffle(4).Map(Noisy),
        ["names"] = s => s.Named(["a"], null),
    };

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void An_epoch_goes_on_from_any_place_with_the_samples_that_remain(string name)
    {
        foreach (string kind in AllKinds)
        {
            SampleSource source = Named[name](Source(kind, 17));
            float[][] whole = [.. source.Epoch(Training).Select(Values)];
            whole.Length.Should().BeGreaterThan(1, kind);
            long samples = 0;
            for (int b = 0; b < whole.Length; b++)
            {
                // A source of its own, as in a resumed run.
                SampleSource again = Named[name](Source(kind, 17));
                float[][] rest = [.. again.Epoch(Training with { Batches = b, Samples = samples }).Select(Values)];
                rest.Should().BeEquivalentTo(whole[b..], o => o.WithStrictOrdering(), "{0} from batch {1}", kind, b);
                samples += source.Epoch(Training).ElementAt(b).Count;
            }

            source.Epoch(Training with { Batches = whole.Length, Samples = samples }).Should().BeEmpty();
            if (source.Count is { } count) count.Should().Be(samples);
            source.SamplesIn(whole.Length, 4).Should().Be(source.Count);
        }
    }

    [Fact]
    public void Epochs_differ_where_steps_are_random_and_the_same_epoch_does_not()
    {
        foreach ((string name, Func<SampleSource, SampleSource> steps) in Named)
        {
            SampleSource source = steps(Source("sequence", 17));
            float[] one = All(Training), same = All(Training), next = All(Training with { Random = new RandomStream(7, 1, 4) });
            one.Should().Equal(same, name);
            bool random = name.Contains("random", StringComparison.Ordinal) || name is "repeat" or "zip" or "concat" or "cache" or "repeat without end"
                || name.Contains("shuffle", StringComparison.Ordinal);
            one.SequenceEqual(next).Should().Be(!random, name);

            float[] All(EpochPosition position) => [.. source.Epoch(position).SelectMany(Values)];
        }
    }

    [Fact]
    public void Random_numbers_are_of_the_sample_and_no_two_steps_share_them()
    {
        SampleSource source = Source("by index", 6);
        static Sample Drawn(Sample sample, RandomStream random)
        {
            var number = new float[1];
            random.FillUniform(number);
            return sample.WithInput(number);
        }

        float[] once = Numbers(source.Map(Drawn).Samples(Training));
        once.Distinct().Should().HaveCount(6);
        Numbers(source.Map(Drawn, threads: 2).Samples(Training)).Should().Equal(once, "threads change nothing");
        float[][] pairs = [.. source.Map(Drawn).Zip(source.Map(Drawn), (a, b) => a.WithInputs(a.Input, b.Input)).Samples(Training)
            .Select(s => new[] { s.InputTensors[0].ToScalar(), s.InputTensors[1].ToScalar() })];
        pairs.Should().AllSatisfy(p => p[0].Should().NotBe(p[1]));
        float[] twice = Numbers(source.Map(Drawn).Repeat(2).Samples(Training));
        twice.Distinct().Should().HaveCount(12);
    }

    [Fact]
    public void A_shuffle_gives_every_sample_once_and_only_where_the_position_shuffles()
    {
        foreach (string kind in AllKinds)
        {
            SampleSource source = Source(kind, 100).Shuffle(10);
            float[] order = Numbers(source.Epoch(Training));
            order.Should().NotBeInAscendingOrder().And.BeEquivalentTo(Enumerable.Range(0, 100).Select(i => (float)i));
            for (int i = 0; i < order.Length; i++) order[i].Should().BeLessThan(i + 10 + 1, "a sample comes at most 10 places earlier");
            Numbers(source.Epoch(new EpochPosition())).Should().BeInAscendingOrder();
        }
    }

    [Fact]
    public void Every_order_of_a_whole_shuffle_is_equally_likely()
    {
        foreach (SampleSource source in new[] { Source("by index", 3).Shuffle(), Source("sequence", 3).Shuffle(3) })
        {
            var counts = new Dictionary<string, int>();
            for (ulong epoch = 0; epoch < 6000; epoch++)
            {
                string order = string.Join(' ', Numbers(source.Samples(Training with { Random = new RandomStream(1, 0, epoch) })));
                counts[order] = counts.GetValueOrDefault(order) + 1;
            }

            counts.Should().HaveCount(6);
            // 1000 are expected of each, with a standard deviation of 29: five of them.
            counts.Values.Should().AllSatisfy(c => c.Should().BeInRange(855, 1145));
        }
    }

    [Fact]
    public void A_whole_shuffle_reads_by_number_and_refuses_what_can_only_be_read_from_its_start()
    {
        SampleSource source = Source("by index", 50).Map(x => x.WithInput(Doubled(x.Input))).Skip(10).Take(30).Shuffle();
        Numbers(source.Samples(Training)).Should().NotBeInAscendingOrder().And.BeEquivalentTo(Enumerable.Range(10, 30).Select(i => 2f * i));
        Source("data set", 5).Concat(Source("by index", 3)).Shuffle().Samples(Training).Should().HaveCount(8);
        Source("sequence", 5).Invoking(s => s.Shuffle()).Should().Throw<InvalidOperationException>().WithMessage("*Shuffle(buffer)*");
        Source("by index", 5).Where(_ => true).Invoking(s => s.Shuffle()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void A_failure_of_a_step_names_the_sample_and_the_epoch()
    {
        static Sample Fail(Sample sample) => sample.Input[0] == 5 ? throw new FormatException("no digit") : sample;
        foreach (int threads in new[] { 1, 3 })
        {
            SampleException failure = Source("sequence", 9).Map(Fail, threads).Invoking(s => s.Epoch(Training).Count()).Should().Throw<SampleException>().Which;
            (failure.Sample, failure.Epoch, failure.Message).Should().Be((5, 3, "Map failed at sample 5 of epoch 3, both counted from 0: no digit"));
            failure.InnerException.Should().BeOfType<FormatException>();
        }

        Source("sequence", 9).Where(s => Fail(s).Input[0] > 2).Invoking(s => s.Samples().Count()).Should().Throw<SampleException>()
            .WithMessage("Where failed at sample 5 *");
        Source("by index", 9).Zip(Source("by index", 9), (a, b) => Fail(a)).Invoking(s => s.Samples().Count()).Should().Throw<SampleException>()
            .WithMessage("Zip*sample 5 *");
        SampleSource.Of([1, 2, 0], i => new Sample(Tensor.From(1f / (1 / i)), 0)).Invoking(s => s.Samples().Count()).Should().Throw<SampleException>()
            .WithMessage("Reading failed at sample 2 *").WithInnerException<DivideByZeroException>();
        SampleSource.ByIndex(3, _ => null!).Invoking(s => s.Samples().Count()).Should().Throw<SampleException>()
            .WithMessage("Reading by index failed at sample 0 *null*");
        SampleSource.Of(new Sample[] { null! }).Invoking(s => s.Samples().Count()).Should().Throw<InvalidOperationException>()
            .WithMessage("Sample 0 of epoch 0 is null*");
    }

    [Fact]
    public void A_source_is_released_when_an_epoch_ends_or_is_left_early()
    {
        int open = 0, opened = 0;
        SampleSource source = SampleSource.Of(Rows);
        SampleSource[] all =
        [
            source, source.Map(s => s, threads: 2), source.Where(_ => true), source.Shuffle(3), source.Take(5), source.Skip(2), source.Repeat(), source.Cache(),
            source.Zip(source, (a, _) => a), source.Concat(source), SampleSource.Interleave([source, source]),
        ];
        foreach (SampleSource each in all)
        {
            foreach (Batch _ in each.Batch(2).Epoch(Training)) break;
            foreach (Batch _ in each.Batch(2).Prefetch().Epoch(Training)) break;
            open.Should().Be(0, "{0}", each);
        }

        opened.Should().BeGreaterThanOrEqualTo(2 * all.Length);

        IEnumerable<Sample> Rows(EpochPosition position)
        {
            Interlocked.Increment(ref open);
            Interlocked.Increment(ref opened);
            try
            {
                for (int i = 0; i < 20; i++) yield return Number(i);
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }
    }

    [Fact]
    public void Nothing_is_read_beyond_what_is_taken_and_nothing_twice()
    {
        int read = 0;
        SampleSource source = SampleSource.ByIndex(1000, i =>
        {
            read++;
            return Number(i);
        });
        source.Samples().Take(1).Count().Should().Be(1);
        read.Should().Be(1);
        source.Take(3).Samples().Count().Should().Be(3);
        read.Should().Be(4);
        Numbers(source.Epoch(new EpochPosition { BatchSize = 10, Batches = 99, Samples = 990 }))
            .Should().Equal(Enumerable.Range(990, 10).Select(i => (float)i));
        read.Should().Be(14, "what came before the place is not read by number");
        Source("sequence", 5).Take(0).Samples().Should().BeEmpty();
        Source("sequence", 5).Take(9).Samples().Should().HaveCount(5);
    }

    [Fact]
    public void Nothing_is_behind_more_samples_than_there_are()
    {
        foreach (string kind in AllKinds)
        {
            SampleSource source = Source(kind, 5), kept = source.Cache();
            kept.Samples().Should().HaveCount(5);
            SampleSource[] empty =
            [
                source.Skip(6), source.Skip(3).Skip(3), source.Map(s => s).Skip(9).Take(2), source.Where(_ => true).Skip(6),
                kept.Skip(6), source.Take(3).Skip(4),
            ];
            foreach (SampleSource each in empty)
            {
                each.Samples().Should().BeEmpty("{0}", each);
                each.Epoch(Training).Should().BeEmpty();
                (each.Count ?? 0).Should().Be(0);
                each.Concat(source).Samples().Should().HaveCount(5);
            }

            source.Skip(6).Invoking(s => s.Epoch(Training with { Batches = 1, Samples = 4 }).Count()).Should().Throw<InvalidOperationException>()
                .WithMessage("Expected to start after*only 5. A run resumes only*");
        }
    }

    [Fact]
    public void A_cache_reads_once_gives_copies_and_keeps_nothing_of_an_epoch_that_was_left()
    {
        int reads = 0;
        SampleSource cached = SampleSource.Of(_ => Rows()).Cache();
        cached.Samples().Take(2).Count().Should().Be(2);
        reads.Should().Be(1);
        foreach (Sample sample in cached.Samples(Training)) sample.Input.AsSpan().Clear();
        foreach (Sample sample in cached.Samples(Training)) sample.Input.AsSpan().Clear();
        Numbers(cached.Samples(Training)).Should().Equal(0, 1, 2, 3);
        reads.Should().Be(2);

        IEnumerable<Sample> Rows()
        {
            reads++;
            for (int i = 0; i < 4; i++) yield return Number(i);
        }
    }

    [Fact]
    public void Steps_that_would_freeze_or_leak_are_refused()
    {
        SampleSource source = Source("sequence", 5);
        source.Shuffle(2).Invoking(s => s.Cache()).Should().Throw<InvalidOperationException>().WithMessage("*same order: write it before Shuffle.");
        source.Map(Noisy).Invoking(s => s.Cache()).Should().Throw<InvalidOperationException>().WithMessage("*random changes*");
        source.Repeat().Invoking(s => s.Cache()).Should().Throw<InvalidOperationException>();
        source.Shuffle(2).Invoking(s => s.Take(4)).Should().Throw<InvalidOperationException>()
            .WithMessage("Take after Shuffle*write Take(4) first, then Shuffle. For epochs of 4 samples*Repeat() before Take(4).");
        source.Shuffle(2).Repeat().Take(4).Samples(Training).Should().HaveCount(4, "that is the length of an epoch");
        source.Shuffle(2).Invoking(s => s.Skip(1)).Should().Throw<InvalidOperationException>().WithMessage("*write Skip first*");
        source.Repeat().Invoking(s => s.Concat(source)).Should().Throw<InvalidOperationException>();
        source.Repeat().Invoking(s => s.BatchesPerEpoch(4)).Should().Throw<InvalidOperationException>().WithMessage("*Take(n)*");
        Source("sequence", 0).Repeat().Invoking(s => s.Samples().Count()).Should().Throw<InvalidOperationException>().WithMessage("*nothing to repeat*");
        Source("by index", 4).Invoking(s => s.Zip(Source("by index", 5), (a, b) => a)).Should().Throw<ArgumentException>().WithMessage("*as here, 4, got 5*");
        source.Zip(source.Take(3), (a, b) => a).Invoking(s => s.Samples().Count()).Should().Throw<InvalidOperationException>()
            .WithMessage("*the second has ended after 3*Take(3)*");
        source.Zip(source.Where(s => s.Input[0] > 3), (a, b) => b).Invoking(s => s.Samples().Count()).Should().Throw<InvalidOperationException>();
        source.Take(3).Zip(source.Repeat(), (a, b) => b).Samples().Should().HaveCount(3);
        source.Repeat().Zip(source, (a, b) => b).Samples().Should().HaveCount(5);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        SampleSource source = Source("by index", 5);
        source.Invoking(s => s.Shuffle(0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("buffer");
        source.Invoking(s => s.Take(-1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("count");
        source.Invoking(s => s.Skip(-1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("count");
        source.Invoking(s => s.Repeat(0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("times");
        source.Invoking(s => s.Map(x => x, threads: 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threads");
        source.Invoking(s => s.Batch(0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("size");
        source.Invoking(s => s.PaddedBatch(length: 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("length");
        source.Invoking(s => s.PaddedBatch(mask: (PaddingMask)9)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("mask");
        FluentActions.Invoking(() => SampleSource.Interleave([])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => SampleSource.Interleave([source], 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => SampleSource.ByIndex(-1, Number)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Cancellation_ends_a_source_that_waits()
    {
        using var stop = new CancellationTokenSource();
        SampleSource waiting = SampleSource.Of(Forever(), i => Number(i)).Where(_ => false);
        stop.CancelAfter(20);
        waiting.Invoking(s => s.Epoch(Training with { Cancellation = stop.Token }).Count()).Should().Throw<OperationCanceledException>();

        static async IAsyncEnumerable<int> Forever([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            for (int i = 0; ; i++)
            {
                await Task.Delay(1, cancellation);
                yield return i;
            }
        }
    }

    [Fact]
    public void Its_text_shows_the_steps()
    {
        SampleSource source = Source("by index", 8);
        source.Map(x => x).Take(5).Shuffle().ToString().Should().Be("8 by index.Map.Take(5).Shuffle");
        Source("sequence", 8).Skip(2).Shuffle(4).Repeat(2).Batch(3, dropRemainder: true).ToString()
            .Should().Be("a sequence.Skip(2).Shuffle(4).Repeat(2).Batch(3, drop remainder)");
        source.Where(_ => true).Cache().Concat(source).ToString().Should().Be("8 by index.Where.Cache.Concat(8 by index)");
        SampleSource.Interleave([source, source]).ToString().Should().Be("Interleave(8 by index, 8 by index; 1)");
    }

    private static SampleSource Source(string kind, int count) => kind switch
    {
        "by index" => SampleSource.ByIndex(count, Number),
        "sequence" => SampleSource.Of(Enumerable.Range(0, count), i => Number(i)),
        "async" => SampleSource.Of(Async(count), i => Number(i)),
        "data set" => SampleSource.Of(new Dataset(Tensor.Range(count).Reshape(count, 1), Tensor.Range(count, 100).Reshape(count, 1))),
        _ => SampleSource.Of(BatchSource.Of(new Dataset(Tensor.Range(count).Reshape(count, 1), Tensor.Range(count, 100).Reshape(count, 1)).Batches(6))),
    };

    private static async IAsyncEnumerable<int> Async(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static Sample Number(long i) => new(Tensor.From((float)i), 100.0 + i);

    private static Tensor Doubled(Tensor x) => x.ToArray().Select(v => 2 * v).ToArray();

    private static Sample Noisy(Sample sample, RandomStream random)
    {
        var noise = new float[sample.Input.Count];
        random.FillUniform(noise);
        for (int i = 0; i < noise.Length; i++) noise[i] += sample.Input.AsSpan()[i];
        return sample.WithInput(noise);
    }

    private static float[] Numbers(IEnumerable<Sample> samples) => [.. samples.Select(s => s.Input.ToScalar())];

    private static float[] Numbers(IEnumerable<Batch> batches) => [.. batches.SelectMany(b => b.Inputs.ToArray())];

    private static float[] Values(Batch batch) => [.. batch.InputTensors.SelectMany(t => t.ToArray()), .. batch.Targets.ToArray()];
}
