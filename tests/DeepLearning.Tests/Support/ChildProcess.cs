using System.Diagnostics;

namespace DeepLearning.Tests.Support;

/// <summary>Program.cs of this assembly in a process of its own, with a runtime configured by environment variables.</summary>
internal static class ChildProcess
{
    /// <summary>What the process wrote; fails where it ends with an error.</summary>
    public static string Run(string command, params (string Name, string Value)[] environment)
    {
        using Process child = Start([command], environment);
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        child.ExitCode.Should().Be(0, "{0}{1}", output, errors.Result);
        return output.Trim();
    }

    /// <summary>Starts a command, whose output the caller reads.</summary>
    public static Process Start(params string[] command) => Start(command, []);

    private static Process Start(string[] command, (string Name, string Value)[] environment)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string assembly = typeof(ChildProcess).Assembly.Location;
        var start = new ProcessStartInfo(host, ["exec", assembly, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
