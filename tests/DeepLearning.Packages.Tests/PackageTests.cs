using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using DeepLearning.Tests.Architecture;
using FluentAssertions.Execution;

namespace DeepLearning.Packages.Tests;

/// <summary>What authors of NuGet packages are asked to see to, checked on the packed files in the folder that DEEPLEARNING_PACKAGES names (.ci/run packs them).</summary>
public sealed class PackageTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("DEEPLEARNING_PACKAGES");

    [SkippableFact]
    public void Every_project_in_src_has_a_package()
    {
        string[] projects = [.. Directory.GetFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(p => Path.GetFileName(Path.GetDirectoryName(p)) == Path.GetFileNameWithoutExtension(p)).Select(p => Path.GetFileNameWithoutExtension(p))];
        var packed = new List<string>();
        ForEach("*.nupkg", package => packed.Add(package.Id));
        packed.Should().BeEquivalentTo(projects);
    }

    [SkippableFact]
    public void A_package_says_what_it_is_by_whom_and_under_which_licence() => ForEach("*.nupkg", package =>
    {
        package["description"].Should().NotBeNullOrWhiteSpace().And.NotBe("Package Description");
        package["authors"].Should().NotBeNullOrWhiteSpace().And.NotBe(package.Id, "that is what the tool puts there if nobody says");
        package["copyright"].Should().NotBeNullOrWhiteSpace();
        package["tags"].Should().Contain("neural-network");
        package["license"].Should().Be("MIT");
        package.Attribute("license", "type").Should().Be("expression");
        package.Attribute("repository", "commit").Should().MatchRegex("^[0-9a-f]{40}$");
    });

    [SkippableFact]
    public void A_package_has_a_read_me_and_a_square_icon() => ForEach("*.nupkg", package =>
    {
        package["readme"].Should().Be("README.md");
        package["icon"].Should().Be("icon.png");
        package.Files.Should().Contain(["README.md", "icon.png"]);
        byte[] icon = package.Read("icon.png");
        icon[1..4].Should().Equal("PNG"u8.ToArray());
        icon[16..20].Should().Equal(icon[20..24], "width and height stand there").And.Equal([0, 0, 0, 128], "that is the size a gallery shows");
    });

    [SkippableFact]
    public void A_read_me_is_the_package_s_own_and_leads_nowhere_in_the_repository() => ForEach("*.nupkg", package =>
    {
        string readme = Encoding.UTF8.GetString(package.Read("README.md"));
        readme.Should().StartWith($"# {package.Id}\n").And.NotContain("not on nuget.org", "the reader has the package");
        readme.Should().NotMatchRegex(@"\]\((?!https://)", "a gallery has no other file").And.NotMatchRegex(@"(?m)^\[[^\]]+\]:(?! https://)");
    });

    [SkippableFact]
    public void A_library_brings_one_assembly_with_its_documentation() => ForEach("*.nupkg", package =>
    {
        if (package.IsTemplate) return;
        package.Files.Where(f => f.StartsWith("lib/", StringComparison.Ordinal)).Should()
            .BeEquivalentTo($"lib/net10.0/{package.Id}.dll", $"lib/net10.0/{package.Id}.xml");
        package.Files.Should().NotContain(f => f.EndsWith(".pdb", StringComparison.Ordinal), "symbols have a package of their own");
    });

    [SkippableFact]
    public void Assemblies_are_deterministic() => ForEach("*.nupkg", package =>
    {
        if (package.IsTemplate) return;
        using var assembly = new PEReader(new MemoryStream(package.Read($"lib/net10.0/{package.Id}.dll")));
        assembly.ReadDebugDirectory().Should().Contain(e => e.Type == DebugDirectoryEntryType.Reproducible);
    });

    [SkippableFact]
    public void Symbols_hold_the_sources_under_paths_that_are_the_same_on_every_machine()
    {
        var embedded = new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
        ForEach("*.snupkg", package =>
        {
            using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(package.Read($"lib/net10.0/{package.Id}.pdb")));
            MetadataReader reader = symbols.GetMetadataReader();
            reader.Documents.Should().NotBeEmpty();
            foreach (DocumentHandle handle in reader.Documents)
            {
                string name = reader.GetString(reader.GetDocument(handle).Name);
                name.Should().StartWith("/_/");
                reader.GetCustomDebugInformation(handle).Select(h => reader.GetGuid(reader.GetCustomDebugInformation(h).Kind)).Should().Contain(embedded, name);
            }
        });
    }

    [SkippableFact]
    public void Every_library_has_symbols()
    {
        var libraries = new List<string>();
        var symbols = new List<string>();
        ForEach("*.nupkg", package =>
        {
            if (!package.IsTemplate) libraries.Add(package.Id);
        });
        ForEach("*.snupkg", package => symbols.Add(package.Id));
        symbols.Should().BeEquivalentTo(libraries);
    }

    [SkippableFact]
    public void The_core_needs_two_packages_and_brings_its_build_settings_also_through_others()
        => ForEach("DeepLearning.0.*.nupkg", package =>
        {
            package.Dependencies.Should().BeEquivalentTo("MathNet.Numerics", "System.Numerics.Tensors");
            package.Files.Should().Contain(["build/DeepLearning.targets", "buildTransitive/DeepLearning.targets"]);
        });

    [SkippableFact]
    public void A_new_project_refers_to_the_version_its_template_came_with() => ForEach("DeepLearning.Templates.*.nupkg", package =>
    {
        package.IsTemplate.Should().BeTrue();
        package.Files.Should().Contain("content/deeplearning-console/.template.config/template.json");
        Encoding.UTF8.GetString(package.Read("content/deeplearning-console/DeepLearningConsole.csproj")).Should()
            .Contain($"<PackageReference Include=\"DeepLearning\" Version=\"{package["version"]}\" />");
    });

    private static void ForEach(string pattern, Action<Package> check)
    {
        Skip.If(string.IsNullOrEmpty(Folder), "DEEPLEARNING_PACKAGES names no folder of packages.");
        string[] files = Directory.GetFiles(Folder!, pattern);
        files.Should().NotBeEmpty("there must be some {0}", pattern);
        foreach (string file in files)
        {
            using var package = new Package(file);
            using var scope = new AssertionScope(package.Id);
            check(package);
        }
    }
}
