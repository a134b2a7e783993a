using System.IO.Compression;
using System.Xml.Linq;

namespace DeepLearning.Packages.Tests;

/// <summary>A packed library or template, as NuGet reads it.</summary>
public sealed class Package : IDisposable
{
    private readonly ZipArchive archive;
    private readonly XElement metadata;

    /// <summary>Opens one .nupkg or .snupkg file.</summary>
    public Package(string path)
    {
        Path = path;
        archive = ZipFile.OpenRead(path);
        using Stream nuspec = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        metadata = XDocument.Load(nuspec).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The name under which it is found.</summary>
    public string Id => this["id"]!;

    /// <summary>Whether it makes projects and is no library.</summary>
    public bool IsTemplate => Find(metadata, "packageType").Any(e => e.Attribute("name")?.Value == "Template");

    /// <summary>What it contains, as paths.</summary>
    public IEnumerable<string> Files => archive.Entries.Select(e => e.FullName);

    /// <summary>The names of the packages that it brings along.</summary>
    public IEnumerable<string> Dependencies => Find(metadata, "dependency").Select(e => e.Attribute("id")!.Value);

    /// <summary>The text of an element of the metadata; null where there is none.</summary>
    public string? this[string element] => Find(metadata, element).FirstOrDefault()?.Value;

    /// <summary>An attribute of an element of the metadata; null where there is none.</summary>
    public string? Attribute(string element, string attribute) => Find(metadata, element).FirstOrDefault()?.Attribute(attribute)?.Value;

    /// <summary>A file's bytes.</summary>
    public byte[] Read(string file)
    {
        using Stream source = archive.GetEntry(file)!.Open();
        var copy = new MemoryStream();
        source.CopyTo(copy);
        return copy.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private static IEnumerable<XElement> Find(XElement root, string name) => root.Descendants().Where(e => e.Name.LocalName == name);
}
