namespace DeepLearning.Tests.Optimizers;

/// <summary>Hyperparameters out of range are refused by their names.</summary>
public sealed class OptimizerSettingTests
{
    public static TheoryData<string, Func<Optimizer>> Faults => new()
    {
        { "Beta1", () => new Adamax { Beta1 = 1 } }, { "Beta2", () => new Adamax { Beta2 = -0.1 } }, { "Epsilon", () => new Adamax { Epsilon = 0 } },
        { "Beta1", () => new RAdam { Beta1 = double.NaN } }, { "Beta2", () => new RAdam { Beta2 = 1 } }, { "Epsilon", () => new RAdam { Epsilon = -1 } },
        { "Beta1", () => new AdaBelief { Beta1 = 2 } }, { "Beta2", () => new AdaBelief { Beta2 = 1 } }, { "Epsilon", () => new AdaBelief { Epsilon = 1e-60 } },
        { "Beta1", () => new Yogi { Beta1 = 1 } }, { "Beta2", () => new Yogi { Beta2 = 1 } }, { "Epsilon", () => new Yogi { Epsilon = 0 } },
        { "InitialAccumulatorValue", () => new Yogi { InitialAccumulatorValue = -1 } }, { "MomentumDecay", () => new Nadam { MomentumDecay = -1 } },
        { "EtaMinus", () => new Rprop { EtaMinus = 1 } }, { "EtaMinus", () => new Rprop { EtaMinus = 0 } }, { "EtaPlus", () => new Rprop { EtaPlus = 0 } },
        { "MinFactor", () => new Rprop { MinFactor = 0 } }, { "MaxFactor", () => new Rprop { MaxFactor = double.PositiveInfinity } },
        { "momentum", () => new Lars(momentum: 1) }, { "Momentum", () => new Lars { Momentum = -1 } },
        { "TrustCoefficient", () => new Lars { TrustCoefficient = 0 } },
        { "Beta1", () => new Lamb { Beta1 = 1 } }, { "Beta2", () => new Lamb { Beta2 = 1 } }, { "Epsilon", () => new Lamb { Epsilon = 0 } },
        { "Beta2Decay", () => new Adafactor { Beta2Decay = 0.5 } }, { "Beta2Decay", () => new Adafactor { Beta2Decay = double.NaN } },
        { "Epsilon1", () => new Adafactor { Epsilon1 = 0 } }, { "Epsilon2", () => new Adafactor { Epsilon2 = -1 } },
        { "ClipThreshold", () => new Adafactor { ClipThreshold = 0 } }, { "Momentum", () => new Muon { Momentum = 1 } },
        { "NewtonSchulzSteps", () => new Muon { NewtonSchulzSteps = 0 } }, { "AdamRateRatio", () => new Muon { AdamRateRatio = -1 } },
        { "AdamBeta1", () => new Muon { AdamBeta1 = 1 } }, { "AdamBeta2", () => new Muon { AdamBeta2 = 1 } }, { "Epsilon", () => new Muon { Epsilon = 0 } },
        { "AdamWeightDecay", () => new Muon { AdamWeightDecay = -1 } }, { "WeightDecay", () => new Muon(weightDecay: -1) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void It_is_refused_by_its_name(string name, Func<Optimizer> make)
        => make.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name).WithMessage($"*{name}*");
}
