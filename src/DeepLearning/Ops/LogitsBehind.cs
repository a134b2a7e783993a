namespace DeepLearning;

/// <summary>
/// What probabilities were made of, where a tape knows it: a cross-entropy is then computed from the logits, and no probability is rounded to 0 or 1.
/// </summary>
internal static class LogitsBehind
{
    /// <summary>The tensor whose sigmoid these are, in their shape; null if none made them.</summary>
    public static Tensor? Sigmoid(Tensor probabilities) => Tape.MakerOf(probabilities) switch
    {
        UnaryOp<Tensor.SigmoidFormula> op => op.X,
        ReshapeOp view => Sigmoid(view.X)?.Reshape(probabilities.Shape),
        _ => null,
    };

    /// <summary>The tensor whose softmax over the last dimension these are, in their shape; null if none made them.</summary>
    public static Tensor? Softmax(Tensor probabilities) => Tape.MakerOf(probabilities) switch
    {
        SoftmaxOp { GivesRows: true } op => op.X,
        ReshapeOp view when view.X.Rank > 0 && probabilities.Rank > 0 && view.X.Shape[-1] == probabilities.Shape[-1]
            => Softmax(view.X)?.Reshape(probabilities.Shape),
        _ => null,
    };
}
