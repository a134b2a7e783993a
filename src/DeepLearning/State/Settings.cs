using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace DeepLearning;

/// <summary>
/// The settings of a layer, a loss or an optimizer: numbers, Booleans, strings and the parts of a layer, by name. A model file stores those of its layers, and
/// restores each number bit for bit; a setting that a layer does not read on loading is an error, since it may come from a newer version. A checkpoint also
/// stores those of loss and optimizer, and a run resumes only with the same ones.
/// </summary>
public sealed partial class Settings
{
    private readonly Dictionary<string, object> values = [];
    private readonly HashSet<string> unread = [];

    internal Settings() { }

    internal bool IsEmpty => values.Count == 0;

    /// <summary>Stores a number.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="value">Finite.</param>
    public Settings Set(string name, float value) => Add(name, Number.Of(name, value));

    /// <summary>Stores a number.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="value">Finite.</param>
    public Settings Set(string name, double value) => Add(name, Number.Of(name, value));

    /// <summary>Stores a whole number.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="value">The number.</param>
    public Settings Set(string name, int value) => Add(name, Number.Of(name, value));

    /// <summary>Stores a whole number.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="value">The number.</param>
    public Settings Set(string name, uint value) => Add(name, Number.Of(name, value));

    /// <summary>Stores a whole number.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="value">The number.</param>
    public Settings Set(string name, long value) => Add(name, Number.Of(name, value));

    /// <summary>Stores a whole number.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="value">The number.</param>
    public Settings Set(string name, ulong value) => Add(name, Number.Of(name, value));

    /// <summary>Stores a Boolean.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="value">The value.</param>
    public Settings Set(string name, bool value) => Add(name, value);

