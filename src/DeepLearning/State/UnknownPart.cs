namespace DeepLearning;

/// <summary>
/// What a file says about a custom regularizer, constraint or initializer whose kind was not given to <c>Load</c>. A placeholder keeps it, so that a model can
/// predict without the part, and saving it again loses nothing.
/// </summary>
/// <param name="Saved">What the file says.</param>
/// <param name="Text">The part's own text: <c>Spread(0.1)</c>.</param>
/// <param name="Kind">The name of its kind; null if it was saved without one.</param>
internal sealed record UnknownPart(Settings Saved, string Text, string? Kind)
{
    /// <summary>The exception for anything that needs the part itself.</summary>
    /// <param name="role">What the part is: <c>Regularizer</c>.</param>
    /// <param name="owner">What it belongs to, for the message: <c> of dense.kernel</c>; or nothing.</param>
    public InvalidOperationException Missing(string role, string owner = "")
        => new($"The {role.ToLowerInvariant()} {Text}{owner} was not loaded: it is a custom one"
            + (Kind is null
                ? $", saved without its kind. Give Save and Load LayerKinds.BuiltIn.With{role}(name, write, read), "
                : $". Give Load LayerKinds.BuiltIn.With{role}(\"{Kind}\", write, read), ")
            + "or build the model with it and call LoadWeights.");
}

/// <summary>A placeholder for a part that was not loaded.</summary>
internal interface IUnknownPart
{
    /// <summary>What the file says about it.</summary>
    UnknownPart Unknown { get; }
}
