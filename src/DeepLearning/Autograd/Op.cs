namespace DeepLearning;

/// <summary>
/// A recorded differentiable operation, with what its backward pass needs. An operation's file has a static method that checks shapes, computes the result and
/// records one of these on the tape, and the backward pass next to it.
/// </summary>
internal abstract class Op
{
    /// <summary>Adds this operation's share to the gradients of its inputs: dx += (∂y/∂x)ᵀ·dy for every x whose gradient the tape needs.</summary>
    /// <param name="dy">The gradient of the result, complete.</param>
    /// <param name="places">Tells which inputs need a gradient, and where it goes.</param>
    public abstract void Backward(Tensor dy, GradientPlaces places);
}
