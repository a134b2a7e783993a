using System.Diagnostics;
using System.Globalization;
using DeepLearning.Results;

// Trains on real data sets and prints a row of docs/results.md for each. The data is found through DEEPLEARNING_DATA.
//   dotnet run -c Release --project benchmarks/DeepLearning.Results [-- NAME …]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Experiment[] experiments =
[
    new MnistDropout(), new MnistMaxNorm(epochs: 60), new MnistAdam(), new Optdigits(), new Iris(), new Banknote(), new Sonar(), new GeneratedDigits(),
    new UciRegression("energy", published: 0.54, units: [64, 64], dropout: 0.01, learningRate: 3e-3, epochs: 400),
    new UciRegression("yacht", published: 0.67, units: [100], dropout: 0.005, learningRate: 1e-2, epochs: 3000),
];
string[] unknown = [.. args.Where(name => !experiments.Any(e => e.Name == name))];
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"There is no experiment {string.Join(", ", unknown)}; there are {string.Join(", ", experiments.Select(e => e.Name))}.");
    return 2;
}

Console.WriteLine("| experiment | settings | seeds | result | baseline | time |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (Experiment experiment in experiments.Where(e => args.Length == 0 || args.Contains(e.Name)))
{
    var clock = Stopwatch.StartNew();
    (string result, string baseline) = experiment.Run();
    Console.WriteLine($"| {experiment.Name} | {experiment.Settings} | {experiment.Seeds} | {result} | {baseline} | {clock.Elapsed.TotalSeconds:0} s |");
}

return 0;
