namespace DeepLearning.Kernels;

/// <summary>
/// Products of stacks of matrices: for each place (i₀, i₁, …) of the dimensions, in row-major order,
/// <c>C[Σ iₖ·stepsC[k]] (+)= op(A[Σ iₖ·stepsA[k]])·op(B[Σ iₖ·stepsB[k]])</c>, each with the bits of <see cref="Gemm"/>. A step of 0 repeats an operand; one of C
/// adds the products up. Where the matrices lie behind one another and share the other factor or the sum, the stack is a single product.
/// </summary>
internal static unsafe class GemmStack
{
    /// <summary>Multiply-adds from which a few products are each cut among the threads, rather than shared out whole.</summary>
    private const long LargeWork = 1L << 24;

    /// <summary>Multiply-adds below which a second thread is of no use.</summary>
    private const long SmallestChunk = 1L << 17;

    /// <summary>C (+)= op(A)·op(B) at every place.</summary>
    /// <param name="a">Matrices [m, k], or [k, m] where <paramref name="transposeA"/>.</param>
    /// <param name="transposeA">Whether A is stored transposed.</param>
    /// <param name="stepsA">Values from one matrix to the next along each dimension; 0 where it is repeated or the dimension is 1.</param>
    /// <param name="b">Matrices [k, n], or [n, k] where <paramref name="transposeB"/>.</param>
    /// <param name="transposeB">Whether B is stored transposed.</param>
    /// <param name="stepsB">As those of A.</param>
    /// <param name="c">Matrices [m, n]; overlaps no operand.</param>
    /// <param name="stepsC">As those of A; where one is 0 along a dimension that is not 1, products are added up.</param>
    /// <param name="dims">The dimensions of the stack.</param>
    /// <param name="m">Rows of a result.</param>
    /// <param name="n">Columns of a result.</param>
    /// <param name="k">Length of each sum.</param>
    /// <param name="accumulate">Add to C instead of replacing it.</param>
    public static void Multiply(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<int> stepsA, ReadOnlySpan<float> b, bool transposeB, ReadOnlySpan<int> stepsB,
        Span<float> c, ReadOnlySpan<int> stepsC, ReadOnlySpan<int> dims, int m, int n, int k, bool accumulate = false)
    {
        int count = 1;
        foreach (int d in dims) count *= d;
        if (count == 0 || c.IsEmpty)
        {
            if (!accumulate) c.Clear();
            return;
        }

        bool denseA = IsDense(stepsA, dims, m * k), denseB = IsDense(stepsB, dims, k * n);
        if (count == 1) Gemm.Multiply(a, transposeA, b, transposeB, c, m, n, k, accumulate);
        else if (!transposeA && denseA && IsOne(stepsB, dims) && IsDense(stepsC, dims, m * n))
            Gemm.Multiply(a, false, b, transposeB, c, m * count, n, k, accumulate);
        else if (transposeA && !transposeB && denseA && denseB && IsOne(stepsC, dims))
            Gemm.Multiply(a, true, b, false, c, m, n, k * count, accumulate);
        else
        {
            CheckBounds(a, stepsA, dims, (long)m * k);
            CheckBounds(b, stepsB, dims, (long)k * n);
            CheckBounds(c, stepsC, dims, (long)m * n);
            if (c.Overlaps(a) || c.Overlaps(b)) Gemm.ThrowOverlap();
            fixed (float* pa = a, pb = b, pc = c)
            fixed (int* sa = stepsA, sb = stepsB, sc = stepsC, sizes = dims)
            {
                var task = new GemmTask
                {
                    A = pa,
                    B = pb,
                    C = pc,
                    TransposeA = transposeA,
                    TransposeB = transposeB,
                    Accumulate = accumulate,
                    M = m,
                    N = n,
                    K = k,
                };
                Run(new Job(task, sa, sb, sc, sizes, dims.Length), count, (long)m * n * k);
            }
        }
    }

    private static void Run(Job job, int count, long work)
    {
        if (job.AddsUp || (work >= LargeWork && count < 4 * WorkerPool.ThreadCount))
        {
            for (int place = 0; place < count; place++) job.Multiply(place, alone: false);
            return;
        }

        job.Chunks = new Chunks(count, Math.Max(1, SmallestChunk / Math.Max(1, work)), 1);
        job.Chunks.Run(ref job);
    }

    /// <summary>Whether the matrices lie behind one another.</summary>
    private static bool IsDense(ReadOnlySpan<int> steps, ReadOnlySpan<int> dims, int size)
    {
        for (int d = dims.Length - 1; d >= 0; d--)
        {
            if (dims[d] == 1) continue;
            if (steps[d] != size) return false;
            size *= dims[d];
        }

        return true;
    }

    /// <summary>Whether it is one matrix at all places.</summary>
    private static bool IsOne(ReadOnlySpan<int> steps, ReadOnlySpan<int> dims)
    {
        for (int d = 0; d < dims.Length; d++)
            if (dims[d] != 1 && steps[d] != 0) return false;
        return true;
    }

    private static void CheckBounds(ReadOnlySpan<float> values, ReadOnlySpan<int> steps, ReadOnlySpan<int> dims, long size)
    {
        for (int d = 0; d < dims.Length; d++) size += (long)(dims[d] - 1) * steps[d];
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, size);
    }

    private struct Job(GemmTask task, int* stepsA, int* stepsB, int* stepsC, int* dims, int rank) : IParallelJob
    {
        public Chunks Chunks;

        /// <summary>Whether several products go to one matrix of C.</summary>
        public readonly bool AddsUp
        {
            get
            {
                for (int d = 0; d < rank; d++)
                    if (dims[d] != 1 && stepsC[d] == 0) return true;
                return false;
            }
        }

        public readonly void Execute(int part)
        {
            (nint place, nint end) = Chunks[part];
            // A stack that is too small for a second thread has too small products too.
            for (; place < end; place++) Multiply(place, alone: true);
        }

        /// <summary>The product at one place; it is added to C where an earlier one was.</summary>
        public readonly void Multiply(nint place, bool alone)
        {
            GemmTask at = task;
            at.Alone = alone;
            for (int d = rank - 1; d >= 0; d--)
            {
                nint i = place % dims[d];
                place /= dims[d];
                at.A += i * stepsA[d];
                at.B += i * stepsB[d];
                at.C += i * stepsC[d];
                at.Accumulate |= i > 0 && stepsC[d] == 0;
            }

            Gemm.Multiply(at);
        }
    }
}
