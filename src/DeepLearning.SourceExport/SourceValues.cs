using System.Buffers.Binary;
using System.Text;

namespace DeepLearning.SourceExport;

/// <summary>
/// A table of numbers in the file. A small one is a list of literals, which live in the assembly and need no start-up. The compiler takes 20 µs for each
/// literal, so a large table is text in base 64, a single token, which is decoded once.
/// </summary>
/// <param name="Name">Its name in the file: <c>Dense1Kernel</c>.</param>
/// <param name="Title">Its name in the model and its shape.</param>
/// <param name="Type">float or double.</param>
/// <param name="Literals">A small table.</param>
/// <param name="Bytes">A large one, as little-endian numbers.</param>
internal sealed record SourceValues(string Name, string Title, string Type, IReadOnlyList<string> Literals, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The most values that are written as literals.</summary>
    private const int Few = 1024;

    private const int LineLength = 152;

    public bool IsEncoded => !Bytes.IsEmpty;

    /// <summary>Decodes the values of a large table from its text.</summary>
    public SourceFunction Decode => Type == "double" ? DecodingSource.DecodeDoubles : DecodingSource.Decode;

    /// <summary>A parameter of a model; read now.</summary>
    public static SourceValues Of(Parameter parameter)
    {
        ReadOnlySpan<float> values = parameter.Value.AsReadOnlySpan();
        string name = SourceNames.Pascal(parameter.Name), title = $"{parameter.Name} {parameter.Shape}";
        if (values.Length <= Few) return new SourceValues(name, title, "float", [.. values.ToArray().Select(SourceNumbers.Literal)], default);
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return new SourceValues(name, title, "float", [], bytes);
    }

    /// <summary>Numbers in double.</summary>
    public static SourceValues Of(string title, ReadOnlySpan<double> values)
    {
        string name = SourceNames.Pascal(title);
        if (values.Length <= Few) return new SourceValues(name, title, "double", [.. values.ToArray().Select(SourceNumbers.Literal)], default);
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return new SourceValues(name, title, "double", [], bytes);
    }

    public void WriteTo(SourceText text)
    {
        text.Line($"/// <summary>{Title}.</summary>");
        if (IsEncoded) WriteEncoded(text);
        else WriteLiterals(text);
    }

    private void WriteLiterals(SourceText text)
    {
        text.Line($"private static ReadOnlySpan<{Type}> {Name} =>").Line("[");
        var line = new StringBuilder();
        foreach (string literal in Literals)
        {
            if (line.Length + literal.Length + 1 > LineLength)
            {
                text.Line("    " + line.ToString().TrimEnd());
                line.Clear();
            }

            line.Append(literal).Append(", ");
        }

        text.Line("    " + line.ToString().TrimEnd()).Line("];");
    }

    private void WriteEncoded(SourceText text)
    {
        text.Line($"private static readonly {Type}[] {Name} = {(Type == "double" ? nameof(DecodingSource.DecodeDoubles) : nameof(DecodingSource.Decode))}(\"\"\"");
        // Whole triples of bytes per line, so that only the last one is padded.
        const int LineBytes = LineLength / 4 * 3;
        for (int at = 0; at < Bytes.Length; at += LineBytes)
            text.Line("    " + Convert.ToBase64String(Bytes.Span[at..Math.Min(at + LineBytes, Bytes.Length)]));
        text.Line("    \"\"\"u8);");
    }
}
