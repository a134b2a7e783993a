using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DeepLearning.Kernels;

namespace DeepLearning.Benchmarks;

/// <summary>What one core can do at most: the micro kernel alone, on panels that stay in the first-level cache.</summary>
internal static class KernelPeak
{
    private const int Depth = 256;
    private const int Calls = 1000;
    private const int Largest = 32;

    /// <summary>Floating-point operations of one <see cref="Run"/>.</summary>
    public static double Flops => 2.0 * Depth * Calls * (Vector512.IsHardwareAccelerated && Avx512F.IsSupported
        ? Tile<MicroKernel<Lanes512, Vector512<float>>>() : Tile<MicroKernel<Lanes256, Vector256<float>>>());

    public static void Run()
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported) Run<MicroKernel<Lanes512, Vector512<float>>>();
        else Run<MicroKernel<Lanes256, Vector256<float>>>();
    }

    private static int Tile<TKernel>() where TKernel : struct, IMicroKernel => TKernel.Rows * TKernel.Columns;

    private static unsafe void Run<TKernel>() where TKernel : struct, IMicroKernel
    {
        float* a = Panel(Largest * Depth), b = Panel(Largest * Depth), c = Panel(Largest * Largest);
        for (int i = 0; i < Calls; i++) TKernel.Multiply(a, TKernel.Rows, b, TKernel.Columns, Depth, c, TKernel.Columns, false, null);
        NativeMemory.AlignedFree(a);
        NativeMemory.AlignedFree(b);
        NativeMemory.AlignedFree(c);
    }

    private static unsafe float* Panel(int length)
    {
        float* panel = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        new Span<float>(panel, length).Fill(0.01f);
        return panel;
    }
}
