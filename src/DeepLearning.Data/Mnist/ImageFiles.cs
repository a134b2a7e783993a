using System.Numerics.Tensors;

namespace DeepLearning.Data;

/// <summary>
/// A data set in MNIST's format: four IDX files in one folder under the names that tools use, or Keras's archive; with the checksums for downloads.
/// </summary>
/// <param name="Name">For messages.</param>
/// <param name="Folder">Name of its folder within a folder of data sets.</param>
/// <param name="Address">Where the files can be downloaded, with a slash at the end.</param>
/// <param name="ClassNames">By label.</param>
/// <param name="Sums">SHA-256 of the gzipped files: training images and labels, test images and labels.</param>
internal sealed record ImageFiles(string Name, string Folder, Uri Address, string[] ClassNames, string[] Sums)
{
    /// <summary>In the order of the sums.</summary>
    public static readonly string[] FileNames =
        ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];

    private static readonly string[] ArrayNames = ["x_train", "y_train", "x_test", "y_test"];

    /// <summary>Name of Keras's file with all four arrays.</summary>
    public string ArchiveName => Folder + ".npz";

    /// <summary>Torchvision's folder for the files, within the one it is given.</summary>
    public string TorchFolder => Path.Combine(Name.Replace("-", "", StringComparison.Ordinal), "raw");

    /// <summary>The path of one of the files in a folder, gzipped or unpacked, with a hyphen or a dot before <c>idx</c>; null if it is missing.</summary>
    public static string? Find(string folder, string fileName)
    {
        string dotted = fileName.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { fileName, fileName[..^3], dotted, dotted[..^3] }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Whether a folder has all four files, or the archive.</summary>
    public bool AreIn(string folder) => HasFour(folder) || File.Exists(Path.Combine(folder, ArchiveName));

    /// <summary>Reads the files of a folder that has them.</summary>
    public (Dataset Train, Dataset Test) Read(string folder)
        => HasFour(folder) ? (ReadPart(folder, 0), ReadPart(folder, 2)) : ReadArchive(Path.Combine(folder, ArchiveName));

    private static bool HasFour(string folder) => FileNames.All(name => Find(folder, name) is not null);

    private (Dataset Train, Dataset Test) ReadArchive(string path)
    {
        try
        {
            IReadOnlyDictionary<string, Tensor> arrays = NumPy.LoadArchive(path, names: ArrayNames);
            return (Part(0), Part(2));

            Dataset Part(int i)
            {
                for (int k = i; k < i + 2; k++) RequireBytes(arrays[ArrayNames[k]], $"{path}: {ArrayNames[k]}");
                return PartOf(arrays[ArrayNames[i]], arrays[ArrayNames[i + 1]], $"{path}: {ArrayNames[i]}", $"{path}: {ArrayNames[i + 1]}");
            }
        }
        catch (ModelFormatException e)
        {
            throw new DataFormatException(e.Message, e);
        }
    }

    /// <summary>An archive may hold already scaled pixels, which must not be scaled again.</summary>
    private static void RequireBytes(Tensor array, string place)
    {
        foreach (float value in array.AsReadOnlySpan())
            if (value is not (>= 0 and <= 255) || value != MathF.Truncate(value))
                throw new DataFormatException($"{place}: expected whole numbers from 0 to 255, as in the published files, got {value}.");
    }

    private Dataset ReadPart(string folder, int first)
    {
        string imagePath = Find(folder, FileNames[first])!, labelPath = Find(folder, FileNames[first + 1])!;
        return PartOf(IdxFile.Read(imagePath), IdxFile.Read(labelPath), imagePath, labelPath);
    }

    private Dataset PartOf(Tensor images, Tensor labels, string imagePath, string labelPath)
    {
        if (images.Rank != 3 || images.Count == 0)
            throw new DataFormatException($"{imagePath}: expected images [n, rows, columns], got {images.Shape}.");
        if (labels.Rank != 1 || labels.Count != images.Shape[0])
            throw new DataFormatException($"{labelPath}: expected {images.Shape[0]} labels for the images {images.Shape}, got {labels.Shape}.");
        ReadOnlySpan<float> values = labels.AsReadOnlySpan();
        int wrong = values.IndexOfAnyExceptInRange(0f, ClassNames.Length - 1f);
        if (wrong >= 0) throw new DataFormatException($"{labelPath}: expected labels from 0 to {ClassNames.Length - 1}, but label {wrong} is {values[wrong]}.");
        // Scaled again, black and white would be two shades of black.
        if (TensorPrimitives.Max(images.AsReadOnlySpan()) == 1)
        {
            throw new DataFormatException(
                $"{imagePath}: expected pixels from 0 to 255, as in the published files, got 0 and 1 only, as in a binarised copy: multiply them by 255.");
        }

        foreach (ref float pixel in images.AsSpan()) pixel /= 255f;
        return new Dataset(images, labels) { ClassNames = ClassNames };
    }
}
