namespace DeepLearning;

/// <summary>
/// What a parameter adds to the loss in training and evaluation, such as <see cref="L2"/>. The reported loss includes it, as in Keras (PyTorch has
/// none: its optimizers' <c>weight_decay</c> adds the gradient of an L2 penalty). A regularizer has no state and may be shared by many parameters. Files keep a
/// custom one by <c>LayerKinds.WithRegularizer</c>.
/// </summary>
/// <example>
/// <code>
/// public sealed class Spread(double strength) : Regularizer
/// {
///     public override Tensor Penalty(Tensor parameter) => strength * (parameter - parameter.Mean()).Square().Sum();
/// }
/// </code>
/// </example>
public abstract class Regularizer
{
    /// <summary>The penalty of a parameter, computed with tensor operations, so that its gradient is known.</summary>
    /// <param name="parameter">The parameter's value.</param>
    /// <returns>A single number, of shape [].</returns>
    public abstract Tensor Penalty(Tensor parameter);

    /// <summary>
    /// The call that creates it. A run resumes from a checkpoint only if this text is the same, so a custom regularizer with settings must override it.
    /// </summary>
    public override string ToString() => $"{GetType().Name}()";
}
