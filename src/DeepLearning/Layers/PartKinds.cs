namespace DeepLearning;

/// <summary>
/// The kinds of regularizers, constraints and initializers that a file may name. A part is written as <c>{"kind": "L2", "settings": {"strength": 0.01}}</c>; a
/// custom one also has its <c>text</c>, and no <c>kind</c> if <c>Save</c> was given none.
/// </summary>
internal sealed class PartKinds
{
    private const string Kind = "kind", Text = "text", Own = "settings";

    private readonly IReadOnlyList<PartKind> kinds;

    private PartKinds(IReadOnlyList<PartKind> kinds) => this.kinds = kinds;

    /// <summary>Every regularizer, constraint and initializer of this library.</summary>
    public static PartKinds BuiltIn { get; } = new(
    [
        L1.Definition,
        L2.Definition,
        L1L2.Definition,
        MaxNorm.Definition,
        NonNegative.Definition,
        UnitNorm.Definition,
        Constant.Definition,
        GlorotNormal.Definition,
        GlorotUniform.Definition,
        HeNormal.Definition,
        HeUniform.Definition,
        LeCunNormal.Definition,
        LeCunUniform.Definition,
        Orthogonal.Definition,
        RandomNormal.Definition,
        RandomUniform.Definition,
        TruncatedNormal.Definition,
        VarianceScaling.Definition,
    ]);

    /// <summary>These kinds and a custom one.</summary>
    /// <exception cref="ArgumentException">The name is empty, taken or invalid Unicode, or the class already has one.</exception>
    public PartKinds With<TPart>(string name, Action<TPart, Settings> write, Func<Settings, TPart> read) where TPart : class
    {
        RequireNew<TPart>("part of a layer", name, write, read, [.. kinds.Select(k => (k.Name, k.Type))]);
        return new PartKinds([.. kinds, PartKind.Of(name, write, read) with { IsCustom = true }]);
    }

    /// <summary>What a file stores for a part.</summary>
    public Settings Write(object part)
    {
        if (part is IUnknownPart placeholder) return placeholder.Unknown.Saved;
        PartKind? kind = kinds.FirstOrDefault(k => k.Type == part.GetType());
        Settings written = new(), own = new() { Kinds = this };
        if (kind is not null) written.Set(Kind, kind.Name);
        if (kind is null or { IsCustom: true }) written.Set(Text, $"{part}");
        kind?.Write(part, own);
        return own.IsEmpty ? written : written.Nest(Own, own);
    }

    /// <summary>Makes the part that a file describes.</summary>
    /// <param name="name">The setting, for messages.</param>
    /// <param name="saved">What the file stores for it.</param>
    /// <param name="placeholder">Stands for a custom part whose kind is not among these.</param>
    /// <exception cref="FormatException">A kind is missing or unknown, or the settings do not fit it.</exception>
    public TPart Read<TPart>(string name, Settings saved, Func<UnknownPart, TPart> placeholder) where TPart : class
    {
        string? kind = saved.TextOrNull(Kind), text = saved.TextOrNull(Text);
        string place = kind is null ? name : $"{name} ({kind})";
        Settings own = saved.Nested(Own) ?? new Settings();
        own.Kinds = this;
        try
        {
            saved.RequireAllRead();
            if (kind is not null && Find(kind) is { } known)
            {
                object part = known.Read(own);
                own.RequireAllRead();
                return part as TPart ?? throw new FormatException($"expected a kind of {typeof(TPart).Name.ToLowerInvariant()}, got {part ?? "none"}");
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new FormatException($"{place}: {e.Message}", e);
        }

        if (text is not null) return placeholder(new UnknownPart(saved, text, kind));
        throw new FormatException(kind is null ? $"{name} has no kind" : $"{name} is of the unknown kind {kind}");
    }

    /// <summary>Rejects a kind whose name or class is already taken.</summary>
    public static void RequireNew<TPart>(string what, string name, Delegate write, Delegate read, IReadOnlyList<(string Name, Type Type)> others)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        UnicodeText.Require(name, $"The kind of {what}", nameof(name));
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(read);
        foreach ((string taken, _) in others)
            if (taken == name) throw new ArgumentException($"The name {name} is taken.", nameof(name));
        foreach ((string taken, Type type) in others)
            if (type == typeof(TPart)) throw new ArgumentException($"{type.Name} has the name {taken}.", nameof(name));
    }

    private PartKind? Find(string name) => kinds.FirstOrDefault(k => k.Name == name);
}
