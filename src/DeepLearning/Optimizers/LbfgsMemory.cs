using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>The last steps and changes of the gradient, as an approximation of the inverse Hessian: Nocedal and Wright 2006, algorithm 7.4.</summary>
internal sealed class LbfgsMemory(int capacity)
{
    private readonly List<(Vector<double> Step, Vector<double> Change, double Rho)> pairs = [];

    public bool IsEmpty => pairs.Count == 0;

    public void Clear() => pairs.Clear();

    /// <summary>Adds a step s and the change y of the gradient along it, unless the curvature y·s is not positive.</summary>
    public void Add(Vector<double> step, Vector<double> change)
    {
        double curvature = step.DotProduct(change);
        // The bound of PyTorch: below it, 1/(y·s) says nothing.
        if (!(curvature > 1e-10 * change.DotProduct(change))) return;
        if (pairs.Count == capacity) pairs.RemoveAt(0);
        pairs.Add((step, change, 1 / curvature));
    }

    /// <summary>−H·g by the two-loop recursion; −g without any pair.</summary>
    public Vector<double> Direction(Vector<double> gradient)
    {
        Vector<double> q = -gradient;
        if (IsEmpty) return q;
        var alphas = new Stack<double>();
        foreach ((Vector<double> step, Vector<double> change, double rho) in Enumerable.Reverse(pairs))
        {
            alphas.Push(rho * step.DotProduct(q));
            q -= alphas.Peek() * change;
        }

        (_, Vector<double> last, double lastRho) = pairs[^1];
        q *= 1 / (lastRho * last.DotProduct(last));
        foreach ((Vector<double> step, Vector<double> change, double rho) in pairs) q += (alphas.Pop() - rho * change.DotProduct(q)) * step;
        return q;
    }
}
