using DeepLearning.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>A loss over all data as a function of all parameters in one vector, in double precision outside the loss itself.</summary>
internal sealed class FullObjective(ParameterSet parameters, Func<Tape, Tensor> loss, CancellationToken cancellation)
{
    private ObjectivePoint? lowest;

    /// <summary>The point with the lowest loss so far.</summary>
    public ObjectivePoint Lowest => lowest!;

    public int Evaluations { get; private set; }

    /// <summary>The point at the parameters' current values.</summary>
    /// <exception cref="ArgumentException">The loss or a gradient is not finite, or the loss depends on no parameter.</exception>
    public ObjectivePoint Start()
    {
        ObjectivePoint start = Evaluate(Vector<double>.Build.Dense(Array.ConvertAll(parameters.Flat.AsSpan().ToArray(), v => (double)v)));
        if (double.IsFinite(start.Loss)) return start;
        throw new ArgumentException($"{nameof(Lbfgs)} needs a loss and gradients that are finite at the start.", nameof(loss));
    }

    /// <summary>The loss and its gradient at a point; an infinite loss if one of them is not finite.</summary>
    public ObjectivePoint Evaluate(Vector<double> at)
    {
        cancellation.ThrowIfCancellationRequested();
        Vector<double> rounded = Set(at);
        var tape = new Tape();
        Tensor value = loss(tape);
        double found = value.ToScalar();
        Evaluations++;
        Vector<double> gradient = Vector<double>.Build.Dense(Array.ConvertAll(tape.Gradients(value).Flat(parameters).ToArray(), v => (double)v));
        bool isFinite = double.IsFinite(found) && double.IsFinite(gradient.L1Norm());
        var point = new ObjectivePoint(rounded, isFinite ? found : double.PositiveInfinity, gradient);
        if (isFinite && (lowest is null || found < lowest.Loss)) lowest = point;
        return point;
    }

    /// <summary>Gives the parameters the values of the lowest loss.</summary>
    public void TakeLowest()
    {
        if (lowest is not null) Set(lowest.At);
    }

    /// <summary>Sets the parameters; returns the values that they have then.</summary>
    private Vector<double> Set(Vector<double> at)
    {
        float[] values = Array.ConvertAll(at.ToArray(), v => (float)v);
        Blocks.Copy(values, parameters.Flat.AsSpan());
        return Vector<double>.Build.Dense(Array.ConvertAll(values, v => (double)v));
    }
}
