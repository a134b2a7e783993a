using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace DeepLearning;

/// <summary>
/// What a file keeps of a layer beside its weights: numbers, switches and texts by name. Numbers come back with the bits that they went in with.
/// A setting that the layer does not read on loading is an error: a newer version would mean something by it.
/// </summary>
public sealed class LayerSettings
{
    private readonly Dictionary<string, object> values = [];
    private readonly HashSet<string> unread = [];

    internal LayerSettings() { }

    internal bool IsEmpty => values.Count == 0;

    internal IReadOnlyCollection<string> Unread => unread;

    /// <summary>Keeps a number.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="value">Finite.</param>
    public LayerSettings Set(string name, float value) => Add(name, Number.Of(value));

    /// <summary>Keeps a number.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="value">Finite.</param>
    public LayerSettings Set(string name, double value) => Add(name, Number.Of(value));

    /// <summary>Keeps a whole number.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="value">The number.</param>
    public LayerSettings Set(string name, int value) => Add(name, Number.Of(value));

    /// <summary>Keeps a whole number.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="value">The number.</param>
    public LayerSettings Set(string name, uint value) => Add(name, Number.Of(value));

    /// <summary>Keeps a whole number.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="value">The number.</param>
    public LayerSettings Set(string name, long value) => Add(name, Number.Of(value));

    /// <summary>Keeps a whole number.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="value">The number.</param>
    public LayerSettings Set(string name, ulong value) => Add(name, Number.Of(value));

    /// <summary>Keeps a switch.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="value">On or off.</param>
    public LayerSettings Set(string name, bool value) => Add(name, value);

    /// <summary>Keeps a text.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="value">The text.</param>
    public LayerSettings Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        UnicodeText.Require(value, $"The text of {name},", nameof(value));
        return Add(name, value);
    }

    /// <summary>Keeps whole numbers in order.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="values">The numbers.</param>
    public LayerSettings Set(string name, ReadOnlySpan<int> values) => Add(name, Array.ConvertAll(values.ToArray(), Number.Of));

    /// <summary>Keeps numbers in order.</summary>
    /// <param name="name">Unique in the layer.</param>
    /// <param name="values">Finite numbers.</param>
    public LayerSettings Set(string name, ReadOnlySpan<double> values) => Add(name, Array.ConvertAll(values.ToArray(), Number.Of));

    /// <summary>A number that was kept.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">There is none of this name and kind; loading adds the layer, in a <see cref="ModelFormatException"/>.</exception>
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

    /// <summary>A switch that was kept.</summary>
    /// <param name="name">Its name.</param>
    /// <inheritdoc cref="GetSingle" path="/exception"/>
    public bool GetBoolean(string name) => Get<object>(name, "true or false") is bool value ? value : throw Wrong(name, "true or false");

    /// <summary>A text that was kept.</summary>
    /// <param name="name">Its name.</param>
    /// <inheritdoc cref="GetSingle" path="/exception"/>
    public string GetString(string name) => Get<string>(name, "a text");

    /// <summary>Whole numbers that were kept.</summary>
    /// <param name="name">Their name.</param>
    /// <inheritdoc cref="GetSingle" path="/exception"/>
    public int[] GetInt32s(string name) => Array.ConvertAll(Get<Number[]>(name, "whole numbers"), n => Parse<int>(name, n));

    /// <summary>Numbers that were kept.</summary>
    /// <param name="name">Their name.</param>
    /// <inheritdoc cref="GetSingle" path="/exception"/>
    public double[] GetDoubles(string name) => Array.ConvertAll(Get<Number[]>(name, "numbers"), n => Parse<double>(name, n));

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
                case Number[] numbers:
                    json.WriteStartArray();
                    foreach (Number number in numbers) json.WriteRawValue(number.Text);
                    json.WriteEndArray();
                    break;
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Reads one object, from its opening brace on.</summary>
    internal static LayerSettings Read(ref Utf8JsonReader json)
    {
        var settings = new LayerSettings();
        JsonText.Next(ref json, JsonTokenType.StartObject, "settings");
        while (JsonText.Property(ref json, "settings") is { } name)
        {
            json.Read();
            object value = json.TokenType switch
            {
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.String => json.GetString()!,
                JsonTokenType.Number => Number.Read(ref json),
                JsonTokenType.StartArray => ReadNumbers(ref json, name),
                _ => throw new FormatException($"Expected a number, a text, a switch or numbers for the setting {name}, got {json.TokenType}."),
            };
            if (!settings.values.TryAdd(name, value)) throw new FormatException($"The setting {name} appears twice.");
            settings.unread.Add(name);
        }

        return settings;
    }

    private static Number[] ReadNumbers(ref Utf8JsonReader json, string name)
    {
        var numbers = new List<Number>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number) throw new FormatException($"Expected numbers for the setting {name}, got {json.TokenType}.");
            numbers.Add(Number.Read(ref json));
        }

        return [.. numbers];
    }

    private LayerSettings Add(string name, object value)
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
        Number number => number.Text,
        string text => $"the text {text}",
        _ => value.ToString()!,
    };

    private static TNumber Parse<TNumber>(string name, Number number) where TNumber : INumberBase<TNumber>
        => TNumber.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out TNumber? value) && TNumber.IsFinite(value)
            ? value
            : throw new FormatException($"the setting {name} is {number.Text}, which is no {typeof(TNumber).Name}");

    /// <summary>A number as it is spelled: only who reads it knows its precision, and rounding twice would change bits.</summary>
    private sealed record Number(string Text)
    {
        public static Number Of(float value) => Of<float>(value);

        public static Number Of(double value) => Of<double>(value);

        public static Number Of(int value) => Of<int>(value);

        public static Number Of(uint value) => Of<uint>(value);

        public static Number Of(long value) => Of<long>(value);

        public static Number Of(ulong value) => Of<ulong>(value);

        public static Number Read(ref Utf8JsonReader json) => new(System.Text.Encoding.UTF8.GetString(json.ValueSpan));

        private static Number Of<TNumber>(TNumber value) where TNumber : INumberBase<TNumber>
            => TNumber.IsFinite(value)
                ? new(value.ToString(null, CultureInfo.InvariantCulture))
                : throw new ArgumentException($"A setting is finite, got {value}.", nameof(value));
    }
}
