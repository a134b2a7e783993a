namespace DeepLearning.Kernels;

/// <summary>The operands of one product with everything pinned; strides in elements.</summary>
internal unsafe struct GemmTask
{
    public float* A;
    public float* B;
    public float* C;

    /// <summary>Null where there is none.</summary>
    public float* Bias;
    public bool TransposeA;
    public bool TransposeB;
    public bool Accumulate;
    public int M;
    public int N;
    public int K;

    /// <summary>On this thread alone: it is one of several products that the threads share.</summary>
    public bool Alone;

    /// <summary>From one stored row of A to the next.</summary>
    public readonly int AStride => TransposeA ? M : K;

    /// <summary>From one stored row of B to the next.</summary>
    public readonly int BStride => TransposeB ? K : N;
}
