using System.Text;
using System.Text.Json;

namespace DeepLearning;

/// <summary>
/// The trials of a search in a file, one JSON object a line: the search's description first, then each trial that has ended. A line that a killed process left
/// unfinished is dropped.
/// </summary>
internal sealed class SearchLog : IDisposable
{
    private const string FileName = "search.jsonl";

    private readonly Dictionary<(int Number, int? Epochs), TrialResult> kept = [];
    private readonly SearchSpace space;
    private readonly FolderLock folderLock;
    private readonly FileStream file;

    private SearchLog(string folder, string[] description, SearchSpace space)
    {
        this.space = space;
        folderLock = FolderLock.Take(folder);
        try
        {
            string path = Path.Combine(folder, FileName);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            try
            {
                if (!Read(path, description)) Write(Description(description));
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens the log of a folder, or begins one.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="InvalidOperationException">It is of another search.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another search is using it.</exception>
    public static SearchLog Open(string folder, string[] description, SearchSpace space) => new(folder, description, space);

    /// <summary>The result of a trial that ended in an earlier run; null if there is none.</summary>
    public TrialResult? Find(TrialPlan plan) => kept.GetValueOrDefault((plan.Number, plan.Epochs));

    /// <summary>Adds a trial, and returns once it is on the disk.</summary>
    public void Append(TrialResult result)
        => Write(json =>
        {
            json.WriteNumber("trial", result.Number);
            if (result.Epochs is { } epochs) json.WriteNumber("epochs", epochs);
            json.WriteStartObject("values");
            for (int i = 0; i < space.Dimensions.Length; i++) json.WriteString(space.Dimensions[i].Name, space.Dimensions[i].TextAt(result.Point[i]));
            json.WriteEndObject();
            json.WriteStartArray("point");
            foreach (double position in result.Point) json.WriteNumberValue(position);
            json.WriteEndArray();
            if (result.Failed) json.WriteNull("objective");
            else json.WriteNumber("objective", result.Objective);
            json.WriteNumber("seconds", Math.Round(result.Seconds, 3));
        });

    public void Dispose()
    {
        file.Dispose();
        folderLock.Dispose();
    }

    private static Action<Utf8JsonWriter> Description(string[] description)
        => json =>
        {
            json.WriteStartArray("search");
            foreach (string line in description) json.WriteStringValue(line);
            json.WriteEndArray();
        };

    /// <summary>Reads complete lines; false if there is none. The file then ends behind the last complete line.</summary>
    private bool Read(string path, string[] description)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int complete = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(complete);
        if (complete == 0) return false;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, complete - 1).Split('\n');
        string[] found = [];
        for (int l = 0; l < lines.Length; l++)
        {
            try
            {
                using JsonDocument json = JsonDocument.Parse(lines[l]);
                if (l == 0) found = [.. json.RootElement.GetProperty("search").EnumerateArray().Select(e => e.GetString()!)];
                else Keep(json.RootElement);
            }
            catch (Exception e) when (e is KeyNotFoundException || JsonText.IsAboutText(e))
            {
                throw new InvalidDataException($"Line {l + 1} of {path} is not a trial of a search: {e.Message}", e);
            }

            if (l == 0) RequireSame(path, found, description);
        }

        return true;
    }

    private void Keep(JsonElement trial)
    {
        int? epochs = trial.TryGetProperty("epochs", out JsonElement given) ? given.GetInt32() : null;
        double[] point = [.. trial.GetProperty("point").EnumerateArray().Select(e => e.GetDouble())];
        if (point.Length != space.Dimensions.Length) throw new FormatException($"Expected {space.Dimensions.Length} positions, got {point.Length}.");
        JsonElement objective = trial.GetProperty("objective");
        var result = new TrialResult(
            space, trial.GetProperty("trial").GetInt32(), point, epochs, objective.ValueKind == JsonValueKind.Null ? double.NaN : objective.GetDouble(),
            trial.GetProperty("seconds").GetDouble());
        kept[(result.Number, result.Epochs)] = result;
    }

    private static void RequireSame(string path, string[] found, string[] expected)
    {
        if (found.SequenceEqual(expected)) return;
        string[] differences = [.. found.Except(expected).Select(line => $"there: {line}"), .. expected.Except(found).Select(line => $"here: {line}")];
        if (differences.Length == 0) differences = ["the hyperparameters are in another order"];
        throw new InvalidOperationException(
            $"{path} is of another search:{string.Concat(differences.Select(d => $"\n  {d}"))}\nConfigure this search like that one, or give it its own folder.");
    }

    private void Write(Action<Utf8JsonWriter> content)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        // One write: another process that reads sees whole lines.
        file.Write(line.GetBuffer(), 0, (int)line.Length);
        file.Flush(flushToDisk: true);
    }
}
