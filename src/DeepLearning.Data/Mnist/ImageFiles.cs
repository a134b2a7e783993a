namespace DeepLearning.Data;

/// <summary>A data set in MNIST's form: four IDX files in one folder, with the sums of the copies that may be downloaded.</summary>
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

    /// <summary>The path of one of the files in a folder, gzipped or unpacked; null where it is not there.</summary>
    public static string? Find(string folder, string fileName)
        => new[] { fileName, fileName[..^3] }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Whether a folder has all four files.</summary>
    public static bool AreIn(string folder) => FileNames.All(name => Find(folder, name) is not null);

    /// <summary>Reads the four files of a folder that has them.</summary>
    public (Dataset Train, Dataset Test) Read(string folder) => (ReadPart(folder, 0), ReadPart(folder, 2));

    private Dataset ReadPart(string folder, int first)
    {
        string imagePath = Find(folder, FileNames[first])!, labelPath = Find(folder, FileNames[first + 1])!;
        Tensor images = IdxFile.Read(imagePath), labels = IdxFile.Read(labelPath);
        if (images.Rank != 3 || images.Count == 0)
            throw new DataFormatException($"{imagePath}: expected images [n, rows, columns], got {images.Shape}.");
        if (labels.Rank != 1 || labels.Count != images.Shape[0])
            throw new DataFormatException($"{labelPath}: expected {images.Shape[0]} labels for the images {images.Shape}, got {labels.Shape}.");
        ReadOnlySpan<float> values = labels.AsReadOnlySpan();
        int wrong = values.IndexOfAnyExceptInRange(0f, ClassNames.Length - 1f);
        if (wrong >= 0) throw new DataFormatException($"{labelPath}: expected labels from 0 to {ClassNames.Length - 1}, but label {wrong} is {values[wrong]}.");
        foreach (ref float pixel in images.AsSpan()) pixel /= 255f;
        return new Dataset(images, labels) { ClassNames = ClassNames };
    }
}
