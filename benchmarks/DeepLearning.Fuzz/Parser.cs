namespace DeepLearning.Fuzz;

/// <summary>What reads one format, and what it may answer to a broken file.</summary>
/// <param name="Name">For the command line and the table.</param>
/// <param name="Seeds">Whole files, or their inner content where <paramref name="Seal"/> wraps it. Mutations begin here.</param>
/// <param name="Seal">Makes checksums and wrappers right again after a mutation, so that what lies behind them is reached.</param>
/// <param name="Read">Reads a file from its bytes.</param>
/// <param name="Refusal">The exception that the documentation promises for a bad file.</param>
internal sealed record Parser(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], byte[]> Seal, Action<byte[]> Read, Type Refusal);
