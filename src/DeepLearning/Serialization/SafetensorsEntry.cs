namespace DeepLearning;

/// <summary>One tensor as a header describes it; offsets in bytes from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, SafetensorsElement Element, Shape Shape, long Begin, long End);
