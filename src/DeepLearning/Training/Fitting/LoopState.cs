namespace DeepLearning;

/// <summary>The progress of a run: the numbers in a checkpoint that belong to the loop itself.</summary>
/// <param name="Epoch">The epoch in progress, or the next.</param>
/// <param name="WithinEpoch">Whether an epoch is in progress.</param>
/// <param name="Batch">The number of batches seen in the last epoch.</param>
/// <param name="Stopping">Whether a callback has ended the run.</param>
/// <param name="Steps">The steps of the run.</param>
/// <param name="Epochs">The number of epochs requested when the checkpoint was written.</param>
internal sealed record LoopState(int Epoch, bool WithinEpoch, int Batch, bool Stopping, long Steps, int Epochs)
{
    /// <summary>The last epoch that was started.</summary>
    public int LastEpoch => WithinEpoch ? Epoch : Epoch - 1;

    public void Save(StateWriter to)
    {
        to.Write("epoch", Epoch);
        to.Write("withinEpoch", WithinEpoch);
        to.Write("lastEpoch", LastEpoch);
        to.Write("batch", Batch);
        to.Write("stopping", Stopping);
        to.Write("steps", Steps);
        to.Write("epochs", Epochs);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="from">The reader.</param>
    /// <param name="first">The number of the run's first epoch.</param>
    /// <param name="batchesPerEpoch">Null for a stream.</param>
    /// <exception cref="ModelFormatException">Something is missing, or the numbers cannot be those of a run.</exception>
    public static LoopState Read(StateReader from, int first, int? batchesPerEpoch)
    {
        bool within = from.ReadBoolean("withinEpoch");
        int epochs = from.ReadInt32("epochs", first + 1, int.MaxValue), begun = within ? 1 : 0;
        int epoch = from.ReadInt32("epoch", first + 1 - begun, epochs - begun), done = epoch - first;
        // Only a run that was cancelled before its first step has seen no batch.
        int batch = from.ReadInt32("batch", within && done == 0 ? 0 : 1, batchesPerEpoch ?? int.MaxValue);
        // A callback may end an epoch after any step of it.
        long least = done - 1L + begun + batch, most = done * (long)(batchesPerEpoch ?? int.MaxValue) + begun * (long)batch;
        long steps = from.ReadInt64("steps", least, batchesPerEpoch is null ? StateReader.LargestCount : most);
        var state = new LoopState(epoch, within, batch, from.ReadBoolean("stopping"), steps, epochs);
        _ = from.ReadInt32("lastEpoch", state.LastEpoch, state.LastEpoch);
        return state;
    }
}
