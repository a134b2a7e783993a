namespace DeepLearning.Kernels;

/// <summary>One width of vector, for loops written once over all widths.</summary>
/// <typeparam name="V">The vector type.</typeparam>
internal unsafe interface ILanes<V> where V : struct
{
    static abstract int Count { get; }

    /// <summary>Rows of the micro kernel's tile, two vectors wide: 6 or 8, as the registers allow.</summary>
    static abstract int TileRows { get; }

    static abstract V Broadcast(float value);

    static abstract V Load(float* source);

    /// <summary>Lanes outside the mask are 0, and their memory is not touched.</summary>
    static abstract V Load(float* source, V mask);

    static abstract void Store(V value, float* target);

    /// <summary>Lanes outside the mask are left alone.</summary>
    static abstract void Store(V value, float* target, V mask);

    /// <summary>All bits set in the first <paramref name="count"/> lanes (all lanes, if that is more).</summary>
    static abstract V FirstLanes(int count);

    static abstract V Add(V x, V y);

    /// <summary>x·y + z, rounded once; twice where the machine has no such instruction and would take two hundred times as long.</summary>
    static abstract V MultiplyAdd(V x, V y, V z);
}
