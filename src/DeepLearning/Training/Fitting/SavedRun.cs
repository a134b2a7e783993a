namespace DeepLearning;

/// <summary>A checkpoint whose state has been read and checked, all but that of the callbacks.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Callbacks">The state of the callbacks.</param>
/// <param name="EpochsDone">The epoch that is under way, or the next.</param>
/// <param name="Remembering">The callbacks that have some.</param>
/// <param name="TakeUp">Puts the state in place; cannot fail.</param>
internal sealed record SavedRun(string Name, StateReader Callbacks, int EpochsDone, IReadOnlyList<string> Remembering, Action TakeUp);
