using static DeepLearning.Tests.Tuning.Spaces;

namespace DeepLearning.Tests.Tuning;

public sealed class SearchLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string LogPath => Path.Combine(folder.Path, "search.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_trial_is_a_line_with_its_values_and_its_objective()
    {
        Search().Run(trial => trial.Number == 1 ? double.NaN : 0.5);
        string[] lines = File.ReadAllLines(LogPath);
        lines[0].Should().StartWith("{\"search\":[\"RandomSearch: 4 trials\",\"seed 7\",\"minimizes\",\"rate: log-uniform 0.0001 to 0.1\"");
        lines[1].Should().MatchRegex("""^{"trial":0,"values":{"rate":"0\.\d+","units":"\d+"},"point":\[0\.\d+,0\.\d+\],"objective":0\.5,"seconds":\d+(\.\d+)?}$""");
        lines[2].Should().Contain("\"objective\":null");
        lines.Should().HaveCount(5);
    }

    [Fact]
    public void A_line_that_a_killed_process_left_unfinished_is_dropped_and_its_trial_run_again()
    {
        IReadOnlyList<string> whole = Search().Run(Objective).Texts();
        string text = File.ReadAllText(LogPath);
        foreach (int kept in new[] { text.Length - 1, text.Length - 20, text.IndexOf('\n') + 5, 10 })
        {
            File.WriteAllText(LogPath, text[..kept]);
            int calls = 0;
            Search().Run(trial => ++calls > 0 ? Objective(trial) : 0).Texts().Should().Equal(whole);
            calls.Should().Be(4 - text[..kept].Count(c => c == '\n') + (kept > text.IndexOf('\n') ? 1 : 0));
            File.ReadAllText(LogPath).Count(c => c == '\n').Should().Be(5);
        }
    }

    [Fact]
    public void A_failed_trial_is_not_run_again()
    {
        Search().Run(_ => double.NaN);
        int calls = 0;
        Search().Run(_ => ++calls).Trials.Should().OnlyContain(t => t.Failed);
        calls.Should().Be(0);
    }

    [Fact]
    public void Another_search_is_refused_with_what_differs_and_nothing_is_lost()
    {
        Search().Run(Objective);
        string before = File.ReadAllText(LogPath);
        new RandomSearch([Rate, DropoutRate], trials: 5) { Seed = 7, Folder = folder.Path }.Invoking(s => s.Run(_ => 0))
            .Should().Throw<InvalidOperationException>().WithMessage(
                "*search.jsonl is of another search:\n  there: RandomSearch: 4 trials\n  there: units: choice of 8, 16, 32\n"
                + "  here: RandomSearch: 5 trials\n  here: dropout: uniform 0 to 0.5\n*");
        File.ReadAllText(LogPath).Should().Be(before);
    }

    [Fact]
    public void The_same_hyperparameters_in_another_order_are_another_search()
    {
        Search().Run(Objective);
        new RandomSearch([Units, Rate], trials: 4) { Seed = 7, Folder = folder.Path }.Invoking(s => s.Run(_ => 0))
            .Should().Throw<InvalidOperationException>().WithMessage("*the hyperparameters are in another order*");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("{\"trial\":0}")]
    [InlineData("{\"trial\":0,\"point\":[0.5],\"objective\":1,\"seconds\":1}")]
    [InlineData("{\"trial\":\"0\",\"point\":[0.5,0.5],\"objective\":1,\"seconds\":1}")]
    public void A_damaged_line_is_named(string line)
    {
        Search().Run(Objective);
        string[] lines = File.ReadAllLines(LogPath);
        lines[2] = line;
        File.WriteAllText(LogPath, string.Join('\n', lines) + "\n");
        Search().Invoking(s => s.Run(Objective)).Should().Throw<InvalidDataException>().WithMessage("Line 3 of *search.jsonl is not a trial of a search:*");
    }

    [Fact]
    public void Two_searches_in_one_folder_at_once_are_refused()
        => Search().Run(trial =>
        {
            if (trial.Number == 0) Search().Invoking(s => s.Run(Objective)).Should().Throw<IOException>();
            return 0;
        });

    private RandomSearch Search() => new([Rate, Units], trials: 4) { Seed = 7, Folder = folder.Path };

    private static double Objective(Trial trial) => trial.Get(Rate) * trial.Get(Units);
}
