namespace DeepLearning;

/// <content>The parts of a layer: its regularizers, constraints and initializers.</content>
public sealed partial class Settings
{
    /// <summary>How parts are written and read.</summary>
    internal PartKinds Kinds { get; set; } = PartKinds.BuiltIn;

    /// <summary>
    /// Stores a regularizer with its settings; nothing for null. A custom one: see <see cref="LayerKinds.WithRegularizer{TRegularizer}"/>.
    /// </summary>
    /// <param name="name">Unique within its part: <c>kernel_regularizer</c>.</param>
    /// <param name="regularizer">The regularizer, or null.</param>
    public Settings Set(string name, Regularizer? regularizer) => SetPart(name, regularizer);

    /// <summary>
    /// Stores a constraint with its settings; nothing for null. A custom one: see <see cref="LayerKinds.WithConstraint{TConstraint}"/>.
    /// </summary>
    /// <param name="name">Unique within its part: <c>kernel_constraint</c>.</param>
    /// <param name="constraint">The constraint, or null.</param>
    public Settings Set(string name, Constraint? constraint) => SetPart(name, constraint);

    /// <summary>
    /// Stores an initializer with its settings; nothing for null. A custom one: see <see cref="LayerKinds.WithInitializer{TInitializer}"/>.
    /// </summary>
    /// <param name="name">Unique within its part: <c>kernel_initializer</c>.</param>
    /// <param name="initializer">The initializer; null for none, or for the layer's default.</param>
    public Settings Set(string name, Initializer? initializer) => SetPart(name, initializer);

    /// <summary>
    /// Returns a stored regularizer; null if none was stored. An unknown custom kind is returned as a placeholder: the model predicts, but anything that needs
    /// the penalty throws an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">The setting of this name is not a regularizer; loading wraps it in a <see cref="ModelFormatException"/> that names the
    /// layer.</exception>
    public Regularizer? GetRegularizer(string name) => GetPart<Regularizer>(name, static unknown => new UnknownRegularizer(unknown));

    /// <summary>
    /// Returns a stored constraint; null if none was stored. An unknown custom kind is returned as a placeholder: the model predicts, but training throws an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">The setting of this name is not a constraint; loading wraps it in a <see cref="ModelFormatException"/> that names the
    /// layer.</exception>
    public Constraint? GetConstraint(string name) => GetPart<Constraint>(name, static unknown => new UnknownConstraint(unknown));

    /// <summary>
    /// Returns a stored initializer; null if none was stored. An unknown custom kind is returned as a placeholder: a loaded model has its values and does not
    /// need it, but a new model of the layer throws an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">The setting of this name is not an initializer; loading wraps it in a <see cref="ModelFormatException"/> that names
    /// the layer.</exception>
    public Initializer? GetInitializer(string name) => GetPart<Initializer>(name, static unknown => new UnknownInitializer(unknown));

    private Settings SetPart(string name, object? part) => part is null ? this : Nest(name, Kinds.Write(part));

    private TPart? GetPart<TPart>(string name, Func<UnknownPart, TPart> placeholder) where TPart : class
        => Nested(name) is { } saved ? Kinds.Read(name, saved, placeholder) : null;
}
