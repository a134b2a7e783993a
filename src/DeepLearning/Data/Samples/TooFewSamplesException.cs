namespace DeepLearning;

/// <summary>A stream ended before the place at which reading was to start.</summary>
internal sealed class TooFewSamplesException(long skip, long count) : InvalidOperationException(
    $"Expected to start after {skip} samples, but the source has only {count}. A run resumes only with the samples it was interrupted in.");
