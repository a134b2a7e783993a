using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Compares a tape's gradients with central differences: the one call that tests a custom operation, layer or loss. The function must
/// be smooth around the inputs (no kink within about 3 % of each value) and give the same result for the same inputs.
/// </summary>
/// <example><c>GradientCheck.Verify(x => x.Tanh() * x, Tensor.RandomNormal([3, 5], seed: 1));</c></example>
/// <remarks>
/// The scalar that is differentiated is Σ seed·f(x), in double, with a fixed pseudo-random seed, so that no two output elements can be confused. Each slope
/// comes from two steps, h and h/2 (Richardson extrapolation), which leaves an error of the order h⁴.
/// </remarks>
public static partial class GradientCheck
{
    /// <summary>The relative difference that <see cref="Verify(Func{Tensor, Tensor}, Tensor)"/> allows: 0.002.</summary>
    public const double DefaultTolerance = 2e-3;

    /// <summary>Checks a function of one tensor with the default tolerance; throws if a gradient is wrong.</summary>
    /// <param name="f">The function; it may return any shape.</param>
    /// <param name="x">Where it is checked; not changed.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ArgumentException">The result does not depend on the input through differentiable operations.</exception>
    public static GradientCheckResult Verify(Func<Tensor, Tensor> f, Tensor x) => Verify(f, x, DefaultTolerance);

    /// <summary>Checks a function of one tensor; throws if a gradient is wrong.</summary>
    /// <param name="f">The function; it may return any shape.</param>
    /// <param name="x">Where it is checked; not changed.</param>
    /// <param name="tolerance">Allowed difference, relative to the larger of both values (at least a tenth of the tensor's largest).</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ArgumentException">The result does not depend on the input through differentiable operations.</exception>
    public static GradientCheckResult Verify(Func<Tensor, Tensor> f, Tensor x, double tolerance) => Passed(Check(f, x, tolerance));

    /// <summary>Checks a function of several tensors with the default tolerance; throws if a gradient is wrong.</summary>
    /// <param name="f">The function of tensors in the order of the inputs; it may return any shape.</param>
    /// <param name="inputs">Where it is checked; not changed.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    public static GradientCheckResult Verify(Func<IReadOnlyList<Tensor>, Tensor> f, params IReadOnlyList<Tensor> inputs) => Verify(f, inputs, DefaultTolerance);

    /// <summary>Checks a function of several tensors; throws if a gradient is wrong.</summary>
    /// <param name="f">The function of tensors in the order of the inputs; it may return any shape.</param>
    /// <param name="inputs">Where it is checked; not changed.</param>
    /// <param name="tolerance">Allowed difference, relative to the larger of both values (at least a tenth of the tensor's largest).</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    public static GradientCheckResult Verify(Func<IReadOnlyList<Tensor>, Tensor> f, IReadOnlyList<Tensor> inputs, double tolerance)
        => Passed(Check(f, inputs, tolerance));

    /// <summary>Checks a function of one tensor and reports.</summary>
    /// <param name="f">The function; it may return any shape.</param>
    /// <param name="x">Where it is checked; not changed.</param>
    /// <param name="tolerance">Allowed relative difference.</param>
    public static GradientCheckResult Check(Func<Tensor, Tensor> f, Tensor x, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(x);
        return Check(inputs => f(inputs[0]), [x], tolerance);
    }

    /// <summary>Checks a function of several tensors and reports.</summary>
    /// <param name="f">The function of tensors in the order of the inputs; it may return any shape.</param>
    /// <param name="inputs">Where it is checked; not changed.</param>
    /// <param name="tolerance">Allowed relative difference.</param>
    public static GradientCheckResult Check(Func<IReadOnlyList<Tensor>, Tensor> f, IReadOnlyList<Tensor> inputs, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(inputs);
        Tensor[] points = [.. inputs.Select(x => x.Clone())];
        var tape = new Tape();
        Tensor[] watched = [.. points.Select(tape.Watch)];
        Tensor y = f(watched);
        Gradients gradients = tape.Gradients(y, Seed(y.Shape));
        var differences = new CentralDifferences(() => f(points), Seed(y.Shape));
        return differences.Compare([.. points.Select((x, i) => ($"input {i}", x, gradients[watched[i]]))], tolerance);
    }

    /// <summary>The result, or an exception if it failed.</summary>
    internal static GradientCheckResult Passed(GradientCheckResult result) => result.Passed ? result : throw new GradientCheckException(result);

    /// <summary>Weights of ±0.5 to ±1.5, different for every element.</summary>
    internal static Tensor Seed(Shape shape)
    {
        Tensor seed = Tensor.RandomUniform(shape, seed: 20240229, -1f, 1f);
        Elementwise.Map(new Outward(0.5f), seed.AsReadOnlySpan(), seed.AsSpan());
        return seed;
    }

    /// <summary>x + distance·sign(x): away from 0.</summary>
    private readonly struct Outward(float distance) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => x + Vector512.CopySign(Vector512.Create(distance), x);
    }
}
