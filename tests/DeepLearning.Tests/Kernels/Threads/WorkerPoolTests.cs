using DeepLearning.Kernels;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Kernels;

[Collection("Threads")]
public sealed class WorkerPoolTests : IDisposable
{
    /// <summary>More threads than any other test of this process asks for, and more each time: workers are started once and stay.</summary>
    private static int mostThreads = 70;

    private readonly int threads = Parallelism.ThreadCount;
    private readonly Action<Thread> launch = Worker.Launch;

    public void Dispose()
    {
        Worker.Launch = launch;
        Parallelism.ThreadCount = threads;
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(2, 1000)]
    [InlineData(3, 7)]
    [InlineData(8, 100)]
    [InlineData(64, 200)]
    public void Every_part_runs_exactly_once(int count, int parts)
    {
        Parallelism.ThreadCount = count;
        for (int round = 0; round < 50; round++)
        {
            var job = new CountJob { Counts = new int[parts] };
            WorkerPool.Run(ref job, parts);
            job.Counts.Should().NotContain(n => n != 1);
        }
    }

    [Fact]
    public void Short_jobs_one_after_the_other_lose_no_part()
    {
        Parallelism.ThreadCount = 3;
        var job = new CountJob { Counts = new int[5] };
        for (int round = 0; round < 20_000; round++) WorkerPool.Run(ref job, 5);
        job.Counts.Should().OnlyContain(n => n == 20_000);
    }

    [Fact]
    public void Jobs_with_pauses_in_which_the_workers_fall_asleep_lose_no_part()
    {
        Parallelism.ThreadCount = 4;
        var job = new CountJob { Counts = new int[8] };
        for (int round = 0; round < 100; round++)
        {
            WorkerPool.Run(ref job, 8);
            Thread.Sleep(round % 3);
        }

        job.Counts.Should().OnlyContain(n => n == 100);
    }

    [Fact]
    public void Other_threads_take_parts_too()
    {
        Parallelism.ThreadCount = 2;
        var job = new MeetingJob { Arrived = new CountdownEvent(2) };
        WorkerPool.Run(ref job, 2);
        job.Arrived.IsSet.Should().BeTrue("each part waits for the other, so two threads must have run them");
    }

    [Fact]
    public void Where_the_system_refuses_threads_the_others_do_the_work_and_no_more_are_asked_for_until_the_count_is_set()
    {
        int count = mostThreads += 5, asked = 0, granted = 2;
        Worker.Launch = thread =>
        {
            asked++;
            if (granted-- == 0) throw new InsufficientMemoryException("refused");
            launch(thread);
        };
        Parallelism.ThreadCount = count;
        var job = new CountJob { Counts = new int[2 * count] };
        for (int round = 0; round < 10; round++) WorkerPool.Run(ref job, job.Counts.Length);
        job.Counts.Should().OnlyContain(n => n == 10);
        asked.Should().Be(3, "two were granted and one refused");

        Worker.Launch = launch;
        Parallelism.ThreadCount = count;
        var all = new MeetingJob { Arrived = new CountdownEvent(count) };
        WorkerPool.Run(ref all, count);
        all.Arrived.IsSet.Should().BeTrue("each part waits for all others");
    }

    [Fact]
    public void Workers_do_not_keep_the_context_of_the_caller_who_made_them_start()
    {
        var context = new AsyncLocal<object?> { Value = this };
        int launched = 0;
        Worker.Launch = thread =>
        {
            launched++;
            launch(thread);
        };
        Parallelism.ThreadCount = mostThreads += 5;
        var job = new ContextJob { Arrived = new CountdownEvent(mostThreads), Context = context, Seen = new object?[mostThreads] };
        WorkerPool.Run(ref job, mostThreads);
        launched.Should().BePositive();
        job.Seen.Count(seen => seen is not null).Should().Be(1, "only the caller itself is in its context");
    }

    [Fact]
    public void A_run_inside_a_part_does_all_its_parts()
    {
        Parallelism.ThreadCount = 2;
        var job = new NestedJob { Outer = new int[6], Inner = new int[6][] };
        WorkerPool.Run(ref job, 6);
        job.Outer.Should().OnlyContain(n => n == 1);
        job.Inner.Should().OnlyContain(inner => inner.All(n => n == 1));
    }

