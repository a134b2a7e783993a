using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DeepLearning.Data.Tests.Rows;

/// <summary>A PostgreSQL server of its own in a temporary folder, for as long as a test runs; as another user where this process is root, which
/// PostgreSQL refuses.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string tools, folder;
    private readonly int port;

    private PostgresServer(string tools)
    {
        this.tools = tools;
        folder = Directory.CreateTempSubdirectory("deeplearning-postgres-").FullName;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        if (Environment.IsPrivilegedProcess) Run("chown", "postgres", folder);
        RunTool("initdb", "-D", Data, "-U", "tester", "-A", "trust", "--no-sync");
        Start();
    }

    /// <summary>What a connection is opened with.</summary>
    public string Address => $"Host=127.0.0.1;Port={port};Username=tester;Database=postgres;Pooling=false;Timeout=20";

    private string Data => Path.Combine(folder, "data");

    /// <summary>Starts a server; null where PostgreSQL is not installed.</summary>
    public static PostgresServer? TryStart()
    {
        string? tools = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")));
        if (tools is null || (Environment.IsPrivilegedProcess && !File.Exists("/usr/sbin/runuser") && !File.Exists("/sbin/runuser"))) return null;
        return new PostgresServer(tools);
    }

    /// <summary>Starts it, with the data it had.</summary>
    public void Start() => RunTool(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off", "start");

    /// <summary>Stops it at once, as a crash would.</summary>
    public void Crash() => RunTool("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) Crash();
        Directory.Delete(folder, recursive: true);
    }

    private void RunTool(string tool, params string[] arguments)
    {
        string path = Path.Combine(tools, tool);
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Run(path, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        // What it prints is not redirected: the server would inherit the pipe, and reading would not end.
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "\"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = folder,
        })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
