using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>Renders what Spectre.Console can draw as text without colours or control codes: for log files and <c>ToString</c>.</summary>
internal static class PlainText
{
    private const int Width = 120;

    public static string Of(IRenderable drawing)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(drawing);
        IEnumerable<string> lines = writer.ToString().Split('\n').Select(l => l.TrimEnd());
        return string.Join(Environment.NewLine, lines).TrimEnd();
    }
}
