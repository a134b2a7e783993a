using System.Security.Cryptography;

namespace DeepLearning.Data;

/// <summary>
/// Finds the files of an image data set: in the given folder; otherwise in the folder that the environment variable DEEPLEARNING_DATA names; otherwise in the
/// cache, into which they are downloaded if they are nowhere.
/// </summary>
internal sealed class ImageFolder(ImageFiles files, string? environmentFolder, string cacheRoot, Action<Uri, Stream> fetch)
{
    private const string EnvironmentVariable = "DEEPLEARNING_DATA";

    /// <summary>Uses the environment, the user's application data and HTTPS.</summary>
    public static ImageFolder Of(ImageFiles files) => new(
        files,
        Environment.GetEnvironmentVariable(EnvironmentVariable),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "DeepLearning"),
        Download);

    private string Cache => Path.Combine(cacheRoot, files.Folder);

    /// <summary>The folder that has all files; null if none has.</summary>
    public string? Find(string? folder) => Candidates(folder).FirstOrDefault(files.AreIn);

    public (Dataset Train, Dataset Test) Load(string? folder)
    {
        string? found = Find(folder);
        if (found is null)
        {
            if (folder is not null) throw new DatasetNotFoundException(NotFound(folder));
            DownloadAll();
        }

        return files.Read(found ?? Cache);
    }

    private IEnumerable<string> Candidates(string? folder)
    {
        if (folder is not null)
            return [folder, Path.Combine(folder, files.Folder), Path.Combine(folder, files.TorchFolder), Path.Combine(folder, "raw")];
        if (string.IsNullOrEmpty(environmentFolder)) return [Cache];
        return [Path.Combine(environmentFolder, files.Folder), environmentFolder, Path.Combine(environmentFolder, files.TorchFolder), Cache];
    }

    private void DownloadAll()
    {
        for (int i = 0; i < ImageFiles.FileNames.Length; i++)
        {
            string name = ImageFiles.FileNames[i];
            if (ImageFiles.Find(Cache, name) is not null) continue;
            try
            {
                DownloadOne(new Uri(files.Address, name), Path.Combine(Cache, name), files.Sums[i]);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                throw new DatasetNotFoundException(NotFound(null) + $" Downloading {name} failed: {e.Message}", e);
            }
        }
    }

    private void DownloadOne(Uri address, string path, string sum)
    {
        Directory.CreateDirectory(Cache);
        // Renamed into place only once complete and checked, so that a broken download never looks like the file.
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (FileStream file = File.Create(partial)) fetch(address, file);
            string got;
            using (FileStream file = File.OpenRead(partial)) got = Convert.ToHexStringLower(SHA256.HashData(file));
            if (got != sum) throw new DataFormatException($"{address}: expected a file with SHA-256 {sum}, got {got}.");
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private string NotFound(string? folder)
        => $"{files.Name} was not found: looked for {string.Join(", ", ImageFiles.FileNames)} (or unpacked, without "
        + $".gz; or with a dot before idx; or Keras's {files.ArchiveName}) in {string.Join(", ", Candidates(folder))}. "
        + $"Put the four files into one of these folders, or name a folder that has them: as the argument, or in the "
        + $"environment variable {EnvironmentVariable}. They can be downloaded from {files.Address}.";

    private static void Download(Uri address, Stream target)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        using HttpResponseMessage response = client.Send(new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using Stream content = response.Content.ReadAsStream();
        content.CopyTo(target);
    }
}
