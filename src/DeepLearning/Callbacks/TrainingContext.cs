namespace DeepLearning;

/// <summary>What a callback sees of the run it is called from.</summary>
public sealed class TrainingContext
{
    private readonly Func<string, bool> higherIsBetter;

    internal TrainingContext(Model model, Optimizer optimizer, int epochs, IReadOnlyList<string> names, Func<string, bool> higherIsBetter)
    {
        Model = model;
        Optimizer = optimizer;
        Epochs = epochs;
        Names = names;
        this.higherIsBetter = higherIsBetter;
    }

    /// <summary>The model in training; a callback may predict and evaluate with it.</summary>
    public Model Model { get; }

    /// <summary>The optimizer; a callback may change its learning rate.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The requested number of epochs.</summary>
    public int Epochs { get; }

    /// <summary>The names of all figures of an epoch.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The current epoch, from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The number of the next epoch to complete: in a resumed run, known before the callbacks restore their state.</summary>
    internal int EpochsDone { get; set; }

    /// <summary>The current batch of the epoch, from 0.</summary>
    public int Batch { get; internal set; }

    /// <summary>Batches in an epoch; null for a stream.</summary>
    public int? BatchesPerEpoch { get; internal set; }

    /// <summary>Samples seen in this epoch.</summary>
    public long Samples { get; internal set; }

    /// <summary>Cancelled when the run is: for a callback that waits for something.</summary>
    public CancellationToken Cancellation { get; internal set; }

    /// <summary>Whether training will stop after this batch.</summary>
    public bool Stopping => Stopped != RunStop.None;

    /// <summary>Ends training normally after the current batch. The run is finished: it resumes from a checkpoint only with more epochs.</summary>
    public void Stop() => Stopped = RunStop.ForGood;

    /// <summary>
    /// Ends training normally after the current batch, for now: run again with the same <see cref="FitOptions.Checkpoint"/>, it goes on where it stopped, in
    /// the middle of an epoch too.
    /// </summary>
    public void Interrupt()
    {
        if (Stopped == RunStop.None) Stopped = RunStop.ForNow;
    }

    /// <summary>Whether, and how, the run ends early.</summary>
    internal RunStop Stopped { get; set; }

    /// <summary>Whether higher is better for a figure: for accuracy, not for a loss.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public bool HigherIsBetter(string name) => higherIsBetter(name);
}
