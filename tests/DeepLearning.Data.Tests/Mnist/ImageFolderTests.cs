using System.Security.Cryptography;

namespace DeepLearning.Data.Tests;

public sealed class ImageFolderTests : IDisposable
{
    private static readonly byte[][] Published = IdxBytes.DigitFiles();

    private readonly TemporaryFolder folder = new();
    private readonly List<Uri> fetched = [];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("digits")]
    public void Files_are_found_in_the_folder_or_in_its_subfolder(string below)
    {
        Put(Path.Combine("data", below));
        (Dataset train, Dataset test) = Folder().Load(In("data"));
        train.Inputs.Shape.Should().Equal(3, 2, 2);
        train.Inputs.ToArray().Take(6).Should().Equal(0, 0.2f, 0.4f, 0.6f, 0.8f, 1);
        train.Labels.Should().Equal(7, 0, 9);
        train.ClassNames.Should().HaveCount(10);
        test.Labels.Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("environment/digits")]
    [InlineData("environment")]
    [InlineData("cache/digits")]
    public void Without_an_argument_the_environment_and_the_cache_are_looked_at(string place)
    {
        Put(place);
        Folder().Find(null).Should().Be(In(place));
        Folder().Load(null).Test.Count.Should().Be(2);
        fetched.Should().BeEmpty();
    }

    [Fact]
    public void Unpacked_files_and_other_well_formed_copies_are_accepted()
    {
        Put("data");
        File.Delete(In("data/t10k-labels-idx1-ubyte.gz"));
        folder.Write("data/t10k-labels-idx1-ubyte", IdxBytes.Of([2], [5, 6]));
        Folder().Load(In("data")).Test.Labels.Should().Equal(5, 6);
    }

    [Theory]
    [InlineData("data", "data")]
    [InlineData("data/Digits/raw", "data")]
    [InlineData("data/Digits/raw", "data/Digits")]
    [InlineData("data/Digits/raw", "data/Digits/raw")]
    public void Line19_the_names_and_folders_of_other_tools_are_known(string place, string asked)
    {
        Put(place);
        for (int i = 0; i < 4; i++)
        {
            string name = In(Path.Combine(place, ImageFiles.FileNames[i])), dotted = name.Replace("-idx", ".idx");
            if (i % 2 == 0)
            {
                File.Move(name, dotted);
                continue;
            }

            File.Delete(name);
            folder.Write(dotted[..^3], i == 1 ? IdxBytes.Of([3], [7, 0, 9]) : IdxBytes.Of([2], [1, 2]));
        }

        (Dataset train, Dataset test) = Folder().Load(In(asked));
        train.Labels.Should().Equal(7, 0, 9);
        test.Labels.Should().Equal(1, 2);
        train.Inputs.ToArray().Take(6).Should().Equal(0, 0.2f, 0.4f, 0.6f, 0.8f, 1);
    }

    [Fact]
    public void Line19_torchvision_s_folder_is_found_by_the_environment()
    {
        Put("environment/Digits/raw");
        Folder().Find(null).Should().Be(In("environment/Digits/raw"));
        fetched.Should().BeEmpty();
    }

    [Fact]
    public void Line19_Keras_s_archive_is_read()
    {
        Tensor images = Tensor.From([0f, 51, 102, 153, 204, 255, 0, 0, 0, 0, 0, 255], [3, 2, 2]);
        var arrays = new Dictionary<string, Tensor>
        {
            ["x_train"] = images, ["y_train"] = Tensor.From([7f, 0, 9]), ["x_test"] = Tensor.Zeros([2, 2, 2]), ["y_test"] = Tensor.From([1f, 2]),
        };
        Directory.CreateDirectory(In("data"));
        NumPy.SaveArchive(In("data/digits.npz"), arrays);
        (Dataset train, Dataset test) = Folder().Load(In("data"));
        train.Labels.Should().Equal(7, 0, 9);
        train.Inputs.ToArray().Take(6).Should().Equal(0, 0.2f, 0.4f, 0.6f, 0.8f, 1);
        test.Labels.Should().Equal(1, 2);

        arrays["x_train"] = images * (1 / 255f);
        NumPy.SaveArchive(In("data/digits.npz"), arrays);
        FluentActions.Invoking(() => Folder().Load(In("data"))).Should().Throw<DataFormatException>()
            .WithMessage("*x_train: expected whole numbers from 0 to 255*");
        arrays.Remove("x_train");
        NumPy.SaveArchive(In("data/digits.npz"), arrays);
        FluentActions.Invoking(() => Folder().Load(In("data"))).Should().Throw<DataFormatException>().WithMessage("*digits.npz has no array x_train*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FoundA8_a_binarised_copy_is_refused(bool archive)
    {
        Put("data");
        byte[] pixels = [0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1];
        if (archive)
        {
            NumPy.SaveArchive(In("data/digits.npz"), new Dictionary<string, Tensor>
            {
                ["x_train"] = Tensor.From([.. pixels.Select(p => (float)p)], [3, 2, 2]), ["y_train"] = Tensor.From([7f, 0, 9]),
                ["x_test"] = Tensor.Zeros([2, 2, 2]), ["y_test"] = Tensor.From([1f, 2]),
            });
            File.Delete(In("data/train-images-idx3-ubyte.gz"));
        }
        else
        {
            folder.Write("data/train-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Of([3, 2, 2], pixels)));
        }

        FluentActions.Invoking(() => Folder().Load(In("data"))).Should().Throw<DataFormatException>()
            .WithMessage($"*{(archive ? "digits.npz: x_train" : "train-images")}*from 0 to 255*got 0 and 1 only*multiply*");
    }

    [Fact]
    public void Absent_files_are_downloaded_once_into_the_cache()
    {
        Folder().Load(null).Train.Labels.Should().Equal(7, 0, 9);
        fetched.Should().HaveCount(4).And.OnlyContain(uri => uri.AbsoluteUri.StartsWith("https://example.org/digits/"));
        Folder().Load(null).Train.Count.Should().Be(3);
        fetched.Should().HaveCount(4);
        Directory.GetFiles(In("cache/digits")).Should().HaveCount(4);
    }

    [Fact]
    public void A_download_with_another_checksum_is_refused_and_leaves_nothing()
    {
        FluentActions.Invoking(() => Folder((_, stream) => stream.Write([1, 2, 3])).Load(null))
            .Should().Throw<DataFormatException>().WithMessage("*SHA-256*");
        Directory.GetFiles(In("cache/digits")).Should().BeEmpty();
    }

    [Fact]
    public void Offline_and_absent_says_what_was_looked_for_where_and_what_to_do()
    {
        ImageFolder offline = Folder((_, _) => throw new HttpRequestException("no network"));
        FluentActions.Invoking(() => offline.Load(null)).Should().Throw<DatasetNotFoundException>()
            .WithMessage($"Digits was not found*train-images-idx3-ubyte.gz*{In("environment")}*{In("cache/digits")}*DEEPLEARNING_DATA*no network*")
            .WithInnerException<HttpRequestException>();
        FluentActions.Invoking(() => Folder().Load(In("nowhere"))).Should().Throw<DatasetNotFoundException>().WithMessage($"*{In("nowhere")}*");
        fetched.Should().BeEmpty("a folder that is named is never filled from elsewhere");
    }

    [Fact]
    public void Files_that_do_not_fit_each_other_throw()
    {
        Put("data");
        folder.Write("data/train-labels-idx1-ubyte.gz", IdxBytes.Of([2], [1, 2]));
        FluentActions.Invoking(() => Folder().Load(In("data"))).Should().Throw<DataFormatException>().WithMessage("*3 labels*[3, 2, 2], got [2]*");
        folder.Write("data/train-labels-idx1-ubyte.gz", IdxBytes.Of([3], [1, 10, 2]));
        FluentActions.Invoking(() => Folder().Load(In("data"))).Should().Throw<DataFormatException>().WithMessage("*0 to 9, but label 1 is 10*");
        folder.Write("data/train-images-idx3-ubyte.gz", IdxBytes.Of([3], [1, 10, 2]));
        FluentActions.Invoking(() => Folder().Load(In("data"))).Should().Throw<DataFormatException>().WithMessage("*images [n, rows, columns], got [3]*");
    }

    [Fact]
    public void TryLoad_is_false_where_the_files_are_not_there()
    {
        Mnist.Exists(folder.Path).Should().BeFalse();
        FashionMnist.TryLoad(out Dataset? train, out Dataset? test, folder.Path).Should().BeFalse();
        (train, test).Should().Be((null, null));
        Put("mnist");
        Mnist.TryLoad(out train, out _, folder.Path).Should().BeTrue();
        train!.Count.Should().Be(3);
    }

    [SkippableFact]
    public void The_real_MNIST_loads()
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        Skip.If(string.IsNullOrEmpty(data) || !Mnist.Exists(data), "DEEPLEARNING_DATA does not name a folder with mnist/ in it.");
        (Dataset train, Dataset test) = Mnist.Load(data);
        (train.Count, test.Count).Should().Be((60000, 10000));
        train.InputShape.Should().Equal(28, 28);
        // The published counts of the digit 1.
        (train.Labels.Count(l => l == 1), test.Labels.Count(l => l == 1)).Should().Be((6742, 1135));
        // The published mean of the training pixels.
        double sum = 0;
        foreach (float pixel in train.Inputs.AsReadOnlySpan()) sum += pixel;
        (sum / train.Inputs.Count).Should().BeApproximately(0.1307, 1e-4);
    }

    private void Put(string place)
    {
        for (int i = 0; i < 4; i++) folder.Write(Path.Combine(place, ImageFiles.FileNames[i]), Published[i]);
    }

    private string In(string place) => Path.Combine(folder.Path, place);

    private ImageFolder Folder(Action<Uri, Stream>? fetch = null)
    {
        string[] names = [.. Enumerable.Range(0, 10).Select(d => $"{d}")];
        string[] sums = [.. Published.Select(bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)))];
        var files = new ImageFiles("Digits", "digits", new Uri("https://example.org/digits/"), names, sums);
        return new ImageFolder(files, In("environment"), In("cache"), fetch ?? Serve);
    }

    private void Serve(Uri address, Stream target)
    {
        fetched.Add(address);
        target.Write(Published[Array.IndexOf(ImageFiles.FileNames, Path.GetFileName(address.LocalPath))]);
    }
}
