using DeepLearning.Kernels;
using Kernel = DeepLearning.Kernels.MicroKernel<DeepLearning.Kernels.Lanes256, System.Runtime.Intrinsics.Vector256<float>>;

namespace DeepLearning.Tests.Kernels;

public sealed class GemmGridTests
{
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(6, 16, 8)]
    [InlineData(7, 17, 8)]
    [InlineData(100, 10, 3)]
    [InlineData(3, 200, 5)]
    [InlineData(64, 64, 1)]
    [InlineData(61, 67, 2)]
    [InlineData(61, 67, 7)]
    [InlineData(50, 90, 16)]
    [InlineData(50, 90, 1024)]
    public unsafe void Every_element_is_computed_in_exactly_one_part(int m, int n, int parts)
    {
        const int K = 3;
        float[] a = new float[m * K], b = new float[K * n], c = new float[m * n];
        int[] times = new int[m * n];
        Array.Fill(a, 1f);
        Array.Fill(b, 1f);
        fixed (float* pa = a, pb = b, pc = c)
        {
            var grid = new GemmGrid<Kernel>(new GemmTask { A = pa, B = pb, C = pc, M = m, N = n, K = K }, parts);
            grid.Parts.Should().BeInRange(1, parts);
            for (int part = 0; part < grid.Parts; part++)
            {
                Array.Clear(c);
                grid.Execute(part);
                for (int i = 0; i < c.Length; i++) times[i] += c[i] == K ? 1 : 0;
            }
        }

        times.Should().OnlyContain(t => t == 1);
    }

    [Theory]
    [InlineData(128, 512, 2)]
    [InlineData(512, 128, 3)]
    [InlineData(120, 160, 4)]
    [InlineData(1024, 1024, 16)]
    public void There_are_as_many_parts_as_asked_for_where_there_are_tiles_enough(int m, int n, int parts)
        => new GemmGrid<Kernel>(new GemmTask { M = m, N = n, K = 1 }, parts).Parts.Should().Be(parts);
}
