namespace DeepLearning;

/// <summary>A checkpoint whose state, except that of the callbacks, has been read and checked.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Callbacks">The state of the callbacks.</param>
/// <param name="EpochsDone">The epoch in progress, or the next.</param>
/// <param name="Remembering">The callbacks that have state.</param>
/// <param name="TakeUp">Applies the state; cannot fail.</param>
internal sealed record SavedRun(string Name, StateReader Callbacks, int EpochsDone, IReadOnlyList<string> Remembering, Action TakeUp);
