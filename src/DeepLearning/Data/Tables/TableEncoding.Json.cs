using System.Text;
using System.Text.Json;

namespace DeepLearning;

/// <content>The encoding as text. A model file holds it; alone it may be kept anywhere.</content>
public sealed partial class TableEncoding
{
    private const string Version = "version", InputsName = "inputs", TargetsName = "targets";
    private const int NewestVersion = 1;

    /// <summary>The encoding as JSON; every number comes back bit for bit.</summary>
    /// <exception cref="ArgumentException">A category or a name is not valid Unicode, so that no file could give it back.</exception>
    public string ToJson() => new Settings().Set(Version, NewestVersion).Nest(InputsName, Parts(inputs)).Nest(TargetsName, Parts(targets)).ToString();

    /// <summary>The encoding that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ModelFormatException">It is not an encoding, is of a newer version, or has a kind of column or a setting that this version does not
    /// know; the message names it.</exception>
    public static TableEncoding FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return Read(json);
        }
        catch (Exception e) when (JsonText.IsAboutText(e))
        {
            throw new ModelFormatException($"The text is not an encoding of a table: {e.Message}", e);
        }
    }

    /// <summary>Reads <see cref="ToJson"/>'s text; what is wrong is an exception that <see cref="JsonText.IsAboutText"/> knows.</summary>
    internal static TableEncoding Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Settings settings = Settings.Read(ref reader);
        if (reader.Read()) throw new FormatException("there is more behind its end");
        int version = settings.GetInt32(Version);
        if (version is < 1 or > NewestVersion) throw new FormatException($"it has version {version}; this library reads up to {NewestVersion}");
        FittedColumn[] inputs = Columns(settings, InputsName), targets = Columns(settings, TargetsName);
        settings.RequireAllRead();
        if (inputs.Length == 0) throw new FormatException("it has no inputs");
        if (Array.Find(inputs, c => c is FittedClass) is { } odd)
            throw new FormatException($"the input '{odd.Sources[0]}' is of the kind {odd.Kind}, which "
                + "is for targets");
        if (Array.Find(targets, c => c is not (FittedClass or FittedScale { Width: 1 })) is { } other)
            throw new FormatException($"the target '{other.Sources[0]}' is of the kind {other.Kind}, which has no way back");
        return new TableEncoding(inputs, targets);
    }

    private static Settings Parts(FittedColumn[] columns)
    {
        var settings = new Settings();
        foreach (FittedColumn column in columns) settings.Nest(string.Join("+", column.Sources), FittedKinds.Write(column));
        return settings;
    }

    private static FittedColumn[] Columns(Settings settings, string name)
    {
        Settings parts = settings.Nested(name) ?? throw new FormatException($"it has no {name}");
        return [.. parts.Names.ToArray().Select(column => FittedKinds.Read(column, parts.Nested(column)!))];
    }
}
