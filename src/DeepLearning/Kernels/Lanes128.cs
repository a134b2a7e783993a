using System.Numerics;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>4 lanes, on any hardware: Arm has no masked load, and 4 lanes are few enough to name.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    public static Vector128<float> Load(float* source, Vector128<float> mask)
    {
        int count = LaneCount(mask);
        return Vector128.Create(count > 0 ? source[0] : 0f, count > 1 ? source[1] : 0f, count > 2 ? source[2] : 0f, count > 3 ? source[3] : 0f);
    }

    public static void Store(Vector128<float> value, float* target) => value.Store(target);

    public static void Store(Vector128<float> value, float* target, Vector128<float> mask)
    {
        int count = LaneCount(mask);
        for (int i = 0; i < count; i++) target[i] = value[i];
    }

    public static Vector128<float> FirstLanes(int count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    public static Vector128<float> Add(Vector128<float> x, Vector128<float> y) => x + y;

    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) => Vector128.FusedMultiplyAdd(x, y, z);

    private static int LaneCount(Vector128<float> mask) => BitOperations.PopCount(mask.ExtractMostSignificantBits());
}
