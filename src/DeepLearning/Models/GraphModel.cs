namespace DeepLearning;

/// <summary>A model with several inputs or outputs.</summary>
internal sealed class GraphModel(ModelGraph graph, ModelValues values, ulong seed) : Model(graph, values, seed);
