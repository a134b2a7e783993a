using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeepLearning.Extensions.Tests;

public sealed class PredictorServicesTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private readonly LogList log = new();

    public void Dispose()
    {
        log.Dispose();
        File.Delete(path);
    }

    [Fact]
    public async Task The_one_predictor_of_an_application_is_found_without_a_key()
    {
        using IHost host = await Started(services => services.AddPredictor(Configure).AddHealthChecks().AddPredictor());
        IPredictor predictor = host.Services.GetRequiredService<IPredictor>();
        predictor.Should().BeSameAs(host.Services.GetRequiredService<ReloadingPredictor>());
        predictor.Predict(Tensor.Ones([1, 2])).ToArray().Should().Equal(Model(0).Predict(Tensor.Ones([1, 2])).ToArray());
        HealthReport health = await Health(host);
        health.Status.Should().Be(HealthStatus.Healthy);
        health.Entries["predictor"].Description.Should().Contain("Dense(3)").And.EndWith("serves.");
        log.Entries.Should().ContainSingle().Which.Message.Should().EndWith($"from {path}").And.Contain("Dense(3)");
    }

    [Fact]
    public async Task Several_predictors_are_found_by_name()
    {
        using IHost host = await Started(services => services.AddPredictor("a", Configure).AddPredictor("b", Configure)
            .AddHealthChecks().AddPredictor("a").AddPredictor("b"));
        IPredictor a = host.Services.GetRequiredKeyedService<IPredictor>("a"), b = host.Services.GetRequiredKeyedService<IPredictor>("b");
        a.Should().NotBeSameAs(b);
        host.Services.GetRequiredKeyedService<ReloadingPredictor>("b").Should().BeSameAs(b);
        host.Services.GetService<IPredictor>().Should().BeNull();
        (await Health(host)).Entries.Keys.Should().Equal("a", "b");
    }

    [Fact]
    public async Task A_missing_file_ends_the_start_with_its_path()
        => (await FluentActions.Awaiting(() => Started(services => services.AddPredictor("digits", o => o.Path = "nowhere/digits.safetensors")))
            .Should().ThrowAsync<OptionsValidationException>())
            .Which.Message.Should()
            .Be($"The predictor digits needs the file {Path.Combine(AppContext.BaseDirectory, "nowhere/digits.safetensors")}, which does not exist.");

    [Fact]
    public async Task A_relative_path_begins_at_the_content_root_and_without_a_host_at_the_current_folder()
    {
        string folder = Path.GetDirectoryName(path)!, file = Path.GetFileName(path);
        using IHost host = await Started(services => services.AddPredictor(Relative), folder);
        log.Entries.Should().ContainSingle().Which.Message.Should().EndWith($"from {path}");
        await FluentActions.Awaiting(() => Started(services => services.AddPredictor(o => o.Path = "nowhere/m"), folder))
            .Should().ThrowAsync<OptionsValidationException>().WithMessage($"*{Path.Combine(folder, "nowhere/m")}*");

        using ServiceProvider alone = new ServiceCollection().AddPredictor(o => o.Path = "nowhere/m").BuildServiceProvider();
        alone.Invoking(a => a.GetRequiredService<IPredictor>()).Should().Throw<OptionsValidationException>().WithMessage($"*{Path.GetFullPath("nowhere/m")}*");

        void Relative(PredictorOptions options)
        {
            Configure(options);
            options.Path = file;
        }
    }

    [Fact]
    public async Task Every_option_that_cannot_be_used_is_named()
        => (await FluentActions.Awaiting(() => Started(services => services.AddPredictor(o => (o.WatchInterval, o.WarmUpCalls) = (TimeSpan.Zero, 0))))
            .Should().ThrowAsync<OptionsValidationException>())
            .Which.Failures.Should().Equal(
                "The predictor has no file: set Path.",
                "The predictor's WatchInterval must be above 0, or null to load the file once; got 00:00:00.",
                "The predictor's WarmUpCalls must be at least 1, got 0.");

    [Fact]
    public async Task A_file_that_cannot_be_loaded_ends_the_start()
        => await FluentActions.Awaiting(() => Started(services => services.AddPredictor(o => (o.Path, o.Load) = (path, _ => throw new TimeoutException("mine")))))
            .Should().ThrowAsync<TimeoutException>();

    [Fact]
    public async Task A_swap_is_logged_and_a_refused_model_degrades_health_until_a_good_one_comes()
    {
        using IHost host = await Started(services => services.AddPredictor(Configure).AddHealthChecks().AddPredictor());
        ReloadingPredictor predictor = host.Services.GetRequiredService<ReloadingPredictor>();
        predictor.Reload();
        await File.WriteAllTextAsync(path, "broken");
        predictor.Reload();
        HealthReport health = await Health(host);
        health.Status.Should().Be(HealthStatus.Degraded);
        health.Entries["predictor"].Exception.Should().BeOfType<InvalidDataException>();
        health.Entries["predictor"].Description.Should().Contain("is still serving").And.EndWith("no model");
        predictor.Predict(Tensor.Ones([1, 2])).Count.Should().Be(3);
        await File.WriteAllTextAsync(path, "");
        predictor.Reload();
        (await Health(host)).Status.Should().Be(HealthStatus.Healthy);
        log.Entries.Select(e => e.Level).Should().Equal(LogLevel.Information, LogLevel.Information, LogLevel.Error, LogLevel.Information);
        log.Entries[2].Message.Should().Contain("keeps its model").And.Contain(path);
        log.Entries[2].Exception.Should().BeOfType<InvalidDataException>();
    }

    [Fact]
    public async Task A_check_of_a_predictor_that_was_never_added_is_unhealthy_and_names_it()
    {
        using IHost host = await Started(services => services.AddPredictor("digits", Configure)
            .AddHealthChecks().AddPredictor("digits").AddPredictor("digit").AddPredictor());
        HealthReport health = await Health(host);
        health.Entries["digits"].Status.Should().Be(HealthStatus.Healthy);
        health.Entries["digit"].Status.Should().Be(HealthStatus.Unhealthy);
        health.Entries["digit"].Description.Should().Be("There is no predictor digit: call AddPredictor with this name on the services.");
        health.Entries["predictor"].Description.Should().StartWith("There is no predictor (default)");
    }

    [Fact]
    public async Task A_model_that_gives_NaN_is_unhealthy()
    {
        using IHost host = await Started(services =>
            services.AddPredictor(o => (o.Path, o.WatchInterval, o.Load) = (path, null, _ => Sequential.Input(2).Add(new Logarithm()).Build().ToPredictor()))
                .AddHealthChecks().AddPredictor());
        HealthReport health = await Health(host);
        health.Status.Should().Be(HealthStatus.Unhealthy);
        health.Entries["predictor"].Description.Should().Contain("gives -Infinity at 0");
    }

    [Fact]
    public void Arguments_are_checked()
    {
        var services = new ServiceCollection();
        services.Invoking(s => s.AddPredictor(null!)).Should().Throw<ArgumentNullException>();
        services.Invoking(s => s.AddPredictor(null!, Configure)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => PredictorServiceCollectionExtensions.AddPredictor(null!, Configure)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => PredictorServiceCollectionExtensions.AddPredictor((IHealthChecksBuilder)null!)).Should().Throw<ArgumentNullException>();
    }

    private static Sequential Model(ulong seed) => Sequential.Input(2).Dense(3).Softmax().Build(seed);

    private static Task<HealthReport> Health(IHost host) => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    /// <summary>The length of the file stands for the model; a file with words is broken.</summary>
    private void Configure(PredictorOptions options)
        => (options.Path, options.WatchInterval, options.Load) = (path, TimeSpan.FromHours(1),
            file => new FileInfo(file).Length < 4 ? Model((ulong)new FileInfo(file).Length).ToPredictor() : throw new InvalidDataException("no model"));

    private async Task<IHost> Started(Action<IServiceCollection> configure, string? contentRoot = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = contentRoot });
        builder.Logging.AddProvider(log);
        configure(builder.Services);
        IHost host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return host;
    }

    private sealed class Logarithm : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x.Log();
    }
}