    [Fact]
    public async Task Sixteen_callers_at_once_each_get_all_their_parts_done()
    {
        Parallelism.ThreadCount = 3;
        Task<bool>[] callers = [.. Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var job = new CountJob { Counts = new int[9] };
                for (int round = 0; round < 500; round++) WorkerPool.Run(ref job, 9);
                return job.Counts.All(n => n == 500);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        (await Task.WhenAll(callers)).Should().OnlyContain(complete => complete);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exception_reaches_the_caller_after_all_other_parts_have_run_and_the_pool_lives_on(int count)
    {
        Parallelism.ThreadCount = count;
        for (int round = 0; round < 20; round++)
        {
            var job = new CountJob { Counts = new int[20], FailAt = round };
            Action act = () => WorkerPool.Run(ref job, 20);
            act.Should().Throw<InvalidTimeZoneException>().WithMessage($"part {round}");
            job.Counts.Where((_, part) => part != round).Should().OnlyContain(n => n == 1);
        }

        var after = new CountJob { Counts = new int[20] };
        WorkerPool.Run(ref after, 20);
        after.Counts.Should().OnlyContain(n => n == 1);
    }

    [Fact]
    public void The_thread_count_may_change_between_jobs()
    {
        var job = new CountJob { Counts = new int[12] };
        int[] counts = [1, 5, 2, 9, 3, 1, 8];
        for (int round = 0; round < 210; round++)
        {
            Parallelism.ThreadCount = counts[round % counts.Length];
            WorkerPool.Run(ref job, 12);
        }

        job.Counts.Should().OnlyContain(n => n == 210);
    }

    [Fact]
    public void After_warming_up_a_run_allocates_nothing_in_the_caller()
    {
        Parallelism.ThreadCount = 2;
        var job = new CountJob { Counts = new int[4] };
        for (int round = 0; round < 200; round++) WorkerPool.Run(ref job, 4);
        Allocations.Least(() =>
        {
            for (int round = 0; round < 200; round++) WorkerPool.Run(ref job, 4);
        }).Should().Be(0);
    }

    [Fact]
    public void An_interrupted_caller_leaves_only_when_all_parts_are_done_and_the_pool_lives_on()
    {
        Parallelism.ThreadCount = 2;
        using var release = new ManualResetEventSlim();
        Exception? failure = null;
        var caller = new Thread(() =>
        {
            var job = new HeldJob { Arrived = new CountdownEvent(2), Caller = Thread.CurrentThread, Release = release };
            failure = Record.Exception(() => WorkerPool.Run(ref job, 2));
        });
        caller.Start();
        SpinWait.SpinUntil(() => caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(20)).Should().BeTrue();
        caller.Interrupt();
        caller.Join(100).Should().BeFalse("the other part still works on the caller's memory");
        release.Set();
        caller.Join();
        failure.Should().BeOfType<ThreadInterruptedException>();
        Other_threads_take_parts_too();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void A_thread_count_outside_1_to_1024_throws_and_changes_nothing(int count)
    {
        Action act = () => Parallelism.ThreadCount = count;
        act.Should().Throw<ArgumentOutOfRangeException>();
        Parallelism.ThreadCount.Should().Be(threads);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1024", 1024)]
    public void The_environment_sets_the_thread_count(string value, int expected) => WorkerPool.ParseThreadCount(value).Should().Be(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_the_environment_variable_the_thread_count_is_that_of_the_processors(string? value)
        => WorkerPool.ParseThreadCount(value).Should().Be(Math.Min(Environment.ProcessorCount, 1024));

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("1025")]
    [InlineData("two")]
    [InlineData("2.0")]
    [InlineData(" ")]
    [InlineData("99999999999")]
    public void A_malformed_environment_variable_throws_with_its_name_and_value(string value)
    {
        Action act = () => WorkerPool.ParseThreadCount(value);
        act.Should().Throw<InvalidOperationException>().WithMessage($"*DEEPLEARNING_NUM_THREADS*1 to 1024*'{value}'*");
    }

    private struct CountJob : IParallelJob
    {
        public int[] Counts;
        public int? FailAt;

        public readonly void Execute(int part)
        {
            if (part == FailAt) throw new InvalidTimeZoneException($"part {part}");
            Interlocked.Increment(ref Counts[part]);
        }
    }

    private struct MeetingJob : IParallelJob
    {
        public CountdownEvent Arrived;

        public readonly void Execute(int part)
        {
            Arrived.Signal();
            Arrived.Wait(TimeSpan.FromSeconds(20));
        }
    }

    private struct ContextJob : IParallelJob
    {
        public CountdownEvent Arrived;
        public AsyncLocal<object?> Context;
        public object?[] Seen;

        public readonly void Execute(int part)
        {
            Seen[part] = Context.Value;
            Arrived.Signal();
            Arrived.Wait(TimeSpan.FromSeconds(20));
        }
    }

    /// <summary>The caller's part ends when both have begun, the other one when it is released.</summary>
    private struct HeldJob : IParallelJob
    {
        public CountdownEvent Arrived;
        public Thread Caller;
        public ManualResetEventSlim Release;

        public readonly void Execute(int part)
        {
            Arrived.Signal();
            if (Thread.CurrentThread != Caller) Release.Wait(TimeSpan.FromSeconds(20));
            // Without sleep, so that the caller sleeps only where it waits for the other part.
            else while (!Arrived.IsSet) Thread.Yield();
        }
    }

    private struct NestedJob : IParallelJob
    {
        public int[] Outer;
        public int[][] Inner;

        public readonly void Execute(int part)
        {
            Interlocked.Increment(ref Outer[part]);
            var job = new CountJob { Counts = new int[7] };
            WorkerPool.Run(ref job, 7);
            Inner[part] = job.Counts;
        }
    }
}
