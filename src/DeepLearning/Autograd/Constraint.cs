namespace DeepLearning;

/// <summary>
/// A constraint on a parameter, such as <see cref="NonNegative"/>: applied after each update of an optimizer, not to the initial values. It is not applied at a
/// learning rate of 0, nor to a parameter that is not trainable: those keep their bits. A constraint has no state and may be shared by many parameters.
/// Files keep a custom one by <c>LayerKinds.WithConstraint</c>.
/// </summary>
public abstract class Constraint
{
    /// <summary>Changes the values in place to the nearest allowed ones.</summary>
    /// <param name="parameter">The parameter's values, as a view.</param>
    public abstract void Apply(Tensor parameter);

    /// <summary>Refuses a shape that it cannot constrain; called when a parameter is declared. By default every shape is accepted.</summary>
    /// <param name="shape">The parameter's shape.</param>
    /// <exception cref="ShapeMismatchException">The shape is not supported.</exception>
    public virtual void Validate(Shape shape) { }

    /// <summary>
    /// The call that creates it. A run resumes from a checkpoint only if this text is the same, so a custom constraint with settings must override it.
    /// </summary>
    public override string ToString() => $"{GetType().Name}()";
}
