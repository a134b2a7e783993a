using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>
/// Measures training steps of a model at several batch sizes and thread counts, and suggests one of each. Measuring changes nothing: weights, optimizer, random
/// numbers and the thread count are afterwards as before.
/// </summary>
/// <remarks>
/// The suggestion is the smallest batch, with the fewest threads, that trains at 90 % of the best speed or more: of two batch sizes of one speed the smaller
/// makes more updates per epoch. How well a model learns at a batch size is not measured; a larger one usually needs a higher learning rate. Threads change no
/// result.
/// </remarks>
/// <example>
/// <code>
/// TrainingSpeed speed = TrainingSpeed.Measure(model, data);
/// Console.WriteLine(speed);
/// Parallelism.ThreadCount = speed.ThreadCount;
/// model.Fit(data, new FitOptions { BatchSize = speed.BatchSize });
/// </code>
/// </example>
public sealed class TrainingSpeed
{
    /// <summary>The share of the best speed that is good enough.</summary>
    private const double Enough = 0.9;

    private static readonly int[] UsualSizes = [16, 32, 64, 128, 256, 512, 1024];

    internal TrainingSpeed(IReadOnlyList<StepTiming> timings)
    {
        Timings = timings;
        double best = timings.Max(t => t.SamplesPerSecond);
        Suggested = timings.Where(t => t.SamplesPerSecond >= Enough * best).OrderBy(t => t.BatchSize).ThenBy(t => t.ThreadCount).First();
    }

    /// <summary>Every timing, by batch size and thread count.</summary>
    public IReadOnlyList<StepTiming> Timings { get; }

    /// <summary>The suggested timing.</summary>
    public StepTiming Suggested { get; }

    /// <summary>The suggested batch size.</summary>
    public int BatchSize => Suggested.BatchSize;

    /// <summary>The suggested thread count, for <see cref="Parallelism.ThreadCount"/>.</summary>
    public int ThreadCount => Suggested.ThreadCount;

    /// <summary>Measures for up to about a quarter of a second per timing. The machine should have nothing else to do.</summary>
    /// <param name="model">A compiled model.</param>
    /// <param name="data">What it will be trained on.</param>
    /// <param name="batchSizes">The batch sizes to try; by default the powers of 2 from 16 to 1024 that the data fills.</param>
    /// <param name="threadCounts">The thread counts to try; by default the powers of 2 up to the number of processors, and that number.</param>
    /// <param name="cancellationToken">Stops measuring; nothing is changed.</param>
    /// <exception cref="ArgumentException">The data cannot be used, or there is nothing to try.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch size is not from 1 to the number of samples, or a thread count not from 1 to 1024.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, is being trained, or has weights that are not finite.</exception>
    /// <exception cref="TrainingDivergedException">A step diverged; nothing was changed.</exception>
    public static TrainingSpeed Measure(
        Model model, Dataset data, IReadOnlyList<int>? batchSizes = null, IReadOnlyList<int>? threadCounts = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        int[] sizes = Candidates(batchSizes ?? SizesFor(data.Count), data.Count, nameof(batchSizes), $"{data.Count}, the number of samples");
        int[] threads = Candidates(threadCounts ?? ThreadsHere(), 1024, nameof(threadCounts), "1024");
        return new TrainingSpeed(model.Trainer.Time(data, [.. sizes.SelectMany(size => threads.Select(count => (size, count)))], cancellationToken));
    }

    /// <summary>A table of the timings, with the suggested one marked.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("batch size  threads  ms per step  samples per second");
        foreach (StepTiming timing in Timings)
        {
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{timing.BatchSize,10}  {timing.ThreadCount,7}");
            text.Append(CultureInfo.InvariantCulture, $"  {timing.StepTime.TotalMilliseconds,11:0.000}  {timing.SamplesPerSecond,18:0}");
            if (timing == Suggested) text.Append("  <- suggested");
        }

        return text.ToString();
    }

    private static int[] SizesFor(int samples)
    {
        int[] filled = [.. UsualSizes.Where(size => size <= samples)];
        return filled.Length > 0 ? filled : [samples];
    }

    private static IEnumerable<int> ThreadsHere()
    {
        int all = Environment.ProcessorCount;
        for (int count = 1; count < all; count *= 2) yield return count;
        yield return all;
    }

    private static int[] Candidates(IEnumerable<int> given, int most, string name, string limit)
    {
        int[] candidates = [.. given.Distinct().Order()];
        if (candidates.Length == 0) throw new ArgumentException("Nothing to try was given.", name);
        if (candidates[0] < 1) throw new ArgumentOutOfRangeException(name, candidates[0], $"Expected numbers ≥ 1, got {candidates[0]}.");
        return candidates[^1] <= most
            ? candidates
            : throw new ArgumentOutOfRangeException(name, candidates[^1], $"Expected numbers up to {limit}, got {candidates[^1]}.");
    }
}