    /// <summary>Stores a string.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="value">The text.</param>
    public Settings Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        UnicodeText.Require(value, $"The text of {name},", nameof(value));
        return Add(name, value);
    }

    /// <summary>Stores a list of whole numbers.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="values">The numbers.</param>
    public Settings Set(string name, ReadOnlySpan<int> values) => Add(name, Array.ConvertAll(values.ToArray(), v => Number.Of(name, v)));

    /// <summary>Stores a list of numbers.</summary>
    /// <param name="name">Unique in its part.</param>
    /// <param name="values">Finite numbers.</param>
    public Settings Set(string name, ReadOnlySpan<double> values) => Add(name, Array.ConvertAll(values.ToArray(), v => Number.Of(name, v)));

    /// <summary>Returns a stored number.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">There is no setting of this name and kind; loading wraps it in a <see cref="ModelFormatException"/> that names the
    /// layer.</exception>
    public float GetSingle(string name) => Parse<float>(name, Get<Number>(name, "a number"));

    /// <inheritdoc cref="GetSingle"/>
    public double GetDouble(string name) => Parse<double>(name, Get<Number>(name, "a number"));

    /// <inheritdoc cref="GetSingle"/>
    public int GetInt32(string name) => Parse<int>(name, Get<Number>(name, "a whole number"));

    /// <inheritdoc cref="GetSingle"/>
    public uint GetUInt32(string name) => Parse<uint>(name, Get<Number>(name, "a whole number"));

    /// <inheritdoc cref="GetSingle"/>
    public long GetInt64(string name) => Parse<long>(name, Get<Number>(name, "a whole number"));

    /// <inheritdoc cref="GetSingle"/>
    public ulong GetUInt64(string name) => Parse<ulong>(name, Get<Number>(name, "a whole number"));

    /// <summary>Returns a stored Boolean.</summary>
    /// <param name="name">Its name.</param>
    /// <inheritdoc cref="GetSingle" path="/exception"/>
    public bool GetBoolean(string name) => Get<object>(name, "true or false") is bool value ? value : throw Wrong(name, "true or false");

    /// <summary>Returns a stored string.</summary>
    /// <param name="name">Its name.</param>
    /// <inheritdoc cref="GetSingle" path="/exception"/>
    public string GetString(string name) => Get<string>(name, "a text");

    /// <summary>Returns a stored list of whole numbers.</summary>
    /// <param name="name">Their name.</param>
    /// <inheritdoc cref="GetSingle" path="/exception"/>
    public int[] GetInt32s(string name) => Array.ConvertAll(Get<Number[]>(name, "whole numbers"), n => Parse<int>(name, n));

    /// <summary>Returns a stored list of numbers.</summary>
    /// <param name="name">Their name.</param>
    /// <inheritdoc cref="GetSingle" path="/exception"/>
    public double[] GetDoubles(string name) => Array.ConvertAll(Get<Number[]>(name, "numbers"), n => Parse<double>(name, n));

    /// <summary>As a file's JSON: <c>{"units":3,"use_bias":true}</c>.</summary>
    public override string ToString()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text)) WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Adds the settings of a part, each with the part's name as prefix: <c>Schedule.Alpha</c>.</summary>
    internal void Add(string part, Settings settings)
    {
        foreach ((string name, object value) in settings.values) Add($"{part}.{name}", value);
    }

    /// <summary>Stores settings as one setting, an object within the object.</summary>
    internal Settings Nest(string name, Settings inner) => Add(name, (object)inner);

    /// <summary>The settings that are one setting; null if there is no setting of this name.</summary>
    internal Settings? Nested(string name) => values.ContainsKey(name) ? Get<Settings>(name, "an object") : null;

    /// <summary>Whether there is a setting of this name.</summary>
    internal bool Has(string name) => values.ContainsKey(name);

    /// <summary>A stored text; null if there is no setting of this name.</summary>
    internal string? TextOrNull(string name) => values.ContainsKey(name) ? GetString(name) : null;

    /// <summary>Stores a list of texts.</summary>
    internal Settings SetTexts(string name, IReadOnlyList<string> values)
    {
        foreach (string value in values) UnicodeText.Require(value, $"The text of {name},", nameof(values));
        return Add(name, (object)values.ToArray());
    }

    /// <summary>Returns a stored list of texts.</summary>
    internal string[] GetTexts(string name) => Get<object>(name, "texts") switch
    {
        string[] texts => texts,
        Number[] { Length: 0 } => [], // An empty list does not show of what.
        _ => throw Wrong(name, "texts"),
    };

    /// <summary>The names, in the order in which they were stored.</summary>
    internal IReadOnlyCollection<string> Names => values.Keys;

    /// <summary>The settings without those that are objects.</summary>
    internal Settings WithoutNested()
    {
        var plain = new Settings();
        foreach ((string name, object value) in values)
            if (value is not Settings) plain.Add(name, value);
        return plain;
    }

    /// <summary>Refuses settings that nobody has read.</summary>
    /// <exception cref="FormatException">There is one.</exception>
    internal void RequireAllRead()
    {
        if (unread.Count > 0) throw new FormatException($"the setting {unread.First()} is unknown");
    }

    /// <summary>Writes each setting as a readable text, for comparison.</summary>
    internal void WriteTo(StateWriter texts)
    {
        foreach ((string name, object value) in values) texts.Write(name, Text(value));
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach ((string name, object value) in values)
        {
            json.WritePropertyName(name);
            switch (value)
            {
                case bool truth:
                    json.WriteBooleanValue(truth);
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                case Number number:
                    json.WriteRawValue(number.Text);
                    break;
                case Settings inner:
                    inner.WriteTo(json);
                    break;
                case Number[] numbers:
                    json.WriteStartArray();
                    foreach (Number number in numbers) json.WriteRawValue(number.Text);
                    json.WriteEndArray();
                    break;
                case string[] texts:
                    json.WriteStartArray();
                    foreach (string text in texts) json.WriteStringValue(text);
                    json.WriteEndArray();
                    break;
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Reads one object, starting at its opening brace.</summary>
    internal static Settings Read(ref Utf8JsonReader json)
    {
        JsonText.Next(ref json, JsonTokenType.StartObject, "settings");
        return ReadMembers(ref json);
    }

    private static Settings ReadMembers(ref Utf8JsonReader json)
    {
        var settings = new Settings();
        while (JsonText.Property(ref json, "settings") is { } name)
        {
            json.Read();
            object value = json.TokenType switch
            {
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.String => json.GetString()!,
                JsonTokenType.Number => Number.Read(ref json),
                JsonTokenType.StartArray => ReadList(ref json, name),
                JsonTokenType.StartObject => ReadMembers(ref json),
                _ => throw new FormatException($"Expected a number, a text, a switch, numbers or an object for the setting {name}, got {json.TokenType}."),
            };
            if (!settings.values.TryAdd(name, value)) throw new FormatException($"The setting {name} appears twice.");
            settings.unread.Add(name);
        }

        return settings;
    }

    /// <summary>Numbers or texts, but not both.</summary>
    private static object ReadList(ref Utf8JsonReader json, string name)
    {
        var numbers = new List<Number>();
        var texts = new List<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.Number && texts.Count == 0) numbers.Add(Number.Read(ref json));
            else if (json.TokenType == JsonTokenType.String && numbers.Count == 0) texts.Add(json.GetString()!);
            else throw new FormatException($"Expected numbers or texts for the setting {name}, got {json.TokenType}.");
        }

        return texts.Count > 0 ? texts.ToArray() : numbers.ToArray();
    }

    private Settings Add(string name, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        UnicodeText.Require(name, "The name of a setting,", nameof(name));
        if (!values.TryAdd(name, value)) throw new ArgumentException($"The setting {name} appears twice.", nameof(name));
        return this;
    }

    private TValue Get<TValue>(string name, string expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        unread.Remove(name);
        return values.TryGetValue(name, out object? value) && value is TValue typed ? typed : throw Wrong(name, expected);
    }

    private FormatException Wrong(string name, string expected)
        => new($"expected {expected} for the setting {name}, got {(values.TryGetValue(name, out object? value) ? Describe(value) : "none")}");

    private static string Describe(object value) => value switch
    {
        Number[] numbers => $"{numbers.Length} numbers",
        string[] texts => $"{texts.Length} texts",
        string text => $"the text {text}",
        Settings => "an object",
        _ => Text(value),
    };

    private static string Text(object value) => value switch
    {
        Number[] numbers => $"[{string.Join(", ", numbers.Select(n => n.Text))}]",
        string[] texts => $"[{string.Join(", ", texts)}]",
        Number number => number.Text,
        bool truth => truth ? "true" : "false",
        Settings inner => inner.ToString(),
        _ => (string)value,
    };

    private static TNumber Parse<TNumber>(string name, Number number) where TNumber : INumberBase<TNumber>
        => TNumber.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out TNumber? value) && TNumber.IsFinite(value)
            ? value
            : throw new FormatException($"the setting {name} is {number.Text}, which is no {typeof(TNumber).Name}");

    /// <summary>A number as it is spelled: only the reader knows its precision, and rounding twice would change bits.</summary>
    private sealed record Number(string Text)
    {
        public static Number Read(ref Utf8JsonReader json) => new(System.Text.Encoding.UTF8.GetString(json.ValueSpan));

        public static Number Of<TNumber>(string name, TNumber value) where TNumber : INumberBase<TNumber>
            => TNumber.IsFinite(value)
                ? new(value.ToString(null, CultureInfo.InvariantCulture))
                : throw new ArgumentException($"The setting {name} must be finite, got {value}.", nameof(value));
    }
}
