namespace DeepLearning.Onnx.Tests;

public sealed class OnnxModelPathTests
{
    [Fact]
    public void Line17_a_folder_is_an_IOException()
    {
        using var folder = new TemporaryFolder();
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        FluentActions.Invoking(() => OnnxModel.Import(folder.Path)).Should().Throw<IOException>().WithMessage("*is a folder*");
        FluentActions.Invoking(() => model.ExportOnnx(folder.Path)).Should().Throw<IOException>().WithMessage("*is a folder*");
    }
}
