namespace DeepLearning.Tests.Support;

/// <summary>The texts and arrays of a checkpoint, to be changed and written again with a checksum that is right.</summary>
internal sealed class CheckpointEdit
{
    private readonly string path;

    public CheckpointEdit(string path)
    {
        this.path = path;
        Texts = Safetensors.LoadMetadata(path).ToDictionary();
        Arrays = Safetensors.Load(path).ToDictionary();
    }

    public Dictionary<string, string> Texts { get; }

    public Dictionary<string, Tensor> Arrays { get; }

    public static void Change(string path, Action<CheckpointEdit> change)
    {
        var edit = new CheckpointEdit(path);
        change(edit);
        edit.WriteTo(path);
    }

    public void Write() => WriteTo(path);

    public void WriteTo(string target)
        => AtomicFile.Write(target, s => SafetensorsFile.Write(s, [.. Arrays.Select(a => (a.Key, a.Value.Shape, (ReadOnlyMemory<float>)a.Value.ToArray()))], Texts));
}
