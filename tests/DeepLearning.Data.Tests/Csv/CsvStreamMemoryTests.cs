namespace DeepLearning.Data.Tests.Csv;

/// <summary>Measures the memory of the process, so no other test may run beside it.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
[Collection(Alone)]
public sealed class CsvStreamMemoryTests : IDisposable
{
    private const string Alone = "Memory of a CSV stream";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Memory_does_not_grow_with_the_file_and_it_is_closed_when_an_epoch_is_left()
    {
        string path = Path.Combine(folder.Path, "long.csv");
        using (var writer = new StreamWriter(path))
        {
            writer.WriteLine("width,height,kind");
            for (int i = 0; i < 200_000; i++) writer.WriteLine("1.25,2.5,dog");
        }

        SampleSource stream = CsvDataset.Stream(path, new CsvOptions { Target = "kind", Inputs = ["width", "height"], ClassNames = ["cat", "dog"] });
        long before = GC.GetTotalMemory(forceFullCollection: true), most = 0, rows = 0;
        foreach (Sample _ in stream.Samples())
            if (++rows % 50_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        rows.Should().Be(200_000);
        // The file has 2.6 MB; a table of strings would have ten times as much.
        most.Should().BeLessThan(1_000_000);
        foreach (Sample _ in stream.Samples()) break;
        using FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }
}
