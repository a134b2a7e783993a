using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using DeepLearning.Tests.Kernels;

namespace DeepLearning.Benchmarks;

/// <summary>
/// A Markdown table of each elementary function's worst error over all floats, and whether 512- and 256-bit lanes give the same bits: the results of
/// this process against those of another one that is kept from the wider registers.
/// </summary>
internal static class UlpTable
{
    private const string OnlyHashes = "hashes";

    /// <summary><c>ulp</c>, <c>ulp NAME</c>, either with <c>--stride N</c>; with <c>hashes</c> in front as the table itself asks it of the other process.</summary>
    /// <returns>0 if all is as documented, 1 if a function is not, 2 for arguments that are none of these.</returns>
    public static int Run(string[] args, TextWriter output)
    {
        bool hashes = args is [OnlyHashes, ..];
        if (hashes) args = args[1..];
        ElementaryFunction[] functions = ElementaryFunction.All;
        if (args is [string name, ..] && functions.FirstOrDefault(f => f.Name == name) is { } one) (functions, args) = ([one], args[1..]);
        long stride = args switch
        {
            [] => 1,
            ["--stride", string text] when long.TryParse(text, CultureInfo.InvariantCulture, out long number) => number,
            _ => 0,
        };
        if (stride < 1)
        {
            output.WriteLine($"Usage: ulp [{string.Join('|', functions.Select(f => f.Name))}] [--stride N], N ≥ 1 to take every Nth float.");
            return 2;
        }

        if (!hashes) return Print(functions, stride, output);
        foreach (ElementaryFunction function in functions) output.WriteLine(UlpSweep.Hash(function, stride));
        return 0;
    }

    private static int Print(ElementaryFunction[] functions, long stride, TextWriter output)
    {
        // Once over a few floats, so that what is timed is compiled.
        foreach (ElementaryFunction function in functions) _ = (UlpSweep.Worst(function, 64 * stride), UlpSweep.Hash(function, 64 * stride));
        var clock = Stopwatch.StartNew();
        string[]? narrow = Vector512.IsHardwareAccelerated ? NarrowHashes(functions, stride) : null;
        bool fine = true;
        output.WriteLine("| function | worst error, ULP | at | 512- and 256-bit lanes |");
        output.WriteLine("|---|---:|---:|---|");
        for (int i = 0; i < functions.Length; i++)
        {
            ElementaryFunction function = functions[i];
            (double error, float at) = UlpSweep.Worst(function, stride);
            bool same = narrow is null || narrow[i] == UlpSweep.Hash(function, stride).ToString(CultureInfo.InvariantCulture);
            fine &= same && error <= function.Bound;
            string lanes = narrow is null ? "no 512 bits here" : same ? "same bits" : "DIFFERENT BITS";
            string beyond = error <= function.Bound ? "" : ", beyond what is stated";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {function} | {error:F3}{beyond} | {at:R} (0x{BitConverter.SingleToUInt32Bits(at):X8}) | {lanes} |"));
        }

        double seconds = clock.Elapsed.TotalSeconds;
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(1L << 32) / stride} floats in {seconds:F0} s")
            + (stride == 1 ? "." : string.Create(CultureInfo.InvariantCulture, $"; all of them would take at most about {seconds * stride / 60:F0} minutes.")));
        return fine ? 0 : 1;
    }

    /// <summary>The hashes of this program in a process without 512-bit vectors.</summary>
    private static string[] NarrowHashes(ElementaryFunction[] functions, long stride)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(UlpTable).Assembly.Location, "ulp", OnlyHashes, .. functions.Length == 1 ? [functions[0].Name] : Array.Empty<string>(), "--stride", stride.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableAVX512"] = "0", ["DOTNET_EnableAVX512F"] = "0" },
        };
        using Process child = Process.Start(start)!;
        string[] hashes = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        child.WaitForExit();
        return child.ExitCode == 0 ? hashes : throw new InvalidOperationException($"The process without 512-bit vectors ended with {child.ExitCode}.");
    }
}
