using System.Text.Json.Serialization;
using DeepLearning;

namespace WebApi;

/// <summary>What the page sends: 28 rows of 28 pixels, ink 1 on paper 0.</summary>
internal sealed record Drawing(float[]? Pixels);

/// <summary>What it gets: the three most likely digits, the most likely first.</summary>
internal sealed record Answer(Classification<string>[] Top);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Drawing))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(string))]
internal sealed partial class DigitsJson : JsonSerializerContext;
