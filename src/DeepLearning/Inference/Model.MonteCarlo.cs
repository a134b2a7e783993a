namespace DeepLearning;

/// <content>Predictions with dropout.</content>
public abstract partial class Model
{
    /// <summary>
    /// Predicts several times with random layers active, dropout and noise, and returns mean and standard deviation. Everything else is as in
    /// <see cref="Predict(Tensor)"/>: normalizations use their moving averages. Monte-Carlo dropout, Gal and Ghahramani 2016. Thread-safe; the same seed gives
    /// the same bits.
    /// </summary>
    /// <param name="inputs">[rows, …input], or a single sample […input].</param>
    /// <param name="samples">How many times each row is predicted, ≥ 2; 50 by default.</param>
    /// <param name="seed">Determines the numbers that are drawn.</param>
    /// <param name="keepSamples">Whether all predictions are returned too; false by default.</param>
    /// <returns>[rows, …output], or for a single sample […output].</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two samples.</exception>
    /// <exception cref="InvalidOperationException">No layer of the model is random, or the model has several inputs or outputs.</exception>
    /// <exception cref="ShapeMismatchException">The inputs are neither [rows, …input] nor […input].</exception>
    public MonteCarloPrediction PredictSamples(Tensor inputs, int samples = 50, Seed seed = default, bool keepSamples = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Shape output = OutputShape;
        bool single = inputs.Shape == InputShape;
        Tensor batch = single ? inputs.Reshape(inputs.Shape.Prepend(1)) : inputs;
        MonteCarloPrediction[] made = new MonteCarlo(this).Predict([batch], samples, seed.Value, keepSamples);
        if (!single) return made[0];
        return new MonteCarloPrediction(
            made[0].Mean.Reshape(output), made[0].StandardDeviation.Reshape(output), made[0].Samples?.Reshape(output.Prepend(samples)));
    }

    /// <summary>Predicts several times with random layers active, for a model with several inputs or outputs.</summary>
    /// <param name="inputs">A tensor for each input, [rows, …input].</param>
    /// <param name="samples">How many times each row is predicted, ≥ 2; 50 by default.</param>
    /// <param name="seed">Determines the numbers that are drawn.</param>
    /// <param name="keepSamples">Whether all predictions are returned too; false by default.</param>
    /// <returns>Mean and standard deviation of each output.</returns>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two samples.</exception>
    /// <exception cref="InvalidOperationException">No layer of the model is random.</exception>
    /// <exception cref="ShapeMismatchException">An input has the wrong shape, or the inputs have different numbers of rows.</exception>
    public IReadOnlyList<MonteCarloPrediction> PredictSamples(
        IReadOnlyList<Tensor> inputs, int samples = 50, Seed seed = default, bool keepSamples = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new MonteCarlo(this).Predict(inputs, samples, seed.Value, keepSamples);
    }
}
