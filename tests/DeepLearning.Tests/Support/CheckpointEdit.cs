namespace DeepLearning.Tests.Support;

/// <summary>The texts and arrays of a checkpoint, to be changed and written again with a checksum that is right.</summary>
internal sealed class CheckpointEdit
{
    public CheckpointEdit(string path)
    {
        Texts = Safetensors.LoadMetadata(path).ToDictionary();
        Arrays = Safetensors.Load(path).ToDictionary();
    }

    public Dictionary<string, string> Texts { get; }

    public Dictionary<string, Tensor> Arrays { get; }

    public void WriteTo(string target)
    {
        (string, Shape, ReadOnlyMemory<float>)[] arrays = [.. Arrays.Select(a => (a.Key, a.Value.Shape, (ReadOnlyMemory<float>)a.Value.ToArray()))];
        AtomicFile.Write(target, stream => SafetensorsFile.Write(stream, arrays, Texts));
    }
}
