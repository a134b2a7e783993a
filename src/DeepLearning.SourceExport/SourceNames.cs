using System.Text;

namespace DeepLearning.SourceExport;

/// <summary>Names that are valid in C#.</summary>
internal static class SourceNames
{
    private static readonly HashSet<string> Keywords = [.. (
        "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern "
        + "false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override "
        + "params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof "
        + "uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' ')];

    /// <summary>The name of a class for a file: what comes before <c>.g.cs</c> or <c>.cs</c>, as one word in Pascal case.</summary>
    /// <exception cref="ArgumentException">No part of the name is valid in a class name.</exception>
    public static string ClassOf(string path)
    {
        string file = Path.GetFileName(path), stem = file;
        foreach (string extension in (string[])[".cs", ".g"])
            if (stem.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) stem = stem[..^extension.Length];
        string name = Pascal(stem);
        if (name.Length == 0)
            throw new ArgumentException(
                $"No class can be named after the file {file}; set {nameof(SourceOptions)}.{nameof(SourceOptions.ClassName)}.", nameof(path));
        return char.IsDigit(name[0]) ? "_" + name : name;
    }

    /// <summary>dense_1.kernel → Dense1Kernel.</summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder();
        bool first = true;
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c)) name.Append(first ? char.ToUpperInvariant(c) : c);
            first = !char.IsLetterOrDigit(c);
        }

        return name.ToString();
    }

    /// <summary>The same text, if it is a valid class name; one of lower-case letters alone could be a keyword, now or later.</summary>
    public static string RequireClass(string className)
        => IsIdentifier(className) && className.AsSpan().ContainsAnyExceptInRange('a', 'z')
            ? className
            : throw new ArgumentException($"The name of a class must be a C# identifier with more than lower-case letters, got “{className}”.", nameof(className));

    /// <summary>The same text, if it is empty or a valid namespace.</summary>
    public static string RequireNamespace(string @namespace)
    {
        ArgumentNullException.ThrowIfNull(@namespace);
        return @namespace.Length == 0 || Array.TrueForAll(@namespace.Split('.'), part => IsIdentifier(part) && !Keywords.Contains(part))
            ? @namespace
            : throw new ArgumentException($"A namespace must be C# identifiers separated by dots, got “{@namespace}”.", nameof(@namespace));
    }

    /// <summary>Whether a line of code contains this word; comments do not count.</summary>
    public static bool Uses(string line, string name)
    {
        if (line.AsSpan().TrimStart().StartsWith("//", StringComparison.Ordinal)) return false;
        for (int at = line.IndexOf(name, StringComparison.Ordinal); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            if ((at == 0 || !IsPart(line[at - 1])) && (end == line.Length || !IsPart(line[end]))) return true;
        }

        return false;
    }

    private static bool IsIdentifier(string name) => name.Length > 0 && !char.IsDigit(name[0]) && name.All(IsPart);

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
