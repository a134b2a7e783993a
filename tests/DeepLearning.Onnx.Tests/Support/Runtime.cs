using Microsoft.ML.OnnxRuntime;

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

    public static byte[] Export(Sequential model, OnnxExportOptions? options = null)
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

    /// <summary>What the runtime makes of a batch: the values and their dimensions.</summary>
    public Tensor Predict(Tensor x)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(x.ToArray(), [.. x.Shape.Select(d => (long)d)]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, [session.InputNames[0]], [input], session.OutputNames);
        OrtValue result = results.Single();
        int[] dimensions = [.. result.GetTensorTypeAndShape().Shape.Select(d => (int)d)];
        return Tensor.From(result.GetTensorDataAsSpan<float>(), new Shape(dimensions));
    }

    public void Dispose() => session.Dispose();
}
