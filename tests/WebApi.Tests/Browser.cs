using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace WebApi.Tests;

/// <summary>A headless Chromium with one page, driven by the DevTools protocol: real mouse events, and what the page shows.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource deadline = new(Patience);
    private int lastId;

    private Browser(Process process, string profile) => (this.process, this.profile) = (process, profile);

    /// <summary>Where the browser is; null where there is none.</summary>
    public static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static async Task<Browser> Open(Uri page)
    {
        string profile = Directory.CreateTempSubdirectory("browser").FullName;
        var start = new ProcessStartInfo(Executable!, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-port=0", $"--user-data-dir={profile}", page.ToString()])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var browser = new Browser(Process.Start(start)!, profile);
        try
        {
            await browser.Connect(page);
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }

        return browser;
    }

    /// <summary>Draws one stroke with the mouse, in pixels of the page.</summary>
    public async Task Draw(IReadOnlyList<(double X, double Y)> points)
    {
        await Mouse("mousePressed", points[0]);
        foreach ((double X, double Y) point in points) await Mouse("mouseMoved", point);
        await Mouse("mouseReleased", points[^1]);
    }

    /// <summary>What an expression gives in the page, as text.</summary>
    public async Task<string> Evaluate(string expression)
    {
        JsonNode answer = await Send("Runtime.evaluate", new JsonObject { ["expression"] = $"String({expression})", ["returnByValue"] = true });
        return answer["result"]!["value"]?.GetValue<string>() ?? throw new InvalidOperationException($"{expression}: {answer.ToJsonString()}");
    }

    /// <summary>Waits until an expression is something else than empty.</summary>
    public async Task<string> Await(string expression)
    {
        while (true)
        {
            string value = await Evaluate(expression);
            if (value.Length > 0) return value;
            await Task.Delay(20, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        socket.Dispose();
        deadline.Dispose();
        // Helpers of the browser may still write for a moment.
        for (int attempt = 0; Directory.Exists(profile) && attempt < 50; attempt++)
        {
            try
            {
                Directory.Delete(profile, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task Connect(Uri page)
    {
        // The first line that names the endpoint: DevTools listening on ws://127.0.0.1:PORT/devtools/browser/…
        string? line;
        do line = await process.StandardError.ReadLineAsync(deadline.Token);
        while (line?.StartsWith("DevTools listening on ", StringComparison.Ordinal) == false);
        if (line is null) throw new InvalidOperationException("The browser ended before it listened.");
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        int port = new Uri(line.Split(' ')[^1]).Port;
        using var http = new HttpClient();
        var list = new Uri($"http://127.0.0.1:{port}/json/list");
        JsonNode? target;
        // The browser begins with an empty page, which counts as complete too.
        do target = JsonNode.Parse(await http.GetStringAsync(list, deadline.Token))!.AsArray().FirstOrDefault(t => t!["url"]!.GetValue<string>() == page.ToString());
        while (target is null);
        await socket.ConnectAsync(new Uri(target["webSocketDebuggerUrl"]!.GetValue<string>()), deadline.Token);
        while (await Evaluate("location.href + document.readyState") != $"{page}complete") await Task.Delay(20, deadline.Token);
    }

    private Task<JsonNode> Mouse(string type, (double X, double Y) point)
        => Send("Input.dispatchMouseEvent", new JsonObject
        {
            ["type"] = type, ["x"] = point.X, ["y"] = point.Y, ["button"] = "left", ["buttons"] = type == "mouseReleased" ? 0 : 1, ["clickCount"] = 1,
        });

    private async Task<JsonNode> Send(string method, JsonObject parameters)
    {
        int id = ++lastId;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, deadline.Token);
        while (true)
        {
            JsonNode answer = JsonNode.Parse(await Receive())!;
            if (answer["id"]?.GetValue<int>() != id) continue;
            return answer["result"] ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{method}: {answer["error"]?.ToJsonString()}"));
        }
    }

    private async Task<string> Receive()
    {
        var buffer = new byte[1 << 16];
        using var text = new MemoryStream();
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token);
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(text.ToArray());
        }
    }
}
