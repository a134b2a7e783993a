using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeepLearning;

/// <summary>Validates the options when the host starts, not at the first request.</summary>
internal sealed class PredictorOptionsValidation(IHostEnvironment? host = null) : IValidateOptions<PredictorOptions>
{
    public ValidateOptionsResult Validate(string? name, PredictorOptions options)
    {
        string predictor = string.IsNullOrEmpty(name) ? "The predictor" : $"The predictor {name}";
        var failures = new List<string>();
        if (string.IsNullOrEmpty(options.Path)) failures.Add($"{predictor} has no file: set {nameof(PredictorOptions.Path)}.");
        else if (PredictorFactory.PathOf(options, host) is var path && !File.Exists(path))
            failures.Add($"{predictor} needs the file {path}, which does not exist.");
        if (options.WatchInterval <= TimeSpan.Zero)
            failures.Add($"{predictor}'s {nameof(PredictorOptions.WatchInterval)} must be above 0, or null to load the file once; got {options.WatchInterval}.");
        if (options.WarmUpCalls < 1) failures.Add($"{predictor}'s {nameof(PredictorOptions.WarmUpCalls)} must be at least 1, got {options.WarmUpCalls}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
