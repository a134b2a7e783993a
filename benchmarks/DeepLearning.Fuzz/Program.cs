using System.Globalization;
using DeepLearning.Fuzz;

// Gives mutated files to every parser and prints a row of docs/fuzzing.md for each: what was read, what was refused, and what went wrong.
//   dotnet run -c Release --project benchmarks/DeepLearning.Fuzz [-- SECONDS [PARSER …]]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] names = [.. args.Where(a => !double.TryParse(a, out _))];
double seconds = args.Except(names).Select(double.Parse).DefaultIfEmpty(10).First();
Parser[] wanted = [.. Parsers.All().Where(p => names.Length == 0 || names.Contains(p.Name))];
if (wanted.Length < names.Length)
{
    Console.Error.WriteLine($"Expected parsers of {string.Join(", ", Parsers.All().Select(p => p.Name))}; got {string.Join(", ", names)}.");
    return 2;
}

Console.WriteLine("| parser | seconds | files | read | refused | longest | most memory | faults |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
var faults = new List<string>();
foreach (Parser parser in wanted)
{
    var session = new Session(parser, seed: 1);
    session.Run(TimeSpan.FromSeconds(seconds));
    Console.WriteLine(session);
    faults.AddRange(session.Faults);
}

foreach (string fault in faults) Console.WriteLine(fault);
return faults.Count == 0 ? 0 : 1;
