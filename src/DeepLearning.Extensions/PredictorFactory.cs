using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeepLearning;

/// <summary>Creates the predictor with a given name from its options.</summary>
internal static class PredictorFactory
{
    public static ReloadingPredictor Create(IServiceProvider services, string name)
    {
        PredictorOptions options = services.GetRequiredService<IOptionsMonitor<PredictorOptions>>().Get(name);
        TimeProvider? time = services.GetService<TimeProvider>();
        ILogger logger = services.GetService<ILogger<ReloadingPredictor>>() ?? NullLogger<ReloadingPredictor>.Instance;
        Func<string, Predictor> load = options.Load;
        string path = PathOf(options, services.GetService<IHostEnvironment>());
        string called = Called(name);
        ReloadingPredictor predictor = options.WatchInterval is { } interval
            ? ReloadingPredictor.Watch(path, load, interval, time)
            : new ReloadingPredictor(() => load(path), time);
        predictor.Current.WarmUp(options.WarmUpCalls);
        PredictorLog.Serves(logger, called, predictor.Current, path);
        predictor.Reloaded += (_, reload) =>
        {
            if (reload.Failure is { } failure) PredictorLog.Refused(logger, failure, called, path);
            else PredictorLog.Serves(logger, called, predictor.Current, path);
        };
        return predictor;
    }

    /// <summary>The name for display.</summary>
    public static string Called(string name) => name.Length == 0 ? "(default)" : name;

    /// <summary>Relative paths are relative to the content root, like those of a host's other files: a service is not started in its own folder.</summary>
    public static string PathOf(PredictorOptions options, IHostEnvironment? host)
        => Path.GetFullPath(host is null ? options.Path : Path.Combine(host.ContentRootPath, options.Path));
}
