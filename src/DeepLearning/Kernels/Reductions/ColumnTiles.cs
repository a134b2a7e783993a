namespace DeepLearning.Kernels;

/// <summary>
/// The columns of [outer, axis, inner] in tiles of at most 64 neighbours: the units of work of a kernel that runs down the axis. 64 floats are four
/// whole cache lines, so that no line is fetched for two tiles.
/// </summary>
internal readonly struct ColumnTiles
{
    /// <summary>Columns of a whole tile.</summary>
    public const int Width = 64;

    private readonly int tilesPerRow;

    /// <summary>Cuts the columns; a chunk covers at least <paramref name="smallestChunk"/> values.</summary>
    public ColumnTiles(int outer, int axis, int inner, int smallestChunk)
    {
        (Axis, Inner) = (axis, inner);
        tilesPerRow = (inner + Width - 1) / Width;
        long valuesPerTile = Math.Max(1, (long)axis * Math.Min(inner, Width));
        Chunks = new Chunks((long)outer * tilesPerRow, Math.Max(1, smallestChunk / valuesPerTile), 1);
    }

    public int Axis { get; }

    /// <summary>Distance of a column's neighbours along the axis.</summary>
    public int Inner { get; }

    /// <summary>The tiles in chunks.</summary>
    public Chunks Chunks { get; }

    /// <summary>Where a tile begins in [outer, axis, inner] and in [outer, inner], and its number of columns.</summary>
    public (nint From, nint To, nint Columns) this[nint tile]
    {
        get
        {
            nint o = tile / tilesPerRow, first = tile % tilesPerRow * Width;
            return (o * Axis * Inner + first, o * Inner + first, Math.Min(Width, Inner - first));
        }
    }
}
