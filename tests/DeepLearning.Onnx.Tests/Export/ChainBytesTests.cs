using System.Security.Cryptography;
using System.Text;

namespace DeepLearning.Onnx.Tests.Export;

/// <summary>A chain of layers is written to the same bytes by every version of the library, the version number apart.</summary>
public sealed class ChainBytesTests
{
    [Fact]
    public void A_chain_has_the_bytes_that_it_always_had()
    {
        Sequential model = Sequential.Input(2, 3).Normalize([1, 2, 3, 4, 5, 6], [2, 2, 2, 4, 4, 4]).Dense(4).Gelu().Dropout(0.5).Reshape(2, 2, 2)
            .Flatten().Dense(3, useBias: false).Silu().Dense(2).LogSoftmax().Dropout(0.1).Build();
        model.ClassNames = ["a", "b"];
        foreach (Parameter parameter in model.Parameters)
            parameter.Assign(Tensor.From([.. Enumerable.Range(0, parameter.Shape.Size).Select(i => i / 8f - 1)], parameter.Shape));
        var options = new OnnxExportOptions { InputName = "x", OutputName = "y", BatchName = "n", GraphName = "g", DoubleNormalization = false };

        Hash(Runtime.Export(model)).Should().Be("83CA640D186BFC92D843C9219FD68781DFF5B017D9EBD1D3062567FE31EF3726");
        Hash(Runtime.Export(model, options)).Should().Be("2E5B1160146B1F3E01E471B0DA967DE1298113009A359A15B98371AD13FA0F9D");
    }

    private static string Hash(byte[] file)
    {
        string version = typeof(OnnxModel).Assembly.GetName().Version!.ToString(3), text = Encoding.Latin1.GetString(file);
        text.Should().Contain(version);
        return Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(text.Replace(version, "", StringComparison.Ordinal))));
    }
}
