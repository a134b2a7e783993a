namespace DeepLearning.Kernels;

/// <summary>
/// The innermost product: a tile of C held in registers while k runs. Equals, for each i &lt; Rows and j &lt; Columns,
/// <c>s = accumulate ? c[i, j] : 0; for p in 0 … k−1: s = fma(a[p·aStep + i], b[p·bStep + j], s); c[i, j] = s (+ bias[j])</c>.
/// </summary>
internal unsafe interface IMicroKernel
{
    /// <summary>Rows of the tile; even.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of the tile; a multiple of 8.</summary>
    static abstract int Columns { get; }

    /// <summary>The whole tile.</summary>
    /// <param name="a">For each p, Rows values side by side, <paramref name="aStep"/> apart.</param>
    /// <param name="aStep">From one p to the next in A.</param>
    /// <param name="b">For each p, Columns values side by side, <paramref name="bStep"/> apart.</param>
    /// <param name="bStep">From one p to the next in B.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cStep">From one row of C to the next.</param>
    /// <param name="accumulate">Start from C instead of 0.</param>
    /// <param name="bias">Null, or Columns values added last.</param>
    static abstract void Multiply(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias);

    /// <summary>The left half of the tile's columns alone.</summary>
    static abstract void MultiplyHalf(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias);
}
