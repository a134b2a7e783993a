namespace DeepLearning;

/// <summary>
/// What a parameter is held to, such as <see cref="NonNegative"/>: applied after each update of an optimizer, not to the first values. At a learning rate of
/// 0, and to a parameter that is not trainable, nothing is applied: those keep their bits. A constraint has no state and may serve many parameters.
/// </summary>
public abstract class Constraint
{
    /// <summary>Changes the values in place to the nearest that are allowed.</summary>
    /// <param name="parameter">The parameter's values, as a view.</param>
    public abstract void Apply(Tensor parameter);

    /// <summary>Refuses a shape that cannot be held to this; called when a parameter is declared. By default every shape will do.</summary>
    /// <param name="shape">The parameter's shape.</param>
    /// <exception cref="ShapeMismatchException">The shape will not do.</exception>
    public virtual void Validate(Shape shape) { }

    /// <summary>
    /// The call that makes it. A run goes on from a checkpoint only where this text is the same, so a custom constraint with settings overrides it.
    /// </summary>
    public override string ToString() => $"{GetType().Name}()";
}
