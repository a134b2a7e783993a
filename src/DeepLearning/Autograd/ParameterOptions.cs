using System.Globalization;

namespace DeepLearning;

/// <summary>How a parameter is trained. Adjacent parameters with equal options cost nothing extra: an optimizer updates them in one pass.</summary>
/// <example><c>builder.AddParameter("gamma", [features], Constant.Ones, new ParameterOptions { Decays = false })</c></example>
public sealed record ParameterOptions
{
    /// <summary>Whether training changes the parameter; true by default. <see cref="Parameter.Trainable"/> changes it later.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>Whether <see cref="Optimizer.WeightDecay"/> applies; true by default.</summary>
    public bool Decays { get; init; } = true;

    /// <summary>
    /// The factor of the learning rate for this parameter, in the update and in weight decay, ≥ 0 and finite; 1 by default. PyTorch: a parameter group
    /// with another <c>lr</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double RateScale { get; init => field = Setting.NotNegative(value); } = 1;

    /// <summary>The regularizer, which adds a penalty to the loss; none by default.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>The constraint, applied after each update; none by default.</summary>
    public Constraint? Constraint { get; init; }

    internal static ParameterOptions Default { get; } = new();

    /// <summary>
    /// The options that differ from the defaults, for the description of a run: empty, or <c>", L2(0.01)"</c>. Without <see cref="Trainable"/>, which changes
    /// during a run.
    /// </summary>
    internal string Settings
        => (Decays ? "" : ", no decay") + (RateScale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", rate × {RateScale}"))
            + (Regularizer is null ? "" : $", {Regularizer}") + (Constraint is null ? "" : $", {Constraint}");
}
