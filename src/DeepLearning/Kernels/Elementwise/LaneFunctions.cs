using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>y = f(x), lane by lane.</summary>
internal interface IUnary
{
    Vector512<float> Invoke(Vector512<float> x);
}

/// <summary>z = f(x, y), lane by lane.</summary>
internal interface IBinary
{
    Vector512<float> Invoke(Vector512<float> x, Vector512<float> y);
}

/// <summary>w = f(x, y, z), lane by lane.</summary>
internal interface ITernary
{
    Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z);
}
