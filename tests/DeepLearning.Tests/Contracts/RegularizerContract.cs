namespace DeepLearning.Tests.Contracts;

/// <summary>Every public regularizer; <see cref="RegularizerContractTests"/> runs one suite over all rows.</summary>
public static class RegularizerContract
{
    public static IReadOnlyList<RegularizerRow> Rows { get; } =
    [
        new("L1(0.01)", new L1(), w => 0.01 * Math.Abs(w)),
        new("L1(0.5)", new L1(0.5), w => 0.5 * Math.Abs(w)),
        new("L2(0.01)", new L2(), w => 0.01 * w * w),
        new("L2(0.3)", new L2(0.3), w => 0.3 * w * w),
        new("L1L2(l1: 0, l2: 0)", new L1L2(), w => 0),
        new("L1L2(l1: 0.2, l2: 0.4)", new L1L2(0.2, 0.4), w => 0.2 * Math.Abs(w) + 0.4 * w * w),
    ];
}
