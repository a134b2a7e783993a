using System.Globalization;
using Spectre.Console;

namespace DeepLearning.Reporting.Tests;

/// <summary>A console that writes into a string, with or without colours.</summary>
internal sealed class TextConsole : IDisposable
{
    private readonly StringWriter writer = new(CultureInfo.InvariantCulture);

    public TextConsole(int width = 100, bool colours = false)
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        Console.Profile.Width = width;
        Console.Profile.Capabilities.Unicode = true;
    }

    public IAnsiConsole Console { get; }

    public string Output => writer.ToString();

    public void Dispose() => writer.Dispose();

    public string[] Lines => Output.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
}
