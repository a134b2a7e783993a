using System.Globalization;

namespace DeepLearning.Onnx;

/// <summary>A whole number in a graph's shapes: fixed, or a multiple of the batch size, which is known only when the model runs.</summary>
/// <param name="Value">The number, or how many times the batch size it is.</param>
/// <param name="PerBatch">Whether it is a multiple of the batch size.</param>
internal readonly record struct WholeNumber(long Value, bool PerBatch = false)
{
    /// <summary>The result of an operator; null if it is not such a number for every batch size, or beyond 64 bits.</summary>
    public static WholeNumber? Compute(string operatorType, WholeNumber a, WholeNumber b) => operatorType switch
    {
        "Add" when MayAdd(a, b) => Of((Int128)a.Value + b.Value, a.PerBatch || b.PerBatch),
        "Sub" when MayAdd(a, b) => Of((Int128)a.Value - b.Value, a.PerBatch || b.PerBatch),
        "Mul" when !(a.PerBatch && b.PerBatch) => Of((Int128)a.Value * b.Value, a.PerBatch || b.PerBatch),
        // Rounds towards zero, which for a multiple of the batch size is possible only without a remainder.
        "Div" when b.Value != 0 && (a.PerBatch || !b.PerBatch) && (!a.PerBatch || (Int128)a.Value % b.Value == 0)
            => Of((Int128)a.Value / b.Value, a.PerBatch && !b.PerBatch),
        _ => null,
    };

    public override string ToString()
        => !PerBatch ? Value.ToString(CultureInfo.InvariantCulture) : Value == 1 ? "batch" : string.Create(CultureInfo.InvariantCulture, $"{Value}·batch");

    private static bool MayAdd(WholeNumber a, WholeNumber b) => a.PerBatch == b.PerBatch || a.Value == 0 || b.Value == 0;

    private static WholeNumber? Of(Int128 value, bool perBatch)
        => value >= long.MinValue && value <= long.MaxValue ? new WholeNumber((long)value, perBatch && value != 0) : null;
}
