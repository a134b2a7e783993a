using DeepLearning.Onnx.Schema;
using Google.Protobuf;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;
using Dimension = DeepLearning.Onnx.Schema.TensorShapeProto.Types.Dimension;

namespace DeepLearning.Onnx.Tests;

/// <summary>A graph written by hand, as other tools write theirs: from the value x to the value y.</summary>
internal sealed class GraphText
{
    public GraphText(Shape sample, int operatorSet = 17, long? batch = null)
    {
        Model.IrVersion = 8;
        Model.OpsetImport.Add(new OperatorSetIdProto { Version = operatorSet });
        var shape = new TensorShapeProto();
        shape.Dim.Add(batch is { } size ? new Dimension { DimValue = size } : new Dimension { DimParam = "N" });
        shape.Dim.AddRange(sample.Select(d => new Dimension { DimValue = d }));
        Graph.Name = "g";
        Graph.Input.Add(Value("x", shape));
        Graph.Output.Add(Value("y", null));
    }

    public ModelProto Model { get; } = new() { Graph = new GraphProto() };

    public GraphProto Graph => Model.Graph;

    /// <summary>Adds a node, written as it reads: <c>y = Add(a, b)</c>.</summary>
    public GraphText Node(string text, params OnnxAttribute[] attributes)
    {
        string[] sides = text.Split('=', '(', ')');
        var node = new NodeProto { Name = $"n{Graph.Node.Count}", OpType = sides[1].Trim() };
        node.Output.AddRange(sides[0].Split(',').Select(v => v.Trim()));
        node.Input.AddRange(sides[2].Split(',').Select(v => v.Trim()).Where(v => v.Length > 0).Select(v => v == "_" ? "" : v));
        node.Attribute.AddRange(attributes.Select(a => a.Proto));
        Graph.Node.Add(node);
        return this;
    }

    public GraphText Floats(string name, Shape shape, params float[] values) => Tensor(TensorEncoding.Of(name, values, shape));

    public GraphText Integers(string name, params long[] values) => Tensor(TensorEncoding.Of(name, values));

    public GraphText Tensor(TensorProto tensor)
    {
        Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>A tensor of float weights that lie elsewhere.</summary>
    public GraphText External(string name, Shape shape, params (string Key, string Value)[] entries)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.Dims.AddRange(shape.Select(d => (long)d));
        tensor.ExternalData.AddRange(entries.Select(e => new StringStringEntryProto { Key = e.Key, Value = e.Value }));
        return Tensor(tensor);
    }

    public byte[] ToBytes() => Model.ToByteArray();

    public Sequential Import(OnnxImportOptions? options = null) => Runtime.Import(ToBytes(), options);

    private static ValueInfoProto Value(string name, TensorShapeProto? shape)
        => new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } } };
}
