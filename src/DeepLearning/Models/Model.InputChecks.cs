using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>Checks of inputs against what the model takes.</content>
public abstract partial class Model
{
    /// <summary>Checks the number of inputs.</summary>
    internal void RequireInputCount(int given)
    {
        if (given == Graph.Inputs.Length) return;
        string expected = string.Join(", ", Graph.Inputs.Select(i => $"{i.Name} {i.Shape.WithBatch()}"));
        throw new ArgumentException($"The model takes {Graph.Inputs.Length} input{(Graph.Inputs.Length == 1 ? "" : "s")}, {expected}, got {given}.");
    }

    /// <summary>Checks the shapes of the inputs of a pass, and that they have the same number of rows.</summary>
    internal void RequireInputs(ForwardPass pass)
    {
        for (int i = 0; i < Graph.Inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(pass[i], "inputs");
            RequireInput(pass[i], i);
            if (pass[i].Shape.Dimensions[0] != pass[0].Shape.Dimensions[0])
                throw new ShapeMismatchException(
                    $"The inputs have different numbers of rows: {Graph.Inputs[0].Name} {pass[0].Shape}, {Graph.Inputs[i].Name} {pass[i].Shape}.");
        }
    }

    /// <summary>Checks a batch of an input: values of the right kind, [batch, …input].</summary>
    internal void RequireInput(Tensor batch, int input = 0)
    {
        if (batch.IsInteger != Graph.Inputs[input].IsInteger)
            throw new ArgumentException(
                batch.IsInteger
                    ? $"The input {Graph.Inputs[input].Name} takes float32 values, got indices: begin the model with Indices(…) if it looks rows up."
                    : $"The input {Graph.Inputs[input].Name} takes indices, got float32 values: make them with Tensor.FromIndices(…).");
        RequireInput(batch.Shape, input);
        if (Graph.IndexTakers[input] is not { } taker) return;
        int wrong = Search.FirstOutside(batch.AsIntegers(), taker.Layer.IndexCount!.Value);
        if (wrong >= 0) RefuseIndex(batch, wrong, taker);
    }

    // Apart from the check, which every batch goes through: a method that builds a text is slower even when it does not.
    private static void RefuseIndex(Tensor batch, int place, LayerSlot taker)
    {
        (int sample, int within) = Math.DivRem(place, batch.Count / batch.Shape[0]);
        string where = batch.Rank == 1 ? "" : $" at place {Tensor.PlaceOf(within, batch.Shape.WithoutFirst())}";
        int index = batch.AsIntegers()[place];
        throw new ArgumentOutOfRangeException(
            nameof(batch), index, $"Sample {sample} has the index {index}{where}, but {taker} takes 0 to {taker.Layer.IndexCount - 1}.");
    }

    /// <summary>Checks the shape of a batch: [batch, …input].</summary>
    internal void RequireInput(Shape batch, int input = 0)
    {
        Shape expected = Graph.Inputs[input].Shape;
        if (batch.Rank > 0 && batch.Dimensions[1..].SequenceEqual(expected)) return;
        string who = Graph.Inputs.Length == 1 ? Graph.IsChain ? $"{Graph.Slots[0]}" : "The model" : $"The input {Graph.Inputs[input].Name}";
        throw new ShapeMismatchException($"{who} expects {expected.WithBatch()}, got {batch}.{HowToBatch(expected, batch)}");
    }

    /// <summary>The fix to suggest if only the batch dimension is missing.</summary>
    private static string HowToBatch(Shape expected, Shape got)
    {
        if (got == expected && got.Rank > 0) return $" A batch of this one sample is {Reshaped($"1, {string.Join(", ", got)}")}; Predict takes the sample as it is.";
        if (got.Rank == 0 && expected.Rank == 1 && expected[0] == 1) return " A sample of one number is Tensor.From(x), of shape [1].";
        return got.Rank == 1 && expected.Rank == 1 && expected[0] == 1 ? $" For one number per sample write {Reshaped("-1, 1")}." : "";
    }

    private static string Reshaped(string dimensions) => $"Tensor.From(x).Reshape({dimensions}), or x.Reshape({dimensions}) of a Tensor";
}
