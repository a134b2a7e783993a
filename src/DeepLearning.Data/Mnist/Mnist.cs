using System.Diagnostics.CodeAnalysis;

namespace DeepLearning.Data;

/// <summary>
/// MNIST: 60,000 + 10,000 handwritten digits of 28 × 28 pixels. LeCun, Cortes, Burges, "The MNIST database of handwritten digits"; CC BY-SA 3.0.
/// </summary>
public static class Mnist
{
    private static readonly ImageFiles Files = new(
        "MNIST",
        "mnist",
        new Uri("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        [
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        ]);

    /// <summary>Whether the files are present, so that <see cref="Load"/> needs no network.</summary>
    /// <param name="folder">Where to look; null has the same meaning as in <see cref="Load"/>.</param>
    public static bool Exists(string? folder = null) => ImageFolder.Of(Files).Find(folder) is not null;

    /// <summary>Images [n, 28, 28] scaled to 0 … 1, and labels [n].</summary>
    /// <param name="folder">
    /// The folder of the four <c>*-ubyte.gz</c> or unpacked files (also named as <c>train-images.idx3-ubyte</c>) or of Keras's <c>mnist.npz</c>, or its parent
    /// folder, or torchvision's (<c>MNIST/raw</c> is searched). Null searches the folder that the environment variable DEEPLEARNING_DATA names, its subfolders
    /// <c>mnist</c> and <c>MNIST/raw</c>, and the user's cache (local application data, <c>DeepLearning/mnist</c>); if the files are nowhere, they are
    /// downloaded into the cache, and their SHA-256 is checked. Existing files may differ from the published ones, as long as they are well formed.
    /// </param>
    /// <exception cref="DatasetNotFoundException">Not found, and the download failed; the message says where it was looked for and what to do.</exception>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    public static (Dataset Train, Dataset Test) Load(string? folder = null) => ImageFolder.Of(Files).Load(folder);

    /// <summary>Like <see cref="Load"/> if the files are present; otherwise false, without touching the network.</summary>
    /// <param name="train">60,000 images.</param>
    /// <param name="test">10,000 images.</param>
    /// <param name="folder">Where to look; null has the same meaning as in <see cref="Load"/>.</param>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    public static bool TryLoad([NotNullWhen(true)] out Dataset? train, [NotNullWhen(true)] out Dataset? test, string? folder = null)
    {
        (train, test) = ImageFolder.Of(Files).Find(folder) is string found ? Files.Read(found) : (null, null);
        return train is not null && test is not null;
    }
}
