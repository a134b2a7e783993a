using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>The loss and its gradient at a point.</summary>
/// <param name="At">The values of all parameters, exactly as float32 holds them.</param>
/// <param name="Loss">The loss; infinite where it could not be computed.</param>
/// <param name="Gradient">Its gradient.</param>
internal sealed record ObjectivePoint(Vector<double> At, double Loss, Vector<double> Gradient);
