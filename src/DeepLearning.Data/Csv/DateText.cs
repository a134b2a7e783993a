using System.Globalization;

namespace DeepLearning.Data;

/// <summary>
/// Dates as a table writes them, without a zone: .NET converts a time with one to that of the machine, so that hour and weekday of a row would depend on where
/// it is read.
/// </summary>
internal sealed class DateText
{
    private static readonly string[] IsoFormats =
        ["yyyy-MM-dd", "yyyy-MM", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    private readonly string[] formats;

    /// <param name="format">A format of .NET; null for ISO 8601.</param>
    /// <exception cref="ArgumentException">The format has a zone, or is none.</exception>
    public DateText(string? format)
    {
        formats = format is null ? IsoFormats : [format];
        if (format is not null && HasZone(format))
            throw CsvOptions.Nonsense($"{nameof(CsvTableOptions)}.{nameof(CsvTableOptions.DateFormat)} '{format}' has a time zone, which would convert every "
                + "time to the zone of this machine. If all times are in one zone, quote its mark, as in yyyy-MM-ddTHH:mm:ss'Z'; otherwise write all in one.");
    }

    /// <summary>How a date is written.</summary>
    public string Example => new DateTime(2024, 2, 29).ToString(formats[0], CultureInfo.InvariantCulture);

    public bool TryParse(string text, out DateTime date)
        => DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Kind == DateTimeKind.Unspecified;

    /// <summary>Whether .NET reads a zone in it: z, K, an unquoted Z, or a standard format such as o. A zone may be all that it has.</summary>
    private static bool HasZone(string format)
    {
        try
        {
            string universal = new DateTime(2024, 2, 29, 17, 30, 0, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);
            return DateTime.TryParseExact(universal, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
                && date.Kind != DateTimeKind.Unspecified;
        }
        catch (FormatException)
        {
            throw CsvOptions.Nonsense($"{nameof(CsvTableOptions)}.{nameof(CsvTableOptions.DateFormat)} '{format}' is no format of .NET for dates.");
        }
    }
}
