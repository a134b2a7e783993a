using System.Diagnostics.CodeAnalysis;

namespace DeepLearning.Data;

/// <summary>
/// Fashion-MNIST: 60,000 + 10,000 articles of clothing of 28 × 28 pixels, in the format of MNIST, but harder.
/// Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747; MIT licence.
/// </summary>
public static class FashionMnist
{
    private static readonly ImageFiles Files = new(
        "Fashion-MNIST",
        "fashion-mnist",
        new Uri("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        [
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ]);

    /// <summary>Whether the files are present, so that <see cref="Load"/> needs no network.</summary>
    /// <param name="folder">Where to look; null has the same meaning as in <see cref="Load"/>.</param>
    public static bool Exists(string? folder = null) => ImageFolder.Of(Files).Find(folder) is not null;

    /// <summary>Images [n, 28, 28] scaled to 0 … 1, and labels [n].</summary>
    /// <param name="folder">
    /// The folder of the four <c>*-ubyte.gz</c> or unpacked files (also named as <c>train-images.idx3-ubyte</c>) or of Keras's <c>fashion-mnist.npz</c>, or its
    /// parent folder, or torchvision's (<c>FashionMNIST/raw</c> is searched). Null searches the folder that the environment variable DEEPLEARNING_DATA names,
    /// its subfolders <c>fashion-mnist</c> and <c>FashionMNIST/raw</c>, and the user's cache (local application data, <c>DeepLearning/fashion-mnist</c>); if
    /// the files are nowhere, they are downloaded into the cache, and their SHA-256 is checked. Existing files may differ from the published ones, as long as
    /// they are well formed.
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
