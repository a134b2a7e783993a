namespace DeepLearning;

/// <summary>
/// One checkpoint is one safetensors file: a model file, which <c>Sequential.Load</c> can also read, plus all other arrays and numbers of the state, and the
/// description of the run, whose names begin with <c>checkpoint.</c>. The file's checksum detects any flipped bit.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>The metadata that marks a file as a checkpoint.</summary>
    public const string VersionName = Beside + "version";

    /// <summary>For custom layers, whose settings are known only to a run that has their kinds: compared if both runs know them.</summary>
    public const string KnownByKind = "Settings of layer ";

    /// <summary>The part that describes the optimizer.</summary>
    public const string OptimizerPart = "Optimizer";

    private const string Beside = StateWriter.BesideWeights + ".", Run = Beside + "run.", Version = "2", WithoutNames = "1";

    private const int LongestText = 200;

    /// <summary>Whether a file's metadata marks it as a checkpoint.</summary>
    public static bool IsOurs(IReadOnlyDictionary<string, string> metadata) => metadata.ContainsKey(VersionName);

    /// <summary>Whether a tensor is a weight of the model. In a file that is not a checkpoint, every tensor is.</summary>
    public static Func<string, bool> WeightsOf(SafetensorsContent content)
        => IsOurs(content.Metadata) ? static name => !name.StartsWith(Beside, StringComparison.Ordinal) : static _ => true;

    /// <summary>Writes a checkpoint, which is also a model file if all layers are of these kinds.</summary>
    public static void Write(string path, Model model, LayerKinds kinds, IReadOnlyDictionary<string, string> run, StateWriter state)
    {
        bool isModel = model.Layers.All(l => kinds.Of(l) is not null);
        Dictionary<string, string> metadata = isModel ? ModelFile.Describe(model, kinds) : [];
        metadata.Add(VersionName, Version);
        foreach ((string name, string text) in run) metadata.Add(Run + name, text);
        foreach ((string name, string text) in state.Texts) metadata.Add(name, text);
        AtomicFile.Write(path, stream => SafetensorsFile.Write(stream, state.Arrays, metadata));
    }

    /// <summary>Reads a checkpoint and the description of its run.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, or not a checkpoint of this version.</exception>
    /// <exception cref="CheckpointMismatchException">The run was started by version 0.1.0.</exception>
    public static (StateReader State, IReadOnlyDictionary<string, string> Run) Read(string path)
    {
        using FileStream stream = ReadableFile.Open(path);
        SafetensorsContent content = SafetensorsFile.Read(stream, requireChecksum: true);
        string? version = content.Metadata.GetValueOrDefault(VersionName);
        if (version is null) throw new ModelFormatException($"{path} is a safetensors file, but not a checkpoint.");
        if (version == WithoutNames)
        {
            throw new CheckpointMismatchException(path,
            [
                "Library: begun by version 0.1.0, which derived random numbers from the positions of layers; now they depend on "
                + "names, so the run would not continue as it began. "
                + $"{nameof(Model)}.{nameof(Model.Load)} and {nameof(Model.LoadWeights)} read the weights of the file",
            ]);
        }

        if (version != Version) throw new ModelFormatException($"{path} is a checkpoint of version {version}; this library reads version {Version}.");
        Dictionary<string, string> run = content.Metadata.Where(t => t.Key.StartsWith(Run, StringComparison.Ordinal))
            .ToDictionary(t => t.Key[Run.Length..], t => t.Value);
        return (new StateReader(content.Metadata, content.Tensors, path), run);
    }

    /// <summary>Compares the run of a checkpoint with the current run.</summary>
    /// <param name="path">For the message.</param>
    /// <param name="saved">The run that the checkpoint belongs to.</param>
    /// <param name="wanted">The description of the current run.</param>
    /// <param name="partly">Whether the checkpoint may describe more than the current run does.</param>
    /// <exception cref="CheckpointMismatchException">They differ; every difference is listed.</exception>
    public static void RequireSame(
        string path, IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> wanted, bool partly = false)
    {
        // Settings that only the checkpoint has count too, such as clipping that the current optimizer lacks.
        IEnumerable<string> others = partly ? saved.Keys.Where(k => wanted.ContainsKey(OptimizerPart) && k.StartsWith(OptimizerPart + ".", StringComparison.Ordinal)) : saved.Keys;
        IEnumerable<string> names = wanted.Keys.Union(others)
            .Where(n => !n.StartsWith(KnownByKind, StringComparison.Ordinal) || (saved.ContainsKey(n) && wanted.ContainsKey(n)));
        string[] differences =
        [
            .. from name in names
               let before = saved.GetValueOrDefault(name, "nothing")
               let now = wanted.GetValueOrDefault(name, "nothing")
               where before != now
               select $"{name}: {Shortened(before)} in the checkpoint, {Shortened(now)} in this run",
        ];
        if (differences.Length > 0) throw new CheckpointMismatchException(path, differences);
    }

    /// <summary>A layer may have a thousand numbers.</summary>
    private static string Shortened(string text) => text.Length <= LongestText ? text : $"{text.AsSpan(0, LongestText)}…";
}
