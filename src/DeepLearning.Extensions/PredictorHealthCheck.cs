using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DeepLearning;

/// <summary>Healthy while the model returns finite numbers for a sample of zeros; degraded if a new model was refused and the old one stays in
/// service.</summary>
internal sealed class PredictorHealthCheck(IServiceProvider services, string name) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Resolved here: an exception from a check's constructor would fail all the other checks too.
        if (services.GetKeyedService<ReloadingPredictor>(name) is not { } predictor)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus,
                $"There is no predictor {PredictorFactory.Called(name)}: call AddPredictor with this name on the services."));
        }

        Predictor model = predictor.Current;
        float[] prediction = new float[model.OutputShape.Size];
        model.Predict(new float[model.InputShape.Size], prediction);
        int place = Array.FindIndex(prediction, p => !float.IsFinite(p));
        PredictorReload? reload = predictor.LastReload;
        return Task.FromResult((place, reload) switch
        {
            ( >= 0, _) => new HealthCheckResult(context.Registration.FailureStatus, $"For a sample of zeros {model} gives {prediction[place]} at {place}."),
            (_, { Failure: { } failure }) => HealthCheckResult.Degraded($"{model} is still serving; a new model was refused at {reload.Time:O}: {failure.Message}", failure),
            _ => HealthCheckResult.Healthy($"{model} serves."),
        });
    }
}
