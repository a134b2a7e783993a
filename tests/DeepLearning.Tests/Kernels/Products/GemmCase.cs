using System.Runtime.InteropServices;
using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

/// <summary>One product with operands made from its shape, and the plain loop that it must equal bit for bit.</summary>
internal sealed record GemmCase(int M, int N, int K, bool TransposeA, bool TransposeB, bool Accumulate, bool Bias)
{
    public float[] A { get; } = Values(M * K, 1);

    public float[] B { get; } = Values(K * N, 2);

    public float[] C { get; } = Values(M * N, 3);

    public float[] BiasValues { get; } = Bias ? Values(N, 4) : [];

    public float[] Expected()
    {
        float[] c = [.. C];
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++)
            {
                float sum = Accumulate ? c[(i * N) + j] : 0f;
                for (int p = 0; p < K; p++)
                    sum = MathF.FusedMultiplyAdd(TransposeA ? A[(p * M) + i] : A[(i * K) + p], TransposeB ? B[(j * K) + p] : B[(p * N) + j], sum);
                c[(i * N) + j] = Bias ? sum + BiasValues[j] : sum;
            }

        return c;
    }

    public float[] Actual()
    {
        float[] c = [.. C];
        Gemm.Multiply(A, TransposeA, B, TransposeB, c, M, N, K, Accumulate, BiasValues);
        return c;
    }

    public void Verify() => VerifyBits(Actual(), Expected());

    public void VerifyBits(float[] actual, float[] expected)
    {
        if (MemoryMarshal.Cast<float, int>(actual).SequenceEqual(MemoryMarshal.Cast<float, int>(expected))) return;
        int at = Enumerable.Range(0, actual.Length).First(i => BitConverter.SingleToInt32Bits(actual[i]) != BitConverter.SingleToInt32Bits(expected[i]));
        Assert.Fail($"{this}: element [{at / N}, {at % N}] is {actual[at]:R}, not {expected[at]:R}");
    }

    private static float[] Values(int length, uint stream)
    {
        var values = new float[length];
        uint state = (stream * 2654435761u) + (uint)length;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1664525u) + 1013904223u;
            values[i] = ((state >> 8) * (2f / (1 << 24))) - 1f;
        }

        return values;
    }
}
