using System.Threading.Channels;

namespace DeepLearning;

/// <summary>Training and the code that enumerates its epochs take turns: while one works, the other waits.</summary>
internal sealed class EpochTurns : IDisposable
{
    private readonly Channel<EpochProgress> epochs = Channel.CreateUnbounded<EpochProgress>();
    private readonly SemaphoreSlim asked = new(0);
    private volatile bool ended;

    /// <summary>The epochs, each of which training waits after; it completes with the run.</summary>
    public ChannelReader<EpochProgress> Epochs => epochs.Reader;

    /// <summary>Trains; to be called once, on the training thread.</summary>
    public void Run(Action training)
    {
        try
        {
            training();
        }
        finally
        {
            epochs.Writer.Complete();
        }
    }

    /// <summary>Gives an epoch away and waits until another is asked for. False if none will be.</summary>
    public bool Pass(EpochProgress epoch)
    {
        epochs.Writer.TryWrite(epoch);
        asked.Wait();
        return !ended;
    }

    /// <summary>Asks for the next epoch.</summary>
    public void GoOn() => asked.Release();

    /// <summary>Asks for no more.</summary>
    public void End()
    {
        ended = true;
        asked.Release();
    }

    public void Dispose() => asked.Dispose();
}
