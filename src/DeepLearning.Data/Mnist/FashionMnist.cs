using System.Diagnostics.CodeAnalysis;

namespace DeepLearning.Data;

/// <summary>
/// Fashion-MNIST: 60,000 + 10,000 articles of clothing of 28 × 28 pixels, in the form of MNIST and harder.
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

    /// <summary>Whether the files are there, so that <see cref="Load"/> needs no network.</summary>
    /// <param name="folder">Where to look; null as in <see cref="Load"/>.</param>
    public static bool Exists(string? folder = null) => ImageFolder.Of(Files).Find(folder) is not null;

    /// <summary>Images [n, 28, 28] scaled to 0 … 1, and labels [n].</summary>
    /// <param name="folder">
    /// The folder of the four <c>*-ubyte.gz</c> or unpacked files (also named as <c>train-images.idx3-ubyte</c>) or of <c>fashion-mnist.npz</c> as Keras
    /// keeps it, or the folder above it, or torchvision's (<c>FashionMNIST/raw</c> is looked into). Null looks in the folder that the environment variable
    /// DEEPLEARNING_DATA names, in its subfolders <c>fashion-mnist</c> and <c>FashionMNIST/raw</c>, and in the user's cache (local application data,
    /// <c>DeepLearning/fashion-mnist</c>); where they are in none, they are downloaded into the cache, and their SHA-256 is checked. Files that lie in a
    /// folder may differ from the published ones, as long as they are well formed.
    /// </param>
    /// <exception cref="DatasetNotFoundException">Not there, and not to be downloaded; it says where it was looked for and what to do.</exception>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    public static (Dataset Train, Dataset Test) Load(string? folder = null) => ImageFolder.Of(Files).Load(folder);

    /// <summary>As <see cref="Load"/> where the files are there; false, without touching the network, where they are not.</summary>
    /// <param name="train">60,000 images.</param>
    /// <param name="test">10,000 images.</param>
    /// <param name="folder">Where to look; null as in <see cref="Load"/>.</param>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    public static bool TryLoad([NotNullWhen(true)] out Dataset? train, [NotNullWhen(true)] out Dataset? test, string? folder = null)
    {
        (train, test) = ImageFolder.Of(Files).Find(folder) is string found ? Files.Read(found) : (null, null);
        return train is not null && test is not null;
    }
}
