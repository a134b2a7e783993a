using System.Diagnostics;

namespace DeepLearning.Tests.Support;

/// <summary>Program.cs of this assembly in a process of its own, with a runtime configured by environment variables.</summary>
internal static class ChildProcess
{
    /// <summary>What the process wrote; fails where it ends with an error.</summary>
    public static string Run(string command, params (string Name, string Value)[] environment)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string assembly = typeof(ChildProcess).Assembly.Location;
        var start = new ProcessStartInfo(host, ["exec", assembly, command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        child.ExitCode.Should().Be(0, "{0}{1}", output, errors.Result);
        return output.Trim();
    }
}
