using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DeepLearning.Onnx.Tests;

/// <summary>ONNX Runtime, the judge of what is written: one exported model, loaded from its bytes.</summary>
internal sealed class Runtime : IDisposable
{
    private readonly InferenceSession session;

    public Runtime(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        session = new InferenceSession(model, options);
    }

    public InferenceSession Session => session;

    public static byte[] Export(Model model, OnnxExportOptions? options = null)
    {
        using var bytes = new MemoryStream();
        model.ExportOnnx(bytes, options);
        return bytes.ToArray();
    }

    public static Sequential Import(byte[] model, OnnxImportOptions? options = null)
    {
        using var bytes = new MemoryStream(model);
        return OnnxModel.Import(bytes, options);
    }

    public static Model ImportModel(byte[] model)
    {
        using var bytes = new MemoryStream(model);
        return OnnxModel.ImportModel(bytes);
    }

    /// <summary>What the runtime makes of a batch: the values and their dimensions.</summary>
    public Tensor Predict(Tensor x) => Predict([x]).Single();

    /// <summary>What the runtime makes of a batch of each input, in their order.</summary>
    public Tensor[] Predict(IReadOnlyList<Tensor> inputs)
    {
        OrtValue[] values = [.. inputs.Select(x =>
        {
            long[] shape = [.. x.Shape.Select(d => (long)d)];
            return x.IsInteger ? OrtValue.CreateTensorValueFromMemory(x.AsIntegers().ToArray(), shape) : OrtValue.CreateTensorValueFromMemory(x.ToArray(), shape);
        })];
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, session.InputNames, values, session.OutputNames);
        foreach (OrtValue value in values) value.Dispose();
        return [.. results.Select(AsTensor)];
    }

    private static Tensor AsTensor(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo type = value.GetTensorTypeAndShape();
        int[] dimensions = [.. type.Shape.Select(d => (int)d)];
        return type.ElementDataType == TensorElementType.Int32
            ? Tensor.FromIndices(value.GetTensorDataAsSpan<int>(), new Shape(dimensions))
            : Tensor.From(value.GetTensorDataAsSpan<float>(), new Shape(dimensions));
    }

    public void Dispose() => session.Dispose();
}
