using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

/// <summary>Callers on several threads share the cores: who finds the pool busy takes the place of one of its workers.</summary>
[Collection("Threads")]
public sealed class WorkerPoolCallersTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly int threads = Parallelism.ThreadCount;

    public void Dispose() => Parallelism.ThreadCount = threads;

    [Fact]
    public void While_another_caller_works_alone_one_worker_stands_aside_even_if_that_work_runs_jobs_of_its_own()
    {
        Parallelism.ThreadCount = 4;
        var held = new HeldJob { Begun = new ManualResetEventSlim(), Release = new ManualResetEventSlim() };
        var other = new Thread(() =>
        {
            var job = new OuterJob { Inner = held };
            WorkerPool.Run(ref job, 2);
        });
        var job = new CrowdJob { Four = new CountdownEvent(4), Three = new CountdownEvent(3), Other = other, OtherWorks = held.Begun, Took = new Thread[60] };
        WorkerPool.Run(ref job, job.Took.Length);
        bool stillWorks = other.IsAlive;
        held.Release.Set();
        other.Join();

        stillWorks.Should().BeTrue();
        job.Took[..4].Should().OnlyHaveUniqueItems();
        job.Three.IsSet.Should().BeTrue("a job inside the other caller's job does not count again");
        job.Took[4..].Distinct().Should().HaveCount(3, "with the other caller that makes four");

        var after = new CrowdJob { Four = new CountdownEvent(4), Took = new Thread[4] };
        WorkerPool.Run(ref after, 4);
        after.Took.Should().OnlyHaveUniqueItems("the other caller has left");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("DeepLearning worker 1")]
    public void A_job_inside_a_part_keeps_no_worker_from_the_outer_job(string? thread)
    {
        Parallelism.ThreadCount = 3;
        var job = new NestingJob
        {
            Three = new CountdownEvent(3),
            Two = new CountdownEvent(2),
            Place = thread is null ? Thread.CurrentThread : null,
            Name = thread,
            Inner = new HeldJob { Begun = new ManualResetEventSlim(), Release = new ManualResetEventSlim() },
        };
        WorkerPool.Run(ref job, 5);
        job.Inner.Begun.IsSet.Should().BeTrue();
        job.Two.IsSet.Should().BeTrue("the last two parts wait for each other, while the first thread is busy with a job of its own");
    }

    /// <summary>Ends when it is told to.</summary>
    private struct HeldJob : IParallelJob
    {
        public ManualResetEventSlim Begun, Release;

        public readonly void Execute(int part)
        {
            Begun.Set();
            Release.Wait(Patience);
        }
    }

    private struct OuterJob : IParallelJob
    {
        public HeldJob Inner;

        public readonly void Execute(int part)
        {
            HeldJob inner = Inner;
            WorkerPool.Run(ref inner, 2);
        }
    }

    /// <summary>The first four parts meet, and see the other caller begin; the next three meet; the others leave time for a fourth thread to come.</summary>
    private struct CrowdJob : IParallelJob
    {
        public CountdownEvent Four, Three;
        public Thread? Other;
        public ManualResetEventSlim OtherWorks;
        public Thread[] Took;

        public readonly void Execute(int part)
        {
            Took[part] = Thread.CurrentThread;
            if (part < 4)
            {
                Four.Signal();
                Four.Wait(Patience);
                if (Other is null) return;
                if (part == 0) Other.Start();
                OtherWorks.Wait(Patience);
            }
            else if (part < 7)
            {
                Three.Signal();
                Three.Wait(Patience);
            }
            else
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>The first three parts meet, and one of them runs a job that lasts until the last two parts have met.</summary>
    private struct NestingJob : IParallelJob
    {
        public CountdownEvent Three, Two;
        public Thread? Place;
        public string? Name;
        public HeldJob Inner;

        public readonly void Execute(int part)
        {
            if (part >= 3)
            {
                Two.Signal();
                Two.Wait(Patience);
                Inner.Release.Set();
                return;
            }

            Three.Signal();
            Three.Wait(Patience);
            HeldJob inner = Inner;
            if (Thread.CurrentThread == Place || Thread.CurrentThread.Name == Name) WorkerPool.Run(ref inner, 2);
            else inner.Begun.Wait(Patience);
        }
    }
}
