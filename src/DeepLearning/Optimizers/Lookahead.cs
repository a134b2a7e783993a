namespace DeepLearning;

/// <summary>
/// Slow weights that trail those an optimizer moves: after every k updates, slow += α·(w − slow), w = slow. Zhang et al. 2019, algorithm 1. A setting of any
/// optimizer, which TensorFlow Addons' <c>Lookahead</c> wraps instead; not in Keras's core, nor in PyTorch's. The slow weights start equal to the weights.
/// </summary>
/// <example><c>new Adam(1e-3) { Lookahead = new Lookahead(syncPeriod: 6, slowStepSize: 0.5) }</c></example>
public sealed record Lookahead
{
    /// <summary>Lookahead with the defaults of TensorFlow Addons.</summary>
    /// <param name="syncPeriod">k, updates from one sync to the next, ≥ 1; 6 by default.</param>
    /// <param name="slowStepSize">α, the fraction of the distance that the slow weights move, in [0, 1]; 0.5 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Lookahead(int syncPeriod = 6, double slowStepSize = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(syncPeriod, 1);
        (SyncPeriod, SlowStepSize) = (syncPeriod, Setting.Weight(slowStepSize, nameof(slowStepSize)));
    }

    /// <summary>k, updates from one sync to the next; 6 by default.</summary>
    public int SyncPeriod { get; }

    /// <summary>α, the fraction of the distance that the slow weights move; 0.5 by default.</summary>
    public double SlowStepSize { get; }
}
