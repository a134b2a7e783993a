namespace DeepLearning;

/// <summary>
/// One differentiable operation as it was carried out: what its backward pass needs. An operation's file has a static method that
/// checks shapes, computes the result and leaves one of these on the tape, and the backward pass beside it.
/// </summary>
internal abstract class Op
{
    /// <summary>Adds this operation's share to the gradients of its inputs: dx += (∂y/∂x)ᵀ·dy for every x that the tape wants.</summary>
    /// <param name="dy">The gradient of the result, complete.</param>
    /// <param name="tape">Says which inputs want a gradient, and where it goes.</param>
    public abstract void Backward(Tensor dy, Tape tape);
}
