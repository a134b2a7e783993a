using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

public sealed class GemmPackingTests
{
    private const float Untouched = 12345f;

    [Fact]
    public unsafe void A_panel_holds_the_rows_across_then_zeros_and_nothing_beyond_it_is_touched()
    {
        for (int width = 1; width <= 17; width++)
            for (int count = 1; count <= width; count++)
                for (int k = 0; k <= 20; k++)
                {
                    int stride = k + (width % 3);
                    float[] source = LaneSamples.Numbers((count * stride) + 1, 1), panel = new float[(k * width) + 16];
                    Array.Fill(panel, Untouched);
                    fixed (float* from = source, to = panel) GemmPacking.Transpose(from, stride, count, k, to, width);
                    for (int p = 0; p < k; p++)
                        for (int i = 0; i < width; i++)
                            if (panel[(p * width) + i] != (i < count ? source[(i * stride) + p] : 0f))
                                Assert.Fail($"Width {width}, {count} rows, k = {k}: wrong at p = {p}, i = {i}.");
                    if (panel.AsSpan(k * width).ContainsAnyExcept(Untouched)) Assert.Fail($"Width {width}, {count} rows, k = {k}: wrote past the panel.");
                }
    }
}
