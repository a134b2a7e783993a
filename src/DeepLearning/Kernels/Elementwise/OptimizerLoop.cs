using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// One optimizer's rule for 16 weights: w and the states change in place; a state without a buffer is 0 and is not kept. Implementations ask to be inlined:
/// a compiler that works ahead of time sees no loop counts, and a call here passes every vector through memory.
/// </summary>
internal interface IOptimizerRule
{
    void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> first, ref Vector512<float> second, ref Vector512<float> third);
}

/// <summary>
/// The one pass of an optimizer over flat buffers: for each 16 lanes load w, g and up to three states, apply the rule, store. The buffers are padded
/// to 16, so there is no tail. Equals: for each i: rule(w[i], g[i], first[i], second[i], third[i]).
/// </summary>
internal static class OptimizerLoop
{
    private const int Parallel = 1 << 15;

    /// <param name="rule">The rule.</param>
    /// <param name="w">Weights; a multiple of 16 long, as all others.</param>
    /// <param name="g">Gradients.</param>
    /// <param name="first">First state, or empty.</param>
    /// <param name="second">Second state, or empty.</param>
    /// <param name="third">Third state, or empty.</param>
    public static unsafe void Run<TRule>(
        TRule rule, Span<float> w, ReadOnlySpan<float> g, Span<float> first = default, Span<float> second = default, Span<float> third = default)
        where TRule : struct, IOptimizerRule
    {
        fixed (float* pw = w, pg = g, p1 = first, p2 = second, p3 = third)
        {
            int parts = w.Length < Parallel ? 1 : Math.Min(WorkerPool.ThreadCount, w.Length / (Parallel / 2));
            var job = new Job<TRule>(rule, pw, pg, p1, p2, p3, w.Length, parts);
            if (parts == 1) job.Execute(0);
            else WorkerPool.Run(ref job, parts);
        }
    }

    private readonly unsafe struct Job<TRule>(TRule rule, float* w, float* g, float* first, float* second, float* third, int length, int parts) : IParallelJob
        where TRule : struct, IOptimizerRule
    {
        public void Execute(int part)
        {
            int blocks = length / 16, start = (int)((long)blocks * part / parts) * 16, end = (int)((long)blocks * (part + 1) / parts) * 16;
            for (int i = start; i < end; i += 16)
            {
                Vector512<float> lanes = Vector512.Load(w + i), a = default, b = default, c = default;
                if (first != null) a = Vector512.Load(first + i);
                if (second != null) b = Vector512.Load(second + i);
                if (third != null) c = Vector512.Load(third + i);
                rule.Invoke(ref lanes, Vector512.Load(g + i), ref a, ref b, ref c);
                lanes.Store(w + i);
                if (first != null) a.Store(first + i);
                if (second != null) b.Store(second + i);
                if (third != null) c.Store(third + i);
            }
        }
    }
}
