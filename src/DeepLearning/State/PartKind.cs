namespace DeepLearning;

/// <summary>
/// The definition of a kind of regularizer, constraint or initializer: how it appears in files. It is the last member of the part's class, like
/// <c>LayerKind</c> in a layer's.
/// </summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Type">The class; compared, never looked up by name.</param>
/// <param name="Write">Writes its settings.</param>
/// <param name="Read">Creates a part from its settings.</param>
internal sealed record PartKind(string Name, Type Type, Action<object, Settings> Write, Func<Settings, object> Read)
{
    /// <summary>Whether a user defined it: a file then also has the part's text, for readers that do not know the kind.</summary>
    public bool IsCustom { get; init; }

    public static PartKind Of<TPart>(string name, Action<TPart, Settings> write, Func<Settings, TPart> read) where TPart : class
        => new(name, typeof(TPart), (part, settings) => write((TPart)part, settings), read);

    /// <summary>A kind without settings.</summary>
    public static PartKind Of<TPart>(string name, Func<TPart> make) where TPart : class => Of<TPart>(name, static (_, _) => { }, _ => make());
}
