namespace DeepLearning;

/// <summary>The batches that one reader of a source reuses, and the order of the rows: after the first epoch nothing is allocated.</summary>
internal sealed class BatchBuffers
{
    private int[] order = [];
    private Batch?[] ring = [];

    /// <summary>A batch of full size.</summary>
    public Batch? Full { get; set; }

    /// <summary>The remainder at the end of an epoch.</summary>
    public Batch? Remainder { get; set; }

    /// <summary>The buffers of a source that is read ahead.</summary>
    public BatchBuffers Ahead => field ??= new BatchBuffers();

    /// <summary>Room for the order of this many rows.</summary>
    public int[] Order(int rows) => order.Length == rows ? order : order = new int[rows];

    /// <summary>This many slots for waiting batches.</summary>
    public Batch?[] Ring(int places) => ring.Length == places ? ring : ring = new Batch?[places];
}
