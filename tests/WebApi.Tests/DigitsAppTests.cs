using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DeepLearning;
using Microsoft.AspNetCore.Builder;

namespace WebApi.Tests;

/// <summary>One server for all tests: it trains its model when it starts.</summary>
public sealed class Server : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("digits").FullName;
    private WebApplication? app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public HttpClient Client { get; } = new();

    public async Task InitializeAsync()
    {
        app = DigitsApp.Build(["--urls", "http://127.0.0.1:0", "--model", Path.Combine(folder, "digits.safetensors")]);
        await app.StartAsync();
        Address = new Uri(app.Urls.Single());
        Client.BaseAddress = Address;
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

public sealed class DigitsAppTests(Server server) : IClassFixture<Server>
{
    /// <summary>Strokes on the page's canvas of 280 × 280 pixels.</summary>
    private static readonly Dictionary<string, (double X, double Y)[]> Drawings = new()
    {
        ["0"] = [.. Enumerable.Range(0, 33).Select(i => (140 - 60 * Math.Sin(i * Math.Tau / 32), 140 - 100 * Math.Cos(i * Math.Tau / 32)))],
        ["1"] = [(140, 40), (141, 140), (140, 240)],
        ["7"] = [(80, 50), (140, 50), (200, 50), (160, 150), (125, 240)],
    };

    [SkippableFact]
    public async Task A_digit_drawn_in_the_browser_is_read()
    {
        Skip.If(Browser.Executable is null, "Chromium is not on this machine (apt-get install chromium).");
        await using Browser browser = await Browser.Open(server.Address);
        string[] corner = (await browser.Evaluate("[board.getBoundingClientRect().left, board.getBoundingClientRect().top]")).Split(',');
        (double left, double top) = (double.Parse(corner[0], CultureInfo.InvariantCulture), double.Parse(corner[1], CultureInfo.InvariantCulture));
        foreach ((string digit, (double X, double Y)[] stroke) in Drawings)
        {
            await browser.Evaluate("document.getElementById('clear').click()");
            await browser.Draw([.. stroke.Select(p => (p.X + left, p.Y + top))]);
            string shown = await browser.Await("problem.textContent + answer.innerText");
            shown.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[0].Should().StartWith(digit, shown);
            (await browser.Evaluate("answer.children.length")).Should().Be("3");
        }
    }

    [Fact]
    public async Task A_drawing_gets_the_three_likeliest_digits()
    {
        Dataset digits = Synthetic.Digits(20, seed: 9);
        int right = 0;
        for (int i = 0; i < digits.Count; i++)
        {
            HttpResponseMessage response = await server.Client.PostAsJsonAsync("/predict", new { pixels = digits.Inputs.ToArray()[(i * 784)..((i + 1) * 784)] });
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            JsonArray top = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["top"]!.AsArray();
            top.Select(t => t!["probability"]!.GetValue<float>()).Should().HaveCount(3).And.BeInDescendingOrder();
            if (top[0]!["label"]!.GetValue<string>() == digits.ClassNames![digits.Labels[i]]) right++;
        }

        right.Should().BeGreaterThan(16, "the model reads more than nine of ten");
    }

    [Theory]
    [InlineData("{\"pixels\":[0,1]}", "got 2")]
    [InlineData("{}", "got 0")]
    [InlineData("{\"pixels\":", "")]
    public async Task A_drawing_that_is_none_is_refused(string body, string message)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        HttpResponseMessage response = await server.Client.PostAsync(new Uri("/predict", UriKind.Relative), content);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Match($"*{message}*");
    }

    [Fact]
    public async Task A_pixel_beyond_ink_is_refused()
    {
        var pixels = new float[784];
        pixels[3] = 2f;
        HttpResponseMessage response = await server.Client.PostAsJsonAsync("/predict", new { pixels });
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("pixel 3 is 2");
    }

    [Fact]
    public async Task The_model_is_healthy() => (await server.Client.GetStringAsync(new Uri("/health", UriKind.Relative))).Should().Be("Healthy");
}
