namespace DeepLearning;

/// <summary>The content of a safetensors file: its tensors as float32, and its metadata.</summary>
internal sealed class SafetensorsContent
{
    private readonly Dictionary<string, Tensor> tensors;

    public SafetensorsContent(string file, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        File = file;
        Metadata = metadata;
        Names = [.. tensors.Select(t => t.Name)];
        this.tensors = tensors.ToDictionary(t => t.Name, t => t.Tensor);
    }

    /// <summary>For messages.</summary>
    public string File { get; }

    /// <summary>Texts by name, without this library's checksum and its mark.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The names in the order of the data.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    public bool Contains(string name) => tensors.ContainsKey(name);

    public Shape ShapeOf(string name) => Tensor(name).Shape;

    /// <summary>Copies the values of a tensor, row-major, into memory of its size.</summary>
    /// <exception cref="ModelFormatException">There is no such tensor, or it has another number of values.</exception>
    public void CopyTo(string name, Span<float> values)
    {
        Tensor tensor = Tensor(name);
        if (tensor.Count != values.Length)
            throw new ModelFormatException($"{File}: expected {values.Length} values for {name}, got {tensor.Count} in {tensor.Shape}.");
        tensor.AsReadOnlySpan().CopyTo(values);
    }

    /// <summary>A text of the metadata.</summary>
    /// <exception cref="ModelFormatException">There is no text of this name.</exception>
    public string Text(string name)
        => Metadata.TryGetValue(name, out string? text) ? text : throw new ModelFormatException($"{File}: the metadata has no {name}.");

    private Tensor Tensor(string name)
        => tensors.TryGetValue(name, out Tensor? tensor) ? tensor : throw new ModelFormatException($"{File} has no tensor {name}.");
}
