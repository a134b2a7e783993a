namespace DeepLearning;

/// <content>The parts of a layer: its regularizers, constraints and initializers.</content>
public sealed partial class Settings
{
    /// <summary>How parts are written and read.</summary>
    internal PartKinds Kinds { get; set; } = PartKinds.BuiltIn;

    /// <summary>
    /// Stores a regularizer with its settings; nothing for none. A custom one is stored as <see cref="LayerKinds.WithRegularizer{TRegularizer}"/> says.
    /// </summary>
    /// <param name="name">Unique in its part: <c>kernel_regularizer</c>.</param>
    /// <param name="regularizer">The regularizer, or null.</param>
    public Settings Set(string name, Regularizer? regularizer) => SetPart(name, regularizer);

    /// <summary>
    /// Stores a constraint with its settings; nothing for none. A custom one is stored as <see cref="LayerKinds.WithConstraint{TConstraint}"/> says.
    /// </summary>
    /// <param name="name">Unique in its part: <c>kernel_constraint</c>.</param>
    /// <param name="constraint">The constraint, or null.</param>
    public Settings Set(string name, Constraint? constraint) => SetPart(name, constraint);

    /// <summary>
    /// Stores an initializer with its settings; nothing for none. A custom one is stored as <see cref="LayerKinds.WithInitializer{TInitializer}"/> says.
    /// </summary>
    /// <param name="name">Unique in its part: <c>kernel_initializer</c>.</param>
    /// <param name="initializer">The initializer, or null, also for the one that the layer has by default.</param>
    public Settings Set(string name, Initializer? initializer) => SetPart(name, initializer);

    /// <summary>
    /// Returns a stored regularizer; null if none was stored. One of a custom kind that is not known comes back as a placeholder: the model predicts, and what
    /// needs the penalty throws an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">The setting of this name is no regularizer; loading wraps it in a <see cref="ModelFormatException"/> that names the
    /// layer.</exception>
    public Regularizer? GetRegularizer(string name) => GetPart<Regularizer>(name, static unknown => new UnknownRegularizer(unknown));

    /// <summary>
    /// Returns a stored constraint; null if none was stored. One of a custom kind that is not known comes back as a placeholder: the model predicts, and what
    /// trains it throws an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">The setting of this name is no constraint; loading wraps it in a <see cref="ModelFormatException"/> that names the
    /// layer.</exception>
    public Constraint? GetConstraint(string name) => GetPart<Constraint>(name, static unknown => new UnknownConstraint(unknown));

    /// <summary>
    /// Returns a stored initializer; null if none was stored. One of a custom kind that is not known comes back as a placeholder: a loaded model has its values
    /// and does not need it, and a new model of the layer throws an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">The setting of this name is no initializer; loading wraps it in a <see cref="ModelFormatException"/> that names the
    /// layer.</exception>
    public Initializer? GetInitializer(string name) => GetPart<Initializer>(name, static unknown => new UnknownInitializer(unknown));

    private Settings SetPart(string name, object? part) => part is null ? this : Nest(name, Kinds.Write(part));

    private TPart? GetPart<TPart>(string name, Func<UnknownPart, TPart> placeholder) where TPart : class
        => Nested(name) is { } saved ? Kinds.Read(name, saved, placeholder) : null;
}
