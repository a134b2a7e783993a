using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeepLearning;

/// <summary>Predictors as services of a host.</summary>
/// <example>
/// <code>
/// builder.Services.AddPredictor(options => options.Path = "digits.safetensors");
/// builder.Services.AddHealthChecks().AddPredictor();
/// </code>
/// </example>
public static class PredictorServiceCollectionExtensions
{
    /// <summary>Adds the only predictor of an application, as <see cref="IPredictor"/> and <see cref="ReloadingPredictor"/>: loaded at start, swapped when its
    /// file changes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the file, and any other options.</param>
    public static IServiceCollection AddPredictor(this IServiceCollection services, Action<PredictorOptions> configure)
    {
        services.AddPredictor(Options.DefaultName, configure);
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<ReloadingPredictor>(Options.DefaultName));
        services.TryAddSingleton<IPredictor>(provider => provider.GetRequiredKeyedService<ReloadingPredictor>(Options.DefaultName));
        return services;
    }

    /// <summary>Adds one of several predictors, as keyed <see cref="IPredictor"/> and <see cref="ReloadingPredictor"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, for <c>[FromKeyedServices("digits")]</c>.</param>
    /// <param name="configure">Sets the file, and any other options.</param>
    public static IServiceCollection AddPredictor(this IServiceCollection services, string name, Action<PredictorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<PredictorOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PredictorOptions>, PredictorOptionsValidation>());
        services.TryAddKeyedSingleton(name, (provider, _) => PredictorFactory.Create(provider, name));
        services.TryAddKeyedSingleton<IPredictor>(name, (provider, _) => provider.GetRequiredKeyedService<ReloadingPredictor>(name));
        services.AddSingleton<IHostedService>(provider => new PredictorStart(provider, name));
        return services;
    }

    /// <summary>
    /// Adds the check of a predictor: healthy while its model gives finite numbers, degraded if a new model was refused and the old one is still serving.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The predictor's name; null for the unnamed one.</param>
    public static IHealthChecksBuilder AddPredictor(this IHealthChecksBuilder builder, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            string.IsNullOrEmpty(name) ? "predictor" : name,
            provider => new PredictorHealthCheck(provider, name ?? Options.DefaultName), failureStatus: null, tags: null));
    }
}
