namespace DeepLearning;

/// <summary>A setting that a search varies, with values of one type. Created by the methods of <see cref="Hyperparameter"/>.</summary>
/// <typeparam name="T">The type of its values.</typeparam>
public sealed class Hyperparameter<T> : Hyperparameter where T : notnull
{
    private readonly Func<double, T> valueAt;

    internal Hyperparameter(string name, Func<double, T> valueAt, int? valueCount, bool isOrdered, string description) : base(name)
        => (this.valueAt, ValueCount, IsOrdered, Description) = (valueAt, valueCount, isOrdered, description);

    /// <inheritdoc/>
    public override int? ValueCount { get; }

    internal override bool IsOrdered { get; }

    internal override string Description { get; }

    /// <summary>The value at a position in [0, 1].</summary>
    internal T At(double position) => valueAt(position);

    /// <inheritdoc/>
    public override string TextAt(double position) => SearchText.Of(valueAt(position));
}
