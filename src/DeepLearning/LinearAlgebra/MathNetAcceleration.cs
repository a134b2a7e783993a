using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepLearning;

/// <summary>
/// Products of dense <c>Matrix&lt;float&gt;</c> by this library's matrix product: a program that uses MathNet.Numerics gets faster without changes.
/// Faster: float products of dense matrices, with each other and with dense vectors, also transposed, and what MathNet builds from them
/// (<c>Power</c>, <c>PseudoInverse</c>). As before: double and complex numbers, decompositions and solvers, elementwise
/// work, sparse and diagonal matrices; they go to the provider that was in place, native ones included.
/// </summary>
/// <remarks>
/// A product's bits depend neither on the number of threads, which <see cref="Parallelism.ThreadCount"/> sets instead of MathNet's
/// <c>Control.MaxDegreeOfParallelism</c>, nor on the width of the vectors; they differ from MathNet's own by rounding. The provider is one for the whole
/// process: call <see cref="Enable"/> once, at its start. Products may run on any number of threads meanwhile: each uses the old or the new provider.
/// The first call makes MathNet look for its native providers, as its own first product would (a few milliseconds, once); a program that has chosen one of
/// those for its float products does not need this class.
/// </remarks>
public static class MathNetAcceleration
{
    private static readonly Lock Gate = new();
    private static AcceleratedLinearAlgebra? installed;

    /// <summary>Puts this library's product in front of MathNet's current provider. A second call changes nothing.</summary>
    public static void Enable()
    {
        lock (Gate)
        {
            ILinearAlgebraProvider current = LinearAlgebraControl.Provider;
            if (current is AcceleratedLinearAlgebra) return;
            var accelerated = new AcceleratedLinearAlgebra(current);
            LinearAlgebraControl.Provider = accelerated;
            installed = accelerated;
        }
    }

    /// <summary>
    /// Restores the provider that <see cref="Enable"/> found. Without <see cref="Enable"/>, or if the program has set another provider since, it changes
    /// nothing: the program's choice stays.
    /// </summary>
    public static void Disable()
    {
        lock (Gate)
        {
            // Without this MathNet would look for its providers only to be told to leave them.
            if (installed is null) return;
            if (ReferenceEquals(LinearAlgebraControl.Provider, installed)) LinearAlgebraControl.Provider = installed.Inner;
            installed = null;
        }
    }
}
